#pragma once

#include "http_message.hpp"

#include <string_view>

namespace tinwatch::api {

/// The first message in `bytes`, read as the listener reads it: a header, then its body, then an
/// end. Nothing when there is none to answer.
inline std::optional<Result<Request, Refusal>> parse_bytes(std::string_view bytes,
                                                           Door door = Door::tcp) {
  using boost::asio::buffer;
  RequestParser parser;
  prepare(parser);
  parser.eager(false);
  boost::system::error_code error;
  bytes.remove_prefix(parser.put(buffer(bytes.data(), bytes.size()), error));
  std::optional<Result<Request, Refusal>> message;
  if (!error && parser.is_header_done()) {
    message.emplace(request_of(parser.get().base(), door));
    if (!*message) return message;
    parser.eager(true);
    while (!error && !parser.is_done() && !bytes.empty()) {
      const auto used = parser.put(buffer(bytes.data(), bytes.size()), error);
      bytes.remove_prefix(used);
    }
    if (parser.is_done()) return message;
  }
  if (!error || error == http::error::need_more) {
    if (!parser.got_some()) return std::nullopt;
    error = {};
    parser.put_eof(error);
  }
  message.reset();
  if (auto refusal = refusal_of(error)) message.emplace(fail(std::move(*refusal)));
  return message;
}

}  // namespace tinwatch::api
