#include "api/preview.hpp"

#include "api/answer_fixture.hpp"

namespace tinwatch::api {
namespace {

using namespace std::chrono_literals;

class PreviewTest : public AnswerTest {
 protected:
  void publish_one(int number, const std::string& headline, Instant at = now,
                   Discovery discovery = Discovery::live) {
    auto record = record_of(1, 1);
    record["headline"] = headline;
    auto commit = article(number, record);
    commit.at = at;
    commit.discovery = discovery;
    EXPECT_EQ(test::run(io, store.commit(std::move(commit))), storage::CommitResult::committed);
  }
  static std::shared_ptr<const watch::Query> query(const std::string& text) {
    return std::make_shared<const watch::Query>(watch::Query::parse(text).value());
  }
  Preview looked(PreviewQuestion question) {
    question.now = now + 1h;
    return preview(storage::Reader(path), std::move(question));
  }
};

TEST_F(PreviewTest, SaysWhatAWatchWouldHaveHit) {
  publish_one(0, "Tuần tra biên giới");
  publish_one(1, "Bóng đá");
  publish_one(2, "Lại biên giới", now + 1min);
  const auto found = looked({.query = query("\"biên giới\"")});
  EXPECT_EQ(found.revisions, 3U);
  EXPECT_EQ(found.hits, 2U);
  EXPECT_TRUE(found.is_complete);
  EXPECT_FALSE(found.compares);
  EXPECT_EQ(found.since, now + 1h - 30 * 24h);
  ASSERT_EQ(found.shown.size(), 2U);
  EXPECT_EQ(found.shown[0].headline, "Lại biên giới") << "the newest first";
  EXPECT_EQ(found.shown[0].sentence, "Lại biên giới");
  EXPECT_EQ(found.shown[0].article, id_of(2));
  EXPECT_EQ(found.shown[0].at, now + 1min);
  EXPECT_EQ(found.shown[0].transition, Transition::appeared);
}

TEST_F(PreviewTest, AnEditIsLookedAtAsAnEdit) {
  publish_one(0, "Bóng đá");
  auto record = record_of(1, 1);
  record["headline"] = "Bóng đá ở biên giới";
  EXPECT_EQ(test::run(io, store.commit(edited(0, record))), storage::CommitResult::committed);
  const auto found = looked({.query = query("\"biên giới\"")});
  EXPECT_EQ(found.hits, 1U);
  ASSERT_EQ(found.shown.size(), 1U);
  EXPECT_EQ(found.shown[0].revision, 2);
  const auto gone = looked({.query = query("biên NOT đá")});
  EXPECT_EQ(gone.hits, 0U);
}

TEST_F(PreviewTest, ComparesWithTheWatchAsItIs) {
  publish_one(0, "Tuần tra biên giới");
  publish_one(1, "Bóng đá ở biên giới");
  publish_one(2, "Hải đảo");
  const auto found =
      looked({.query = query("hải OR (biên NOT bóng)"), .before = query("\"biên giới\"")});
  EXPECT_TRUE(found.compares);
  EXPECT_EQ(found.hits, 2U);
  EXPECT_EQ(found.added, 1U);
  EXPECT_EQ(found.lost, 1U);
  ASSERT_EQ(found.shown.size(), 3U);
  EXPECT_EQ(found.shown[0].kind, PreviewHit::Kind::added);
  EXPECT_EQ(found.shown[0].headline, "Hải đảo");
  EXPECT_EQ(found.shown[1].kind, PreviewHit::Kind::lost);
  EXPECT_EQ(found.shown[1].headline, "Bóng đá ở biên giới");
  EXPECT_EQ(found.shown[2].kind, PreviewHit::Kind::same);
  const auto body = preview_json(found);
  EXPECT_EQ(body.at("added").to_number<int>(), 1);
  EXPECT_EQ(body.at("lost").to_number<int>(), 1);
  EXPECT_EQ(body.at("items").at(0).at("kind").as_string(), "added");
}

TEST_F(PreviewTest, WhatWasThereBeforeCountsOnlyWhereItIsAskedFor) {
  publish_one(0, "Biên giới", now, Discovery::baseline);
  publish_one(1, "Biên giới", now, Discovery::backfill);
  publish_one(2, "Biên giới");
  EXPECT_EQ(looked({.query = query("biên")}).hits, 1U);
  EXPECT_EQ(looked({.query = query("biên"), .include_baseline = true}).hits, 2U);
  EXPECT_EQ(looked({.query = query("biên"), .include_backfill = true}).hits, 2U);
}

TEST_F(PreviewTest, EndsAtItsLimitsAndSaysSo) {
  for (int i = 0; i < 4; ++i) publish_one(i, "Biên giới", now + i * 1min);
  const auto some = looked({.query = query("biên"), .most_revisions = 2});
  EXPECT_FALSE(some.is_complete);
  EXPECT_EQ(some.revisions, 2U);
  EXPECT_EQ(some.hits, 2U);
  EXPECT_EQ(some.since, now + 2min) << "the newest were read";
  const auto none = looked({.query = query("biên"), .most_time = 0s});
  EXPECT_FALSE(none.is_complete);
  EXPECT_EQ(none.revisions, 0U);
  EXPECT_TRUE(looked({.query = query("biên"), .most_revisions = 4}).is_complete);
}

TEST_F(PreviewTest, LooksBackThirtyDays) {
  publish_one(0, "Biên giới", now - 31 * 24h);
  publish_one(1, "Biên giới", now - 29 * 24h);
  const auto found = looked({.query = query("biên")});
  EXPECT_EQ(found.revisions, 1U);
  EXPECT_EQ(found.hits, 1U);
}

TEST_F(PreviewTest, ADamagedRevisionIsCounted) {
  publish_one(0, "Biên giới");
  publish_one(1, "Biên giới");
  change("UPDATE revisions SET record = '{' WHERE row = 1");
  const auto found = looked({.query = query("biên")});
  EXPECT_EQ(found.damaged, 1U);
  EXPECT_EQ(found.hits, 1U);
  EXPECT_EQ(preview_json(found).at("damaged").to_number<int>(), 1);
}

TEST_F(PreviewTest, ShowsTheFirstTwenty) {
  for (int i = 0; i < 25; ++i) publish_one(i, "Biên giới");
  const auto found = looked({.query = query("biên")});
  EXPECT_EQ(found.hits, 25U);
  EXPECT_EQ(found.shown.size(), Preview::most_shown);
}

}  // namespace
}  // namespace tinwatch::api
