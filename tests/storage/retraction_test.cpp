#include "storage/store_fixture.hpp"

#include <algorithm>

namespace tinwatch::storage {
namespace {

using Names = std::vector<std::string>;

constexpr auto url = "http://a.test/1";

/// An article that the desk was told of.
class RetractionTest : public StoreTest {
 protected:
  RetractionTest() {
    EXPECT_EQ(test::run(io, store.commit(published(url))), CommitResult::committed);
    take("d1", "desk");
  }
  /// The receiver has that delivery.
  void take(const std::string& delivery, const std::string& receiver) {
    test::run(io, store.end_try({.id = delivery, .receiver = receiver}, Delivered{now}));
  }
  /// Another event of the article, that watches and routes have these told of.
  void tell(EventType type, std::vector<NewDelivery> deliveries,
            std::optional<Retraction> retracts = {}) {
    auto commit = again(url);
    auto& event = commit.events.front();
    event.type = type;
    event.deliveries = std::move(deliveries);
    event.retracts = retracts;
    EXPECT_EQ(test::run(io, store.commit(std::move(commit))), CommitResult::committed);
  }
  /// An edit, and the hit of a watch that the log is told of; who is told of the edit.
  Names hit_for_log(const std::string& watch, std::optional<Retraction> retracts) {
    auto commit = again(url);
    auto& edit = commit.events.front();
    edit.type = EventType::article_revised;
    edit.deliveries.clear();
    edit.retracts = retracts;
    const auto number = std::to_string(made);
    commit.events.push_back({.id = "hit" + number,
                             .type = EventType::watch_hit,
                             .at = now,
                             .data = "{}",
                             .hit = NewHit{"n" + number, watch, "default"},
                             .deliveries = {{"h" + number, "log", "default"}}});
    EXPECT_EQ(test::run(io, store.commit(std::move(commit))), CommitResult::committed);
    return told_of_last();
  }
  /// Whom the last event of the article is told.
  Names told_of_last() const {
    Names out;
    for (const auto& one : Reader(path).deliveries({.state = "pending", .limit = 100}))
      if (one.event == "e" + std::to_string(made)) out.push_back(one.receiver);
    std::sort(out.begin(), out.end());
    return out;
  }
  /// Whom one is told that takes so much back, and that a watch has told to `routed`.
  Names told(Retraction retracts, const std::string& routed = {}) {
    std::vector<NewDelivery> deliveries;
    if (!routed.empty()) deliveries.push_back({"r" + std::to_string(made), routed, "default"});
    tell(EventType::article_revised, std::move(deliveries), retracts);
    return told_of_last();
  }
};

TEST_F(RetractionTest, GoesToWhoeverWasOrWillBeToldOfTheEdit) {
  take("none", "log");  // a receiver that works
  tell(EventType::article_revised, {{"d2", "desk", "default"}, {"d3", "log", "default"}});
  take("d2", "desk");
  constexpr Retraction edit{.after_revision = 1};
  EXPECT_EQ(told(edit), (Names{"desk", "log"})) << "it is on its way to the log";
  EXPECT_EQ(told(edit, "desk"), (Names{"desk", "log"})) << "each once";
  EXPECT_EQ(told({.after_revision = made}), Names{}) << "of that edit nobody was told";
}

TEST_F(RetractionTest, OfAnEditGoesToNobodyWhoWasToldOfSomethingElse) {
  tell(EventType::article_revised, {});
  tell(EventType::article_removed, {{"d3", "log", "default"}});
  take("d3", "log");
  EXPECT_EQ(told({.after_revision = 1}), Names{});
}

TEST_F(RetractionTest, OfAnAbsenceGoesToWhoeverWasToldOfIt) {
  tell(EventType::article_missing, {{"d2", "log", "default"}});
  take("d2", "log");
  EXPECT_EQ(told({}), Names{"log"}) << "and not to the desk: that it is there was right";
  tell(EventType::article_removed, {{"d4", "desk", "default"}});
  take("d4", "desk");
  tell(EventType::article_returned, {});
  EXPECT_EQ(told({}), Names{}) << "that one is over";
}

TEST_F(RetractionTest, AHitOfTheSameWatchIsEnough) {
  hit_for_log("border", {});
  take("h2", "log");
  constexpr Retraction edit{.after_revision = 1};
  EXPECT_EQ(hit_for_log("border", edit), Names{});
  EXPECT_EQ(hit_for_log("other", edit), Names{"log"}) << "that one says nothing of it";
}

}  // namespace
}  // namespace tinwatch::storage
