#pragma once

#include "async/limiter.hpp"
#include "core/host_state.hpp"
#include "core/robots.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace tinwatch::fetchers {

/// A host that was asked in this run.
struct Host {
  Host(const asio::any_io_executor& executor, std::size_t connections, HostState known)
      : state(std::move(known)), slots(executor, connections), robots_turn(executor, 1) {}

  HostState state;
  std::optional<RobotsAnswer> robots_answer;  // without its text; empty: it has to be asked
  std::optional<Robots> rules;                // empty: not read, or put away for want of memory
  std::size_t rules_bytes = 0;
  Duration crawl_delay{0};   // as robots.txt wants it; stays when the rules are put away
  std::string robots_fault;  // why it could not be read, for people
  Instant written{};         // `next_allowed` as it is remembered
  int server_errors = 0;     // answers in a row with a 5xx status
  Instant calm_until{};      // it is back from an outage: what was due meanwhile comes bit by bit
  Limiter slots;
  Limiter robots_turn;  // who comes first asks for robots.txt, the others wait
  int users = 0;        // tasks that hold a reference
  Instant used_at{};
};

/// A host for the length of a scope, in which it is not put away.
class [[nodiscard]] HostUse {
 public:
  HostUse(Host& host, Instant now) : host_(&host) {
    ++host_->users;
    host_->used_at = now;
  }
  HostUse(HostUse&& other) noexcept : host_(std::exchange(other.host_, nullptr)) {}
  HostUse& operator=(HostUse&&) = delete;
  ~HostUse() {
    if (host_) --host_->users;
  }
  Host& operator*() const { return *host_; }
  Host* operator->() const { return host_; }

 private:
  Host* host_;
};

/// The hosts of this run. Whoever controls a domain can make up hosts without end, each with a
/// robots.txt of 500 KB: hosts that nobody asks are put away, and so are the oldest rules when they
/// fill their memory. What was put away is remembered outside. Belongs to the io thread.
class HostTable {
 public:
  /// `rules_memory`: bytes of robots.txt whose rules are kept at a time.
  explicit HostTable(std::size_t rules_memory) : rules_memory_(rules_memory) {}

  [[nodiscard]] Host* find(const std::string& key);
  [[nodiscard]] const Host* find(const std::string& key) const;
  Host& add(std::unique_ptr<Host> host, Instant now);
  /// `bytes`: of the text that the rules were read from.
  void keep_rules(Host& host, Robots rules, std::size_t bytes);

  [[nodiscard]] std::size_t blocked(Instant now) const;
  [[nodiscard]] std::size_t size() const { return hosts_.size(); }
  [[nodiscard]] std::size_t rules_bytes() const { return rules_bytes_; }

 private:
  void put_idle_away(Instant now);
  void drop_rules(Host& host);

  std::size_t rules_memory_;
  std::size_t rules_bytes_ = 0;
  Instant tidied_{};
  std::map<std::string, std::unique_ptr<Host>> hosts_;
};

}  // namespace tinwatch::fetchers
