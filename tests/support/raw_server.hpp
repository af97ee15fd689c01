#pragma once

#include "async/task.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

#include <functional>
#include <string>

namespace tinwatch::test {

/// A site on loopback that answers each request's head with the bytes the test makes of it, right
/// or wrong. The connection stays open for the next request. Lives as long as its context.
class RawServer {
 public:
  using Reply = std::function<std::string(const std::string& head)>;

  RawServer(asio::io_context& io, Reply reply)
      : acceptor_(io, {asio::ip::make_address("127.0.0.1"), 0}), reply_(std::move(reply)) {
    asio::co_spawn(io, accept(), [](const std::exception_ptr&) {});
  }

  [[nodiscard]] std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + path;
  }

 private:
  using Socket = asio::ip::tcp::socket;

  Task<> accept() {
    for (;;) {
      auto socket = co_await acceptor_.async_accept(asio::use_awaitable);
      asio::co_spawn(acceptor_.get_executor(), serve(std::move(socket)),
                     [](const std::exception_ptr&) {});
    }
  }
  Task<> serve(Socket socket) {
    std::string buffer;
    for (;;) {
      const auto size = co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer),
                                                        "\r\n\r\n", asio::use_awaitable);
      const auto bytes = reply_(buffer.substr(0, size));
      buffer.erase(0, size);
      co_await asio::async_write(socket, asio::buffer(bytes), asio::use_awaitable);
    }
  }

  asio::ip::tcp::acceptor acceptor_;
  Reply reply_;
};

}  // namespace tinwatch::test
