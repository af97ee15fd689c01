#include "newsroom/server.hpp"

#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>

namespace {

using tinwatch::newsroom::Server;
namespace asio = boost::asio;

/// The demo's hand: a step now and then.
tinwatch::Task<> play(Server& server, std::chrono::milliseconds first,
                      std::chrono::milliseconds every) {
  asio::steady_timer timer(co_await asio::this_coro::executor, first);
  for (;;) {
    co_await timer.async_wait(asio::use_awaitable);
    server.step();
    timer.expires_after(every);
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(
      "The sample newsroom: a news site on loopback that plays a script and can misbehave");
  unsigned short port = 0;
  unsigned short control = 0;
  int first_ms = 0;
  int every_ms = 0;
  app.add_option("--port", port, "of the site; 0: any");
  app.add_option("--control-port", control, "of the control; 0: any");
  app.add_option("--first-step-ms", first_ms, "time before the first step");
  app.add_option("--step-every-ms", every_ms, "plays by itself; 0: only by control");
  CLI11_PARSE(app, argc, argv);
  try {
    asio::io_context io{1};
    Server server(io, port, control);
    server.start();
    if (every_ms > 0)
      asio::co_spawn(
          io,
          play(server, std::chrono::milliseconds(first_ms), std::chrono::milliseconds(every_ms)),
          [](const std::exception_ptr&) {});
    asio::signal_set signals(io, SIGINT, SIGTERM);
    signals.async_wait([&io](boost::system::error_code, int) { io.stop(); });
    std::cout << "site " << server.origin()
              << "/ control http://127.0.0.1:" << server.control_port() << "/\n"
              << std::flush;
    io.run();
    return 0;
  } catch (const std::exception& e) {
    std::cerr << "newsroom: " << e.what() << '\n';
    return 3;
  }
}
