#pragma once

#include "api/message.hpp"
#include "core/result.hpp"

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <optional>
#include <string>

/// Between Beast's messages and ours: what RFC 9112 asks of a request beyond what Beast's parser
/// looks at. Pure.
namespace tinwatch::api {

namespace http = boost::beast::http;

using RequestParser = http::request_parser<http::string_body>;
using RequestHeader = http::request_header<>;
using ResponseMessage = http::response<http::string_body>;

inline constexpr std::uint64_t most_body = 64 * 1024;
inline constexpr std::uint32_t most_header = 8 * 1024;

/// Sets the limits.
void prepare(RequestParser& parser);

/// Why a message is no request: how it is answered before the connection is closed.
struct Refusal {
  int status = 400;
  std::string detail;
};

/// The request whose header was read. 400 for what leaves in doubt where the message ends or whom
/// it is for (RFC 9112, sections 3.2, 6.1 and 6.3), or is not UTF-8.
[[nodiscard]] Result<Request, Refusal> request_of(const RequestHeader& header, Door door);

/// How a failed read is answered: 431, 413, else 400. Nothing when the peer is gone.
[[nodiscard]] std::optional<Refusal> refusal_of(const boost::system::error_code& error);

/// An answer with the headers that all have. A body that the peer has already (If-None-Match) or
/// does not want (HEAD) is left out.
[[nodiscard]] ResponseMessage message_of(Reply reply, const Request& request, bool keep_alive);

/// The header of an answer whose body comes piece by piece, and ends with the connection.
[[nodiscard]] ResponseMessage stream_header(Reply reply, const Request& request);

}  // namespace tinwatch::api
