#include "http_message.hpp"

#include "core/text.hpp"

#include <boost/beast/http/error.hpp>

#include <algorithm>

namespace tinwatch::api {
namespace {

using http::field;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

/// Whether the body's length is what the header says it is, to every reader alike. A coding that we
/// do not know would be taken for no body, and the body for the next request (smuggling).
bool is_framing_sound(const RequestHeader& header) {
  const auto codings = header.count(field::transfer_encoding);
  if (codings == 0) return true;
  return codings == 1 && header.version() == 11 && !header.count(field::content_length) &&
         iequals(view(header[field::transfer_encoding]), "chunked");
}

bool is_port(std::string_view text) {
  return text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit);
}

/// `uri-host [ ":" port ]` (RFC 9110 section 7.2, RFC 3986 section 3.2.2).
bool is_host(std::string_view text) {
  const bool literal = text.starts_with('[');
  const auto end = literal ? text.find(']') : std::min(text.find(':'), text.size());
  if (end == std::string_view::npos) return false;
  const auto name = literal ? text.substr(1, end - 1) : text.substr(0, end);
  const auto rest = text.substr(literal ? end + 1 : end);
  const std::string_view marks = literal ? ":." : "-._~%!$&'()*+,;=";
  const bool named = std::all_of(name.begin(), name.end(), [&](char c) {
    return is_digit(c) || is_ascii_letter(c) || marks.find(c) != std::string_view::npos;
  });
  return named && (rest.empty() || (rest.starts_with(':') && is_port(rest.substr(1))));
}

struct Target {
  std::string_view authority;  ///< empty: the Host header says it
  std::string_view path;       ///< and query
};

/// origin-form, absolute-form, or `*` (RFC 9112 section 3.2); nothing for another.
std::optional<Target> target_in(std::string_view text, bool is_connect) {
  if (is_connect) return Target{.authority = text, .path = "/"};
  if (text.starts_with('/') || text == "*") return Target{.authority = {}, .path = text};
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!iequals(text.substr(0, scheme.size()), scheme)) continue;
    text.remove_prefix(scheme.size());
    const auto end = std::min(text.find_first_of("/?"), text.size());
    if (end == 0) return std::nullopt;
    return Target{.authority = text.substr(0, end), .path = text.substr(end)};
  }
  return std::nullopt;
}

bool is_text(const Request& request) {
  return std::all_of(request.path.begin(), request.path.end(), is_valid_utf8) &&
         std::all_of(request.query.begin(), request.query.end(), [](const auto& pair) {
           return is_valid_utf8(pair.first) && is_valid_utf8(pair.second);
         });
}

}  // namespace

void prepare(RequestParser& parser) {
  parser.header_limit(most_header);
  parser.body_limit(most_body);
}

Result<Request, Refusal> request_of(const RequestHeader& header, Door door) {
  const auto bad = [](std::string detail) { return fail(Refusal{400, std::move(detail)}); };
  if (!is_framing_sound(header))
    return bad("Transfer-Encoding must be chunked, alone and without Content-Length");
  const auto hosts = header.count(field::host);
  if (hosts > 1) return bad("two Host headers");
  if (hosts == 0 && header.version() == 11) return bad("no Host header");
  const auto host = view(header[field::host]);
  const auto target = target_in(view(header.target()), header.method() == http::verb::connect);
  if (!is_host(host) || (target && !is_host(target->authority))) return bad("no such host");
  if (!target) return bad("the target is neither a path nor an http address");
  auto request = parse_target(view(header.method_string()), target->path);
  if (!is_text(request)) return bad("the path and the query must be UTF-8");
  request.host = std::string(target->authority.empty() ? host : target->authority);
  request.fetch = {.site = std::string(view(header["Sec-Fetch-Site"])),
                   .mode = std::string(view(header["Sec-Fetch-Mode"])),
                   .destination = std::string(view(header["Sec-Fetch-Dest"]))};
  request.accept = std::string(view(header[field::accept]));
  request.accept_language = std::string(view(header[field::accept_language]));
  request.if_none_match = std::string(view(header[field::if_none_match]));
  for (const auto& line : header)
    request.headers.emplace_back(ascii_lower(view(line.name_string())), view(line.value()));
  request.door = door;
  return request;
}

std::optional<Refusal> refusal_of(const boost::system::error_code& error) {
  if (error == http::error::end_of_stream) return std::nullopt;
  if (error == http::error::header_limit || error == http::error::buffer_overflow)
    return Refusal{431, "the header is longer than 8 KiB"};
  if (error == http::error::body_limit) return Refusal{413, "the body is longer than 64 KiB"};
  if (error.category() == http::make_error_code(http::error::bad_value).category())
    return Refusal{400, "this is no HTTP request: " + error.message()};
  return std::nullopt;
}

ResponseMessage message_of(Reply reply, const Request& request, bool keep_alive) {
  ResponseMessage out;
  out.version(11);
  out.result(static_cast<unsigned>(reply.status));
  out.set(field::server, "tinwatch");
  out.set(field::content_type, reply.content_type);
  out.set(field::cache_control,
          reply.is_immutable ? "public, max-age=31536000, immutable" : "no-store");
  out.set("X-Content-Type-Options", "nosniff");
  out.set("Referrer-Policy", "no-referrer");
  out.set("Content-Security-Policy",
          "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
          "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
  if (!reply.content_coding.empty()) out.set(field::content_encoding, reply.content_coding);
  if (!reply.vary.empty()) out.set(field::vary, reply.vary);
  if (!reply.allow.empty()) out.set(field::allow, reply.allow);
  if (!reply.location.empty() && (reply.status == 303 || reply.status == 201))
    out.set(field::location, reply.location);
  if (!reply.location.empty() && reply.status == 200)
    out.set("Refresh", "0; url=" + reply.location);
  if (!reply.set_cookie.empty()) out.set(field::set_cookie, reply.set_cookie);
  if (!reply.challenge.empty()) out.set(field::www_authenticate, reply.challenge);
  if (reply.retry_after > 0) out.set(field::retry_after, std::to_string(reply.retry_after));
  if (!reply.etag.empty()) {
    out.set(field::etag, reply.etag);
    if (request.if_none_match == reply.etag) {
      out.result(http::status::not_modified);
      reply.body.clear();
    }
  }
  out.body() = std::move(reply.body);
  out.keep_alive(keep_alive);
  out.prepare_payload();
  if (request.method == "HEAD") out.body().clear();  // the length stays
  return out;
}

ResponseMessage stream_header(Reply reply, const Request& request) {
  auto out = message_of(std::move(reply), request, /*keep_alive=*/false);
  out.erase(field::content_length);
  out.set("X-Accel-Buffering", "no");  // a proxy that waits for more sends nothing
  return out;
}

}  // namespace tinwatch::api
