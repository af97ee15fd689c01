#include "api/parameters.hpp"

#include "api/answer_fixture.hpp"

namespace tinwatch::api {
namespace {

using namespace std::chrono_literals;

/// Articles whose orders by first sight, by change and by printed date are three different ones:
/// each list of numbers is newest first.
class ListTest : public AnswerTest {
 protected:
  ListTest() {
    for (int number = 0; number < articles; ++number) {
      auto commit = article(number, record_of(1, 1));
      commit.at = now + number * 1h;
      commit.state->published_at = now - place_by_date(number) * 24h;
      EXPECT_EQ(test::run(io, store.commit(std::move(commit))), storage::CommitResult::committed);
    }
    // Each is edited, in another order: 3, 6, 2, 5, 1, 4, 0.
    for (int place = 0; place < articles; ++place) {
      const int number = (place * 3 + 3) % articles;
      auto commit = edited(number, record_of(1, 1));
      commit.at = now + 100h + place * 1h;
      commit.state->published_at = now - place_by_date(number) * 24h;
      EXPECT_EQ(test::run(io, store.commit(std::move(commit))), storage::CommitResult::committed);
    }
  }
  static int place_by_date(int number) { return number * 3 % articles; }

  /// The numbers of the articles that a list gives, page after page.
  std::vector<int> walk(const std::string& query) {
    std::vector<int> out;
    std::string after;
    for (int page = 0; page < 100; ++page) {
      const auto reply = json::parse(asked("/api/v1/articles?" + query + after).body);
      for (const auto& item : reply.at("items").as_array())
        out.push_back(number_of(std::string(item.at("id").as_string())));
      if (reply.at("next").is_null()) return out;
      after = "&after=" + std::string(reply.at("next").as_string());
    }
    ADD_FAILURE() << "the list has no end: " << query;
    return out;
  }
  static int number_of(const std::string& id) { return std::stoi(id.substr(id.size() - 3)); }

  static constexpr int articles = 7;
  const std::vector<int> by_sight = {6, 5, 4, 3, 2, 1, 0};
  const std::vector<int> by_change = {0, 4, 1, 5, 2, 6, 3};
  const std::vector<int> by_date = {0, 5, 3, 1, 6, 4, 2};
};

TEST_F(ListTest, EveryOrderGoesOnFromPageToPageWithNothingLostOrTwice) {
  for (const auto* limit : {"1", "2", "3", "7", "1000"}) {
    const auto pages = "limit=" + std::string(limit);
    EXPECT_EQ(walk(pages), by_sight) << limit;
    EXPECT_EQ(walk(pages + "&by=seen"), by_sight) << limit;
    EXPECT_EQ(walk(pages + "&by=changed"), by_change) << limit;
    EXPECT_EQ(walk(pages + "&by=published"), by_date) << limit;
  }
}

TEST_F(ListTest, ArticlesOfOneMomentAreToldApartByTheCursor) {
  change("UPDATE articles SET first_seen_at = 5, last_changed_at = 5, published_at = 5");
  for (const auto* by : {"seen", "changed", "published"})
    EXPECT_EQ(walk("limit=2&by=" + std::string(by)), by_sight) << "the newest row first: " << by;
}

TEST_F(ListTest, SinceAndUntilAreOfTheTimeThatItIsOrderedBy) {
  const auto ids = [&](const std::string& query) { return walk("limit=2&" + query); };
  // `now` is 1970-02-11T16:00:00Z; the n-th article was first seen n hours later.
  EXPECT_EQ(ids("since=1970-02-11T20:00:00Z"), (std::vector<int>{6, 5, 4})) << "that moment too";
  EXPECT_EQ(ids("until=1970-02-11T20:00:00Z"), (std::vector<int>{3, 2, 1, 0})) << "before it";
  // They were edited an hour after each other until 1970-02-16T02:00:00Z.
  EXPECT_EQ(ids("by=changed&since=1970-02-16T01:00:00Z"), (std::vector<int>{0, 4}));
  EXPECT_EQ(ids("by=changed&since=1970-02-16T03:00:00Z"), std::vector<int>{});
  // Their dates lie a day apart.
  EXPECT_EQ(ids("by=published&until=1970-02-08T16:00:00Z"), (std::vector<int>{6, 4, 2}));
}

TEST_F(ListTest, OfOneSource) {
  EXPECT_EQ(walk("source=bao").size(), 7U);
  EXPECT_EQ(asked("/api/v1/articles?source=khac").status, 404) << "no such source";
}

TEST_F(ListTest, AParameterThatNobodyReadsIsRefused) {
  for (const auto* target : {"articles?cursor=1", "events?sourc=bao", "status?x=1", "sources?a=",
                             "history?last=1", "deliveries?before=1", "verify?url=x"}) {
    const auto reply = asked(std::string("/api/v1/") + target);
    EXPECT_EQ(reply.status, 400) << target;
    EXPECT_NE(reply.body.find("there is no parameter"), std::string::npos) << target;
  }
}

TEST_F(ListTest, TheLastEventsComeInTheirOrder) {
  const auto page = json::parse(asked("/api/v1/events?last=3").body);
  const auto& items = page.at("items").as_array();
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0].at("seq"), 12);
  EXPECT_EQ(items[2].at("seq"), 14);
  EXPECT_EQ(page.at("next"), "14");
  EXPECT_EQ(asked("/api/v1/events?last=3&after=1").status, 400);
  EXPECT_EQ(asked("/api/v1/events?last=1001").status, 400);
}

TEST_F(ListTest, EventsGoOnAfterTheLastOne) {
  std::vector<std::int64_t> seen;
  std::string after = "0";
  for (;;) {
    const auto page = json::parse(asked("/api/v1/events?limit=4&after=" + after).body);
    const auto& items = page.at("items").as_array();
    if (items.empty()) break;
    for (const auto& item : items) seen.push_back(item.at("seq").to_number<std::int64_t>());
    after = page.at("next").as_string();
  }
  EXPECT_EQ(seen, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}));
}

TEST_F(ListTest, RevisionsGoOnAfterTheLastOne) {
  const auto page = [&](const std::string& query) {
    return json::parse(asked("/api/v1/articles/" + id_of(3) + "/revisions" + query).body);
  };
  EXPECT_EQ(page("").at("items").as_array().size(), 2U);
  EXPECT_TRUE(page("").at("next").is_null());
  EXPECT_EQ(page("?limit=1").at("items").at(0).at("number"), 1);
  EXPECT_EQ(page("?limit=1").at("next").as_string(), "1");
  EXPECT_EQ(page("?limit=1&after=1").at("items").at(0).at("number"), 2);
  EXPECT_TRUE(page("?limit=1&after=1").at("next").is_null());
}

TEST_F(ListTest, WhatIsNoOrderAndNoCursorIsRefused) {
  for (const auto* query : {"by=headline", "by=SEEN", "after=_", "after=1_", "after=_1",
                            "after=1_x", "after=1_1_1", "limit=x", "limit=-1", "until=never"})
    EXPECT_EQ(asked("/api/v1/articles?" + std::string(query)).status, 400) << query;
}

}  // namespace
}  // namespace tinwatch::api
