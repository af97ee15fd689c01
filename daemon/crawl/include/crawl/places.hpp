#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace tinwatch::crawl {

/// Who may begin a visit while places are scarce. A source has a share of them and never more, so
/// that one whose hosts are slow, many or broken leaves the rest to the others; hosts that wait are
/// taken source by source in turn.
class Places {
 public:
  /// `all`: visits at once; `share`: of one source.
  Places(std::size_t all, std::size_t share) : all_(all), share_(share) {}
  void set_share(std::size_t share) { share_ = share; }

  [[nodiscard]] bool has_place(const std::string& source) const {
    return taken_ < all_ && taken_by(source) < share_;
  }
  void take(const std::string& source);
  void give_back(const std::string& source);

  /// The next visit at `host` is one of that source and waits for a place. A host waits once.
  void wait(const std::string& source, const std::string& host);
  /// Takes out the hosts that have a place now: no more than there are places, and none of a source
  /// that `is_behind`: one that does not come to an end with what it has in hand.
  [[nodiscard]] std::vector<std::string> next(
      const std::function<bool(const std::string& source)>& is_behind);
  [[nodiscard]] std::size_t waiting() const { return hosts_.size(); }

 private:
  [[nodiscard]] std::size_t taken_by(const std::string& source) const;

  std::size_t all_;
  std::size_t share_;
  std::size_t taken_ = 0;
  std::map<std::string, std::size_t> taken_by_;            // source -> visits under way
  std::map<std::string, std::deque<std::string>> queues_;  // source -> hosts that wait
  std::deque<std::string> turns_;                          // of the sources with a queue
  std::set<std::string> hosts_;                            // that wait
};

}  // namespace tinwatch::crawl
