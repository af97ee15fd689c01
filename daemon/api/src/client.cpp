#include "api/client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <stdexcept>

namespace tinwatch::api {

namespace asio = boost::asio;
namespace http = boost::beast::http;

std::optional<Reply> ask(const std::string& socket_path, const Request& request) {
  asio::io_context io;
  asio::local::stream_protocol::socket socket(io);
  boost::system::error_code error;
  socket.connect(asio::local::stream_protocol::endpoint(socket_path), error);
  if (error == asio::error::access_denied)
    throw std::runtime_error(
        socket_path +
        ": the daemon runs, but you may not ask it; join the group tinwatch, or use sudo");
  if (error) return std::nullopt;

  http::request<http::empty_body> message(http::string_to_verb(request.method), target_of(request),
                                          11);
  message.set(http::field::host, "localhost");
  message.prepare_payload();
  http::write(socket, message, error);
  boost::beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(boost::none);
  if (!error) http::read(socket, buffer, parser, error);
  if (error) throw std::runtime_error("the daemon broke off the answer: " + error.message());
  auto& answer = parser.get();
  return Reply{.status = static_cast<int>(answer.result_int()),
               .content_type = std::string(answer[http::field::content_type]),
               .body = std::move(answer.body())};
}

}  // namespace tinwatch::api
