#include "api/listener.hpp"

#include "core/text.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <charconv>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tinwatch::api {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using asio::local::stream_protocol;

constexpr auto request_timeout = std::chrono::seconds(10);
constexpr auto answer_timeout = std::chrono::minutes(2);
constexpr std::uint32_t most_header = 8 * 1024;
constexpr std::uint64_t most_body = 1024 * 1024;

using Message = http::response<http::string_body>;

Message message_of(Reply reply, const http::request<http::string_body>& request) {
  Message out;
  out.version(11);
  out.result(static_cast<unsigned>(reply.status));
  out.set(http::field::server, "tinwatch");
  out.set(http::field::content_type, reply.content_type);
  out.set(http::field::cache_control, "no-store");
  out.set("X-Content-Type-Options", "nosniff");
  out.set("Referrer-Policy", "no-referrer");
  out.set("Content-Security-Policy",
          "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
          "frame-ancestors 'none'");
  if (!reply.etag.empty()) {
    out.set(http::field::etag, reply.etag);
    if (request[http::field::if_none_match] == reply.etag) {
      out.result(http::status::not_modified);
      reply.body.clear();
    }
  }
  out.body() = std::move(reply.body);
  out.keep_alive(request.keep_alive());
  out.prepare_payload();
  if (request.method() == http::verb::head) out.body().clear();  // the length stays
  return out;
}

template <class Protocol>
Task<> serve(beast::basic_stream<Protocol> stream, Door door, const Handler* handler) {
  beast::flat_buffer buffer;
  boost::system::error_code error;
  auto result = asio::redirect_error(asio::use_awaitable, error);
  for (;;) {
    http::request_parser<http::string_body> parser;
    parser.header_limit(most_header);
    parser.body_limit(most_body);
    stream.expires_after(request_timeout);
    co_await http::async_read(stream, buffer, parser, result);
    if (error) break;
    const auto& request = parser.get();
    const auto method = request.method_string();
    const auto target = request.target();
    auto ours = parse_target({method.data(), method.size()}, {target.data(), target.size()});
    ours.host = std::string(request[http::field::host]);
    ours.origin = std::string(request[http::field::origin]);
    ours.door = door;
    stream.expires_after(answer_timeout);
    auto reply = co_await (*handler)(std::move(ours));
    auto message = message_of(std::move(reply), request);
    http::response_serializer<http::string_body> serializer(message);
    co_await http::async_write(stream, serializer, result);
    if (error || !message.keep_alive()) break;
  }
  stream.socket().shutdown(Protocol::socket::shutdown_both, error);
}

/// Removes a socket that nobody listens on any more.
void remove_stale(const std::string& path) {
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const stream_protocol::endpoint endpoint(path);
  const bool answered =
      ::connect(probe, endpoint.data(), static_cast<socklen_t>(endpoint.size())) == 0;
  ::close(probe);
  if (answered)
    throw std::runtime_error(
        path + ": another tinwatch listens here; stop it, or name another http.socket");
  ::unlink(path.c_str());
}

}  // namespace

struct Listener::Impl {
  Impl(const asio::any_io_executor& executor, Handler the_handler, TaskGroup& group)
      : tcp_acceptor(executor),
        local_acceptor(executor),
        handler(std::move(the_handler)),
        connections(group) {}

  tcp::acceptor tcp_acceptor;
  stream_protocol::acceptor local_acceptor;
  std::string socket_path;
  Handler handler;
  TaskGroup& connections;

  template <class Acceptor>
  Task<> accept(Acceptor& acceptor, Door door) {
    using Protocol = typename Acceptor::protocol_type;
    for (;;) {
      boost::system::error_code error;
      auto socket =
          co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
      if (error == asio::error::operation_aborted) throw boost::system::system_error(error);
      if (error) {  // the peer left, or no descriptor is free: the next one may do
        asio::steady_timer pause(co_await asio::this_coro::executor,
                                 std::chrono::milliseconds(100));
        co_await pause.async_wait(asio::use_awaitable);
        continue;
      }
      beast::basic_stream<Protocol> stream(std::move(socket));
      co_await connections.spawn(serve<Protocol>(std::move(stream), door, &handler));
    }
  }
};

Listener::Listener(const asio::any_io_executor& executor, const std::string& address,
                   Handler handler, TaskGroup& connections)
    : impl_(std::make_unique<Impl>(executor, std::move(handler), connections)) {
  try {
    if (address.starts_with('/')) {
      remove_stale(address);
      const auto mask = ::umask(0117);  // 0660 from the first moment
      impl_->local_acceptor =
          stream_protocol::acceptor(executor, stream_protocol::endpoint(address));
      ::umask(mask);
      impl_->socket_path = address;
      return;
    }
    const auto colon = address.rfind(':');
    auto host = address.substr(0, colon);
    if (host == "localhost") host = "127.0.0.1";
    if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
    const auto port = static_cast<unsigned short>(std::stoi(address.substr(colon + 1)));
    impl_->tcp_acceptor =
        tcp::acceptor(executor, tcp::endpoint(asio::ip::make_address(host), port));
  } catch (const boost::system::system_error& e) {
    throw std::runtime_error(
        address + ": cannot listen here: " + e.code().message() +
        "; name a free address in http.listen (or http.socket for the local socket)");
  }
}

Listener::~Listener() {
  if (!impl_->socket_path.empty()) ::unlink(impl_->socket_path.c_str());
}

Task<> Listener::run() {
  if (impl_->local_acceptor.is_open())
    co_await impl_->accept(impl_->local_acceptor, Door::local);
  else
    co_await impl_->accept(impl_->tcp_acceptor, Door::tcp);
}

unsigned short Listener::port() const {
  return impl_->tcp_acceptor.is_open() ? impl_->tcp_acceptor.local_endpoint().port()
                                       : static_cast<unsigned short>(0);
}

}  // namespace tinwatch::api
