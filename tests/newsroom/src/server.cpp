#include "newsroom/server.hpp"

#include "content.hpp"
#include "core/c_handle.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "pages.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <cstdlib>
#include <libdeflate.h>

namespace tinwatch::newsroom {
namespace {

using asio::ip::tcp;
using namespace std::chrono_literals;

std::string gzipped(const std::string& body) {
  const CHandle<libdeflate_compressor, libdeflate_free_compressor> compressor(
      libdeflate_alloc_compressor(6));
  std::string out(libdeflate_gzip_compress_bound(compressor.get(), body.size()), '\0');
  out.resize(
      libdeflate_gzip_compress(compressor.get(), body.data(), body.size(), out.data(), out.size()));
  return out;
}

std::string reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 304: return "Not Modified";
    case 404: return "Not Found";
    case 410: return "Gone";
    default: return "Status";
  }
}

/// Half a page, as a broken template sends it: the paragraphs are gone.
void hollow_out(std::string& page) {
  const auto lead_end = page.find("</p>", page.find("(STO) - "));
  const auto author = std::min(page.find("<p class=\"author\"", lead_end),
                               page.find("<p style=\"text-align:right\"", lead_end));
  if (lead_end != std::string::npos && author != std::string::npos)
    page.erase(lead_end, author - lead_end);
}

tcp::acceptor listen(asio::io_context& io, unsigned short port) {
  return {io, tcp::endpoint(asio::ip::make_address("127.0.0.1"), port)};
}

}  // namespace

std::string Server::Request::parameter(std::string_view name) const {
  for (const auto pair : split(query, '&')) {
    const auto equals = pair.find('=');
    if (pair.substr(0, equals) == name && equals != std::string_view::npos)
      return percent_decode(pair.substr(equals + 1));
  }
  return {};
}

Server::Server(asio::io_context& io, unsigned short port, unsigned short control_port)
    : io_(io), site_(listen(io, port)), control_(listen(io, control_port)), script_(now()) {}

std::string Server::path_of(const Piece& piece) { return newsroom::path_of(piece); }

Instant Server::now() const {
  return clock_ ? *clock_
                : std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

void Server::start() {
  // The context owns them: they end when it is stopped and destroyed.
  const auto ignore = [](const std::exception_ptr&) {};
  asio::co_spawn(io_, accept(site_, false), ignore);
  asio::co_spawn(io_, accept(control_, true), ignore);
}

Task<> Server::accept(tcp::acceptor& acceptor, bool is_control) {
  const auto ignore = [](const std::exception_ptr&) {};
  for (;;) {
    auto socket = co_await acceptor.async_accept(asio::use_awaitable);
    socket.set_option(tcp::no_delay(true));
    asio::co_spawn(io_, serve(std::move(socket), is_control), ignore);
  }
}

Task<> Server::pause() {
  asio::steady_timer timer(io_, 1ms);
  co_await timer.async_wait(asio::use_awaitable);
}

Task<std::optional<Server::Request>> Server::read(Socket& socket, std::string& buffer) {
  boost::system::error_code error;
  const auto size =
      co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer, 64 * 1024), "\r\n\r\n",
                                      asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return std::nullopt;
  const std::string head = buffer.substr(0, size);
  buffer.erase(0, size);
  Request request;
  const auto lines = split(head, '\n');
  const auto parts = split(trim(lines.front()), ' ');
  if (parts.size() < 2) co_return std::nullopt;
  request.method = parts[0];
  const auto mark = parts[1].find('?');
  request.path = parts[1].substr(0, mark);
  if (mark != std::string_view::npos) request.query = parts[1].substr(mark + 1);
  for (const auto line : lines) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const auto name = ascii_lower(line.substr(0, colon));
    const auto value = trim(line.substr(colon + 1));
    if (name == "accept-encoding") request.gzip = value.find("gzip") != std::string_view::npos;
    if (name == "if-none-match") request.if_none_match = value;
    if (name == "if-modified-since") request.if_modified_since = value;
    if (name == "connection") request.keep_alive = ascii_lower(value) != "close";
  }
  co_return request;
}

Task<> Server::serve(Socket socket, bool is_control) {
  std::string buffer;
  for (;;) {
    auto request = co_await read(socket, buffer);
    if (!request) co_return;
    Answer answer;
    if (is_control)
      answer = co_await control(*request);
    else
      answer = page(*request);
    const bool keep_alive = request->keep_alive;
    bool whole = false;
    if (is_control) {
      const std::string text = "HTTP/1.1 " + std::to_string(answer.status) +
                               " OK\r\nContent-Type: application/json\r\nContent-Length: " +
                               std::to_string(answer.body.size()) + "\r\n\r\n" + answer.body;
      co_await asio::async_write(socket, asio::buffer(text), asio::use_awaitable);
      whole = true;
    } else {
      whole = co_await write(socket, std::move(*request), std::move(answer));
    }
    if (!whole || !keep_alive) co_return;
  }
}

std::optional<Server::Misbehaviour> Server::misbehaviour_for(const std::string& path) {
  for (auto it = misbehaviours_.begin(); it != misbehaviours_.end(); ++it) {
    if (path.find(it->part) == std::string::npos) continue;
    auto found = *it;
    if (--it->times == 0) misbehaviours_.erase(it);
    return found;
  }
  return std::nullopt;
}

Task<bool> Server::write(Socket& socket, Request request, Answer answer) {
  if (malice_.sessions)
    for (auto at = answer.body.find("10gs\""); at != std::string::npos;
         at = answer.body.find("10gs\"", at + 5))
      answer.body.insert(at + 4, "?phien=" + std::to_string(++views_));
  const auto bad =
      misbehaviour_for(request.path + (request.query.empty() ? "" : '?' + request.query));
  const auto how = bad ? bad->how : std::string();
  if (malice_.down) {
    answer = Answer{.status = 503, .body = "<html><body>down</body></html>"};
  } else if (how == "status") {
    answer =
        Answer{.status = std::stoi(bad->value), .body = "<html><body>misbehaving</body></html>"};
  } else if (how == "loop" || how == "redirect") {
    answer = Answer{.status = 302, .location = how == "loop" ? request.path : bad->value};
  } else if (how == "hollow") {
    hollow_out(answer.body);
  } else if (how == "anonymous") {
    const auto& author = script_.pieces().at(answer.piece).author;
    for (auto at = answer.body.find(author); at != std::string::npos; at = answer.body.find(author))
      answer.body.erase(at, author.size());
  } else if (how == "charset") {
    answer.type = "text/html; charset=" + bad->value;
  }
  const bool conditional = !request.if_none_match.empty() || !request.if_modified_since.empty();
  const bool matches =
      !answer.etag.empty() && (request.if_none_match == answer.etag ||
                               (request.if_none_match.empty() &&
                                request.if_modified_since == to_http_date(answer.modified)));
  if (validators_ && answer.status == 200 && conditional && matches) {
    answer.status = 304;
    answer.body.clear();
  }
  if (answer.piece != 0 && answer.status == 200) {
    auto& sent = sent_[answer.piece];
    sent = std::max(sent, answer.version);
  }
  log_.push_back({now(), request.path + (request.query.empty() ? "" : '?' + request.query),
                  answer.status, conditional});

  std::string head = "HTTP/1.1 " + std::to_string(answer.status) + ' ' + reason(answer.status) +
                     "\r\nServer: newsroom\r\n";
  if (answer.status != 304) head += "Content-Type: " + answer.type + "\r\n";
  if (validators_ && !answer.etag.empty())
    head += "ETag: " + answer.etag + "\r\nLast-Modified: " + to_http_date(answer.modified) + "\r\n";
  if (!answer.location.empty()) head += "Location: " + answer.location + "\r\n";
  if (gzip_ && request.gzip && !answer.body.empty()) {
    answer.body = gzipped(answer.body);
    head += "Content-Encoding: gzip\r\n";
  }
  head += "Content-Length: " + std::to_string(answer.body.size() + (how == "truncate" ? 1000 : 0)) +
          "\r\n\r\n";

  if (how == "silent") {
    for (;;) co_await pause();
  }
  co_await asio::async_write(socket, asio::buffer(head), asio::use_awaitable);
  if (how == "slow") {
    for (const char c : answer.body) {
      co_await asio::async_write(socket, asio::buffer(&c, 1), asio::use_awaitable);
      co_await pause();
    }
    co_return true;
  }
  const auto half = how == "stall" ? answer.body.size() / 2 : std::size_t{0};
  if (how == "stall") {
    co_await asio::async_write(socket, asio::buffer(answer.body.data(), half), asio::use_awaitable);
    ++stalled_;
    for (const int seen = releases_; releases_ == seen;) co_await pause();
    --stalled_;
  }
  co_await asio::async_write(socket,
                             asio::buffer(answer.body.data() + half, answer.body.size() - half),
                             asio::use_awaitable);
  if (how == "stall") ++sent_after_stall_;
  co_return how != "truncate";
}

Step Server::edit(int id, int number) {
  before_[id] = script_.pieces().at(id);
  return script_.edit(id, number, now());
}

Step Server::revert(int id) {
  auto now_shown = script_.pieces().at(id);
  auto step = script_.put_back(before_.at(id), now());
  before_[id] = std::move(now_shown);
  return step;
}

bool Server::was_sent(int id) const {
  const auto sent = sent_.find(id);
  return sent != sent_.end() && sent->second == script_.pieces().at(id).version;
}

Server::Answer Server::piece_page(const std::string& path) {
  for (const auto& [id, piece] : script_.pieces()) {
    if (path_of(piece) != path) continue;
    if (piece.gone != 0)
      return {.status = piece.gone,
              .body = "<html><body><h1>Không tìm thấy trang</h1></body></html>"};
    const Noise noise{
        .views = noise_ ? ++views_ : 1000,
        .related = noise_ ? views_ : 0,
        .email_key = static_cast<unsigned char>(noise_ ? views_ % 200 + 1 : 0x5a),
        .design = malice_.redesigns ? static_cast<int>(now().time_since_epoch() / 1h) : 0};
    const bool old_copy = malice_.old_copies && before_.contains(id) &&
                          now() - piece.changed < 40min && views_ % 2 == 0;
    auto shown = old_copy ? before_.at(id) : piece;
    if (malice_.no_authors) shown.author.clear();
    const bool lies = malice_.lying_validators;
    return {
        .body = article_page(script_, shown, noise),
        .etag = "W/\"" + std::to_string(id) + '-' + std::to_string(lies ? 1 : shown.version) + '"',
        .modified = lies ? shown.published : shown.changed,
        .piece = id,
        .version = shown.version};
  }
  return {.status = 404, .body = "<html><body><h1>Không tìm thấy trang</h1></body></html>"};
}

Server::Answer Server::page(const Request& request) {
  if (paper_) {
    auto shown = paper_->page(request.path + (request.query.empty() ? "" : '?' + request.query));
    if (!shown) return {.status = 404, .body = "<html><body><h1>Not found</h1></body></html>"};
    return {.type = std::move(shown->type), .body = std::move(shown->body)};
  }
  const Noise noise{.views = noise_ ? ++views_ : 1000};
  const auto named = malice_.names.empty() ? origin() : malice_.names;
  if (request.path == "/") {
    const auto number = std::strtol(request.parameter("trang").c_str(), nullptr, 10);
    return {.body = home_page(script_, noise, static_cast<int>(std::clamp(number, 1L, 1000L)))};
  }
  if (request.path == "/robots.txt")
    return {.type = "text/plain",
            .body = "User-agent: *\nDisallow: /admin/\nSitemap: " + origin() + "/sitemap.xml\n"};
  if (request.path == "/rss/tin-moi.rss")
    return {.type = "application/rss+xml; charset=utf-8", .body = feed(script_, named)};
  if (request.path == "/sitemap.xml")
    return {.type = "application/xml", .body = sitemap(script_, named)};
  if (request.path == "/ExtAppCommon/Home_V2/NewsCategory") {
    const auto item = request.parameter("idItem");
    for (const int category : categories())
      if (item == std::to_string(category))
        return {.body = category_page(script_, category, noise)};
  }
  return piece_page(request.path);
}

}  // namespace tinwatch::newsroom
