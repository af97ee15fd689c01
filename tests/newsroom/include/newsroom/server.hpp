#pragma once

#include "async/task.hpp"
#include "newsroom/papers.hpp"
#include "newsroom/script.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <list>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::newsroom {

/// One request that the site answered.
struct LogEntry {
  Instant at{};
  std::string path;
  int status = 0;
  bool conditional = false;
};

/// The site on one loopback port and its control on another.
///
/// Control, all with query parameters, answers in JSON:
///   POST /step                     plays the next step; answers what it did
///   GET  /truth                    all steps so far: what a perfect watcher reports
///   GET  /log                      all requests to the site so far
///   POST /set?validators=0&counter=0&gzip=0   ETag and Last-Modified, the noise, compression
///   POST /set-clock?at=T           the editors' clock stands still at T
///   POST /misbehave?path=PART&how=HOW&value=V&times=N
///        HOW: status (V = code), hollow (an article without its
///        paragraphs), anonymous, slow, truncate, loop,
///        redirect (V = target), charset (V = label), silent, stall (half of the body, the rest
///        after /release)
///   POST /release                  lets stalled answers go on
///   GET  /await?stalled=N | ?sent=N | ?requests=N    answers once so many answers are stalled,
///   were
///        sent after a stall, or requests came in
class Server {
 public:
  /// What happens to the next `times` requests whose path holds `part`.
  struct Misbehaviour {
    std::string part, how, value;
    int times = 1;
  };

  Server(asio::io_context& io, unsigned short port, unsigned short control_port);

  /// Serves until the context stops.
  void start();

  [[nodiscard]] unsigned short port() const { return site_.local_endpoint().port(); }
  [[nodiscard]] unsigned short control_port() const { return control_.local_endpoint().port(); }
  [[nodiscard]] std::string origin() const { return "http://127.0.0.1:" + std::to_string(port()); }

  // The same as the control port, for tests in the same process.
  Step step() { return script_.step(now()); }
  [[nodiscard]] const Script& script() const { return script_; }
  [[nodiscard]] const std::vector<LogEntry>& log() const { return log_; }
  void set_clock(Instant at) { clock_ = at; }
  void set_validators(bool on) { validators_ = on; }
  /// Its pages in the place of all others; it outlives the server, or nothing is asked any more.
  void show(const Paper* paper) { paper_ = paper; }
  /// Everything at once that a monitor must not take for an edit.
  struct Malice {
    bool lying_validators =
        false;                ///< one ETag and one date for ever, and 304 for who believes them
    bool old_copies = false;  ///< for a while after an edit, every other answer is the state before
    bool redesigns = false;   ///< other surroundings every hour
    bool down = false;        ///< 503 for everything
    bool no_authors = false;  ///< a new template forgets them
    bool sessions = false;    ///< every link on every page has a session of its own
    std::string names;        ///< the origin whose addresses feed and sitemap name; empty: its own
  };
  void set_malice(Malice malice) { malice_ = malice; }
  Step edit(int id, int number);
  /// Puts back the state before the last edit.
  Step revert(int id);
  Step set_gone(int id, int status) { return script_.set_gone(id, status); }
  /// Whether the piece's newest state was sent to anybody yet.
  [[nodiscard]] bool was_sent(int id) const;
  void misbehave(Misbehaviour how) { misbehaviours_.push_back(std::move(how)); }
  /// No more of it.
  void behave() { misbehaviours_.clear(); }
  [[nodiscard]] static std::string path_of(const Piece& piece);

 private:
  struct Request {
    std::string method, path, query;
    bool gzip = false, keep_alive = true;
    std::string if_none_match, if_modified_since;
    /// Of the query, decoded; empty where there is none.
    [[nodiscard]] std::string parameter(std::string_view name) const;
  };
  struct Answer {
    int status = 200;
    std::string type = "text/html; charset=utf-8";
    std::string body, etag, location, extra;
    Instant modified{};
    int piece = 0;  // of a piece's page
    int version = 0;
  };
  using Socket = asio::ip::tcp::socket;

  Task<> accept(asio::ip::tcp::acceptor& acceptor, bool is_control);
  Task<> serve(Socket socket, bool is_control);
  Task<std::optional<Request>> read(Socket& socket, std::string& buffer);
  Task<bool> write(Socket& socket, Request request, Answer answer);
  Task<Answer> control(Request request);
  Answer page(const Request& request);
  Answer piece_page(const std::string& path);
  std::optional<Misbehaviour> misbehaviour_for(const std::string& path);
  Task<> pause();
  [[nodiscard]] Instant now() const;

  asio::io_context& io_;
  asio::ip::tcp::acceptor site_;
  asio::ip::tcp::acceptor control_;
  std::optional<Instant> clock_;
  Script script_;
  std::vector<LogEntry> log_;
  std::list<Misbehaviour> misbehaviours_;
  const Paper* paper_ = nullptr;
  bool validators_ = true;
  bool noise_ = true;
  bool gzip_ = true;
  Malice malice_;
  std::map<int, Piece> before_;  // the state before the newest
  std::map<int, int> sent_;      // id -> version
  int views_ = 1000;
  int stalled_ = 0;
  int sent_after_stall_ = 0;
  int releases_ = 0;
};

}  // namespace tinwatch::newsroom
