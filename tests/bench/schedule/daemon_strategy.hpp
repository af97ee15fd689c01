#pragma once

#include "monitor/revisit.hpp"
#include "replay.hpp"

#include <random>

namespace tinwatch::bench {

/// The daemon's own policy, with its jitter; it begins knowing nothing of the newspaper.
class DaemonStrategy final : public Strategy {
 public:
  explicit DaemonStrategy(double requests_an_hour) : prices_(requests_an_hour) {}

  Duration list_wait(Instant now, int found) override {
    prices_.lists.note_request(now);
    prices_.articles.note_request(now);
    for (int i = 0; i < found; ++i) rhythm_.note(now);
    articles_ += found;
    return jittered(monitor::next_list_wait(now, rhythm_, 1, prices_.lists.now(), {}));
  }

  std::optional<Duration> article_wait(const Watched& article, Instant now, bool edited) override {
    prices_.articles.note_request(now);
    edits_ += edited ? 1 : 0;
    const monitor::EditHistory history{.published = article.published, .edits = article.edits};
    return jittered(monitor::next_article_wait(now, history,
                                               monitor::edits_an_article(articles_, edits_),
                                               rhythm_, prices_.articles.now()));
  }

 private:
  Duration jittered(Duration wait) {
    std::uniform_real_distribution<double> spread(0.9, 1.1);
    return Duration(
        static_cast<Duration::rep>(static_cast<double>(wait.count()) * spread(random_)));
  }

  monitor::Rhythm rhythm_;
  monitor::HostPrices prices_;
  double articles_ = 0;
  double edits_ = 0;
  std::minstd_rand random_{1};
};

}  // namespace tinwatch::bench
