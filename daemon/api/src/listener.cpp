#include "api/listener.hpp"

#include "http_message.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
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
  co_return (co_await (std::move(work) || std::move(bell))).index() == 0;
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
    if (request && !error) request->body = std::move(parser.get().body());
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

template <class Socket>
Task<> write_piece(Socket& socket, const std::string& piece, bool& written) {
  boost::system::error_code error;
  co_await asio::async_write(socket, asio::buffer(piece),
                             asio::redirect_error(asio::use_awaitable, error));
  written = !error;
}

/// Until the peer leaves.
template <class Socket>
Task<> hear_nothing(Socket& socket) {
  boost::system::error_code error;
  std::array<char, 1024> dropped{};
  while (!error)
    co_await socket.async_read_some(asio::buffer(dropped),
                                    asio::redirect_error(asio::use_awaitable, error));
}

/// Takes what the peer still sends: closed before that, the connection would be reset, and the
/// answer lost with it (RFC 9112 section 9.6).
template <class Socket>
Task<> hear_out(Socket& socket) {
  boost::system::error_code error;
  socket.shutdown(Socket::shutdown_send, error);
  co_await hear_nothing(socket);
}

Reply reply_of(const Refusal& refusal) {
  const auto title =
      http::obsolete_reason(http::int_to_status(static_cast<unsigned>(refusal.status)));
  return problem(refusal.status, {title.data(), title.size()}, refusal.detail);
}

/// The address at the other end; empty for a local socket, and for one that is gone.
std::string peer_of(const tcp::socket& socket) {
  boost::system::error_code error;
  const auto peer = socket.remote_endpoint(error);
  if (error) return {};
  const auto address = peer.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped())  // it came to [::]
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  return address.to_string();
}
std::string peer_of(const stream_protocol::socket&) { return {}; }

using Pieces = std::function<Task<std::string>()>;

/// Sends an answer without an end until the peer takes no more. Thrown, a fault would end no race.
template <class Socket>
Task<> send_pieces(Socket& socket, const Pieces& more, std::chrono::milliseconds patience,
                   std::exception_ptr& failure) {
  try {
    for (;;) {
      const auto piece = co_await more();
      if (piece.empty()) co_return;
      bool written = false;
      const bool in_time = co_await within(patience, write_piece(socket, piece, written));
      if (!in_time || !written) co_return;
    }
  } catch (...) {
    failure = std::current_exception();
  }
}

/// The same with its header. Whatever the peer still says is not heard, but for its leaving.
template <class Socket>
Task<> stream(Socket socket, ResponseMessage header, Pieces more, Timeouts timeouts) {
  using namespace asio::experimental::awaitable_operators;
  boost::system::error_code ignored;
  // What a deaf one costs the system.
  socket.set_option(asio::socket_base::send_buffer_size(64 * 1024), ignored);
  bool written = false;
  co_await within(timeouts.answer, write_message(socket, header, written));
  if (!written) co_return;
  std::exception_ptr failure;
  auto sending = send_pieces(socket, more, timeouts.piece, failure);
  auto hearing = hear_nothing(socket);
  co_await (std::move(sending) || std::move(hearing));
  socket.shutdown(Socket::shutdown_both, ignored);
  if (failure) std::rethrow_exception(failure);
}

template <class Socket>
Task<> serve(Socket socket, Door door, const Service* service, Timeouts timeouts,
             Connections* connections) {
  Connections::Connection connection(*connections, [&socket] {
    boost::system::error_code ignored;
    socket.close(ignored);
  });
  beast::flat_buffer buffer;
  const auto peer = peer_of(socket);
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
      request.peer = peer;
      auto asked = request;
      reply = co_await service->answer(std::move(asked));
    }
    go_on = received.keep_alive && !refused;
    if (auto more = std::move(reply.more)) {
      auto header = stream_header(std::move(reply), request);
      co_await connections->spawn_stream(
          stream<Socket>(std::move(socket), std::move(header), std::move(more), timeouts));
      co_return;
    }
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
