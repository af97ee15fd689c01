#include "api/client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <array>
#include <charconv>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/time.h>

namespace tinwatch::api {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

namespace {

using Socket = asio::local::stream_protocol::socket;
using Stream = beast::basic_stream<asio::local::stream_protocol>;

/// A daemon that stands takes no more connections once its queue is full, and whoever makes one
/// waits: then the first write fails.
void limit_connecting(Socket& socket, Duration patience) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(patience);
  const auto rest = std::chrono::microseconds(patience - whole);
  timeval limit{};
  limit.tv_sec = whole.count();
  limit.tv_usec = rest.count();
  ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

/// False: no daemon listens there. Throws when one does that may not be asked.
bool connect(Socket& socket, const std::string& path) {
  boost::system::error_code error;
  socket.connect(asio::local::stream_protocol::endpoint(path), error);
  if (error == asio::error::access_denied)
    throw std::runtime_error(
        path + ": the daemon runs, but you may not ask it; join the group tinwatch, or use sudo");
  return !error;
}

boost::system::error_code send(Socket& socket, const Request& request) {
  http::request<http::empty_body> message(http::string_to_verb(request.method), target_of(request),
                                          11);
  message.set(http::field::host, "localhost");
  if (!request.accept.empty()) message.set(http::field::accept, request.accept);
  for (const auto& [name, value] : request.headers) message.set(name, value);
  message.prepare_payload();
  boost::system::error_code error;
  http::write(socket, message, error);
  return error;
}

/// Seconds; 0: not said, or said as a date, which our daemon never does.
int retry_after(const http::fields& header) {
  const auto text = header[http::field::retry_after];
  int seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  return error == std::errc{} && end == text.data() + text.size() && seconds > 0 ? seconds : 0;
}

[[noreturn]] void broke_off(const boost::system::error_code& error) {
  if (error == beast::error::timeout) throw std::runtime_error("the daemon answers too slowly");
  throw std::runtime_error("the daemon broke off the answer: " + error.message());
}

}  // namespace

std::optional<Reply> ask(const std::string& socket_path, const Request& request,
                         std::optional<Duration> patience) {
  asio::io_context io;
  Stream stream(io);
  auto& socket = stream.socket();
  if (patience) {
    socket.open(asio::local::stream_protocol());
    limit_connecting(socket, *patience);
    stream.expires_after(*patience);
  }
  if (!connect(socket, socket_path)) return std::nullopt;
  auto error = send(socket, request);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(boost::none);
  if (!error) {
    // Only what is asynchronous is ended by a stream's time.
    http::async_read(stream, buffer, parser,
                     [&](boost::system::error_code ended, std::size_t) { error = ended; });
    io.run();
  }
  if (error) broke_off(error);
  auto& answer = parser.get();
  return Reply{.status = static_cast<int>(answer.result_int()),
               .content_type = std::string(answer[http::field::content_type]),
               .body = std::move(answer.body()),
               .retry_after = retry_after(answer)};
}

std::optional<Reply> listen(const std::string& socket_path, const Request& request,
                            const std::function<void(std::string_view)>& on_piece) {
  asio::io_context io;
  Socket socket(io);
  if (!connect(socket, socket_path)) return std::nullopt;
  auto error = send(socket, request);
  beast::flat_buffer buffer;
  http::response_parser<http::buffer_body> parser;
  parser.body_limit(boost::none);
  if (!error) http::read_header(socket, buffer, parser, error);
  if (error) return std::nullopt;  // it went away before it said anything
  Reply reply{.status = static_cast<int>(parser.get().result_int()),
              .content_type = std::string(parser.get()[http::field::content_type]),
              .retry_after = retry_after(parser.get())};
  std::array<char, 65536> room{};
  while (!error && !parser.is_done()) {
    auto& body = parser.get().body();
    body.data = room.data();
    body.size = room.size();
    http::read_some(socket, buffer, parser, error);
    if (error == http::error::need_buffer) error = {};
    const std::string_view piece(room.data(), room.size() - body.size);
    if (reply.status == 200)
      on_piece(piece);
    else
      reply.body += piece;
  }
  return reply;
}

}  // namespace tinwatch::api
