#include "core/text.hpp"
#include "support/asked.hpp"
#include "support/sanitized.hpp"
#include "world.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

// Everything at once that looks like an edit and is none, beside a few edits.
namespace tinwatch::test {
namespace {

using namespace std::chrono_literals;

#ifdef TINWATCH_SANITIZED  // ten times slower
constexpr double usual_polls = 2'000;
#else
constexpr double usual_polls = 3'000;
#endif
/// `./dev soak malice` asks for more, and for other seeds.
const double polls = asked_or("TINWATCH_MALICE_POLLS", usual_polls);
const auto seed = static_cast<unsigned>(asked_or("TINWATCH_SEED", 1));
constexpr double polls_an_edit = 100;

class Malice : public testing::Test {
 protected:
  /// Reads of articles so far, whatever came of them.
  double polls_so_far() {
    double sum = 0;
    for (const auto* result :
         {"not_modified", "bytes_equal", "region_equal", "text_equal", "revised", "new"})
      sum += world.metric(std::string("tinwatch_polls_total{result=\"") + result + "\"}");
    return sum;
  }

  /// Edits a piece whose newest state was sent to the daemon: one that nobody could see would be
  /// nobody's fault.
  void edit_something() {
    std::vector<int> ready;
    for (const auto& [id, piece] : world.newsroom().script().pieces())
      if (piece.gone == 0 && world.newsroom().was_sent(id)) ready.push_back(id);
    if (ready.empty()) return;
    const int id = ready[random() % ready.size()];
    const auto step = world.newsroom().edit(id, ++edits);
    expected["article.revised " + std::to_string(step.id)] += 1;
    marks[id].push_back(world.newsroom().script().pieces().at(id).last_edit);
  }

  /// A minute passes; every hundredth poll is answered by an edit.
  void minute() {
    if (polls_so_far() >= (edits + 1) * polls_an_edit) edit_something();
    world.pass(1min);
  }
  void poll_until(double total) {
    while (polls_so_far() < total) minute();
  }

  World world;
  std::mt19937 random{seed};
  int edits = 0;
  std::map<std::string, int> expected;
  std::map<int, std::vector<std::string>> marks;
};

TEST_F(Malice, IsNoEditAndHidesNone) {
  world.newsroom().set_malice({.lying_validators = true, .old_copies = true, .redesigns = true});
  world.start();
  world.pass(5min);
  const auto before = world.last_event();

  poll_until(polls / 10);
  const int removed = 60003;
  world.newsroom().set_gone(removed, 404);
  expected["article.missing " + std::to_string(removed)] = 1;
  expected["article.removed " + std::to_string(removed)] = 1;
  poll_until(polls / 4);
  world.newsroom().set_malice(
      {.lying_validators = true, .old_copies = true, .redesigns = true, .down = true});
  world.pass(24h);
  expected["source.unreachable newsroom"] = 1;
  expected["source.recovered newsroom"] = 1;
  world.newsroom().set_malice({.lying_validators = true, .old_copies = true, .redesigns = true});
  poll_until(polls);
  const auto died_down = world.clock().now() + 2h;  // the last old copy is gone
  while (world.clock().now() < died_down) world.pass(1min);
  // A takedown is confirmed over a day; few polls (under a sanitizer) are not enough for that.
  const auto confirmed_by = world.clock().now() + 48h;
  const auto gone = "article.removed " + std::to_string(removed);
  for (auto events = world.live_events(before);
       std::find(events.begin(), events.end(), gone) == events.end() &&
       world.clock().now() < confirmed_by;
       events = world.live_events(before))
    world.pass(1h);

  std::map<std::string, int> reported;
  for (const auto& event : world.live_events(before)) ++reported[event];
  EXPECT_EQ(reported, expected);
  EXPECT_GE(edits, polls / polls_an_edit - 2);
  for (const auto& [id, words] : marks) {
    const auto states = world.revisions(std::to_string(id));
    ASSERT_EQ(states.size(), words.size() + 1) << id;
    for (std::size_t i = 0; i < words.size(); ++i)
      EXPECT_NE(states[i + 1].find(words[i]), std::string::npos) << id << ": " << words[i];
  }
  EXPECT_GT(world.metric("tinwatch_polls_total{result=\"region_equal\"}"), polls / 3);
}

}  // namespace
}  // namespace tinwatch::test
