#pragma once

#include "storage/hits.hpp"
#include "storage/store_fixture.hpp"

#include <string>

namespace tinwatch::storage {

/// Articles that watches hit, each told to one receiver.
class HitsTest : public StoreTest {
 protected:
  /// A new article that `watch` hits at `at`; the ids of hit, event and delivery end with its
  /// number.
  void hit(const std::string& watch, Instant at = now, bool is_own = false) {
    const auto url = "http://a.test/" + std::to_string(made + 1);
    auto commit = published(url);
    const auto number = std::to_string(made);
    commit.standing->identifier = number;
    commit.events.front().deliveries.clear();
    NewEvent event{.id = "event" + number,
                   .type = EventType::watch_hit,
                   .at = at,
                   .data = R"({"article":{"headline":"Tin )" + number +
                           R"("},"revision":1,"watch":{"name":")" + watch + R"(","title":"W"},)" +
                           R"("transition":"appeared","hits":[{"sentence":"Câu )" + number +
                           R"("}]})"};
    event.hit = NewHit{"hit" + number, watch, "default", Transition::appeared, is_own};
    event.deliveries = {{"told" + number, "desk", "default"}};
    commit.events.push_back(event);
    EXPECT_EQ(test::run(io, store.commit(std::move(commit))), CommitResult::committed);
  }
};

}  // namespace tinwatch::storage
