#include "api/listener.hpp"

#include "http_message.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <array>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tinwatch::api {
namespace {

namespace beast = boost::beast;
using asio::ip::tcp;
using asio::local::stream_protocol;

/// Awaits `work`, but no longer than `most`: then it is cancelled. Whether it came to its end.
Task<bool> within(std::chrono::milliseconds most, Task<> work) {
  using namespace asio::experimental::awaitable_operators;
  asio::steady_timer timer(co_await asio::this_coro::executor, most);
  boost::system::error_code rang;
  auto bell = timer.async_wait(asio::redirect_error(asio::use_awaitable, rang));
  const auto first = co_await (std::move(work) || std::move(bell));
  co_return first.index() == 0;
}

/// What came in. Nothing when the peer said nothing more.
struct Received {
  std::optional<Result<Request, Refusal>> message;
  bool keep_alive = false;
  bool heard = false;  ///< a byte of a message at least
};

template <class Socket>
Task<> read_message(Socket& socket, beast::flat_buffer& buffer, Door door, Received& out) {
  RequestParser parser;
  prepare(parser);
  boost::system::error_code error;
  auto result = asio::redirect_error(asio::use_awaitable, error);
  co_await http::async_read_header(socket, buffer, parser, result);
  out.heard = parser.got_some() || buffer.size() > 0;
  if (!error) {
    // Before the body: what stands in a trailer is no header.
    auto request = request_of(parser.get().base(), door);
    out.keep_alive = parser.get().keep_alive();
    if (request && !parser.is_done()) co_await http::async_read(socket, buffer, parser, result);
    out.message.emplace(std::move(request));
  }
  if (!error) co_return;
  out.message.reset();
  if (auto refusal = refusal_of(error)) out.message.emplace(fail(std::move(*refusal)));
}

template <class Socket>
Task<> write_message(Socket& socket, ResponseMessage& message, bool& written) {
  http::response_serializer<http::string_body> serializer(message);
  boost::system::error_code error;
  co_await http::async_write(socket, serializer, asio::redirect_error(asio::use_awaitable, error));
  written = !error;
}

/// Takes what the peer still sends: closed before that, the connection would be reset, and the
/// answer lost with it (RFC 9112 section 9.6).
template <class Socket>
Task<> hear_out(Socket& socket) {
  boost::system::error_code error;
  socket.shutdown(Socket::shutdown_send, error);
  std::array<char, 4096> dropped{};
  while (!error)
    co_await socket.async_read_some(asio::buffer(dropped),
                                    asio::redirect_error(asio::use_awaitable, error));
}

Reply reply_of(const Refusal& refusal) {
  const auto title =
      http::obsolete_reason(http::int_to_status(static_cast<unsigned>(refusal.status)));
  return problem(refusal.status, {title.data(), title.size()}, refusal.detail);
}

template <class Socket>
Task<> serve(Socket socket, Door door, const Service* service, Timeouts timeouts,
             Connections* connections) {
  Connections::Connection connection(*connections, [&socket] {
    boost::system::error_code ignored;
    socket.close(ignored);
  });
  beast::flat_buffer buffer;
  bool refused = false;
  for (bool go_on = true; go_on;) {
    Received received;
    connection.listens();
    const bool in_time =
        co_await within(timeouts.request, read_message(socket, buffer, door, received));
    if (!in_time && !received.message && received.heard)
      received.message.emplace(fail(Refusal{408, "the request did not come in time"}));
    if (!received.message) break;
    connection.works();
    Request request;
    Reply reply;
    refused = !received.message->has_value();
    if (refused) {
      reply = reply_of(received.message->error());
      service->refused(reply.status);
    } else {
      request = std::move(**received.message);
      auto asked = request;
      reply = co_await service->answer(std::move(asked));
    }
    go_on = received.keep_alive && !refused;
    auto message = message_of(std::move(reply), request, go_on);
    connection.sends(message.body().size());
    bool written = false;
    co_await within(timeouts.answer, write_message(socket, message, written));
    go_on = go_on && written;
  }
  connection.listens();
  if (refused) co_await within(timeouts.farewell, hear_out(socket));
  boost::system::error_code ignored;
  socket.shutdown(Socket::shutdown_both, ignored);
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
  Impl(const asio::any_io_executor& executor, Service the_service, Connections& all,
       Timeouts limits)
      : tcp_acceptor(executor),
        local_acceptor(executor),
        service(std::move(the_service)),
        connections(all),
        timeouts(limits) {}

  tcp::acceptor tcp_acceptor;
  stream_protocol::acceptor local_acceptor;
  std::string socket_path;
  Service service;
  Connections& connections;
  Timeouts timeouts;

  template <class Acceptor>
  Task<> accept(Acceptor& acceptor, Door door) {
    using Socket = typename Acceptor::protocol_type::socket;
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
      Socket peer(std::move(socket));
      co_await connections.spawn(
          serve<Socket>(std::move(peer), door, &service, timeouts, &connections));
    }
  }
};

Listener::Listener(const asio::any_io_executor& executor, const std::string& address,
                   Service service, Connections& connections, Timeouts timeouts)
    : impl_(std::make_unique<Impl>(executor, std::move(service), connections, timeouts)) {
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
