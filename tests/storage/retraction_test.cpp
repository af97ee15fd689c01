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
  /// Whom one is told that takes so much back, and that a watch has told to `routed`.
  Names told(Retraction retracts, const std::string& routed = {}) {
    std::vector<NewDelivery> deliveries;
    if (!routed.empty()) deliveries.push_back({"r" + std::to_string(made), routed, "default"});
    tell(EventType::article_revised, std::move(deliveries), retracts);
    Names out;
    for (const auto& one : Reader(path).deliveries({.state = "pending", .limit = 100}))
      if (one.event == "e" + std::to_string(made)) out.push_back(one.receiver);
    std::sort(out.begin(), out.end());
    return out;
  }
};

TEST_F(RetractionTest, GoesToWhoeverWasToldOfTheEdit) {
  tell(EventType::article_revised, {{"d2", "desk", "default"}, {"d3", "log", "default"}});
  take("d2", "desk");
  constexpr Retraction edit{.after_revision = 1};
  EXPECT_EQ(told(edit), Names{"desk"}) << "the log has not got it yet";
  take("d3", "log");
  EXPECT_EQ(told(edit), (Names{"desk", "log"}));
  EXPECT_EQ(told(edit, "desk"), (Names{"desk", "log"})) << "each once";
  EXPECT_EQ(told({.after_revision = 4}), Names{}) << "of that edit nobody was told";
}

TEST_F(RetractionTest, OfARemovalGoesToWhoeverWasToldOfTheRemoval) {
  tell(EventType::article_removed, {{"d2", "log", "default"}});
  EXPECT_EQ(told({}), Names{}) << "that it is there was right";
  take("d2", "log");
  EXPECT_EQ(told({}), Names{"log"});
}

}  // namespace
}  // namespace tinwatch::storage
