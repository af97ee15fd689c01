#include "storage/audit.hpp"
#include "storage/hits_fixture.hpp"
#include "storage/judged_hits.hpp"
#include "storage/own_watches.hpp"

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

class VerdictTest : public HitsTest {
 protected:
  std::string listed(const HitFilter& filter) {
    std::string out;
    for (const auto& one : hits(Reader(path), filter)) out += (out.empty() ? "" : " ") + one.id;
    return out;
  }
  std::vector<std::string> judge(const Triage& what) {
    return test::run(io, store.write(&triage, what));
  }
};

TEST_F(VerdictTest, HitsAreListedByWatchAndVerdictNewestFirst) {
  for (const auto* watch : {"a", "b", "a", "b", "a"}) hit(watch);
  EXPECT_TRUE(judge({.ids = {"hit1", "hit2"}, .verdict = Verdict::relevant}).empty());
  EXPECT_TRUE(judge({.ids = {"hit3"}, .verdict = Verdict::done}).empty());
  EXPECT_EQ(listed({}), "hit5 hit4 hit3 hit2 hit1");
  EXPECT_EQ(listed({.verdict = Verdict::fresh}), "hit5 hit4");
  EXPECT_EQ(listed({.verdict = Verdict::relevant}), "hit2 hit1");
  EXPECT_EQ(listed({.watch = "a"}), "hit5 hit3 hit1");
  EXPECT_EQ(listed({.verdict = Verdict::relevant, .watch = "a"}), "hit1");
  EXPECT_EQ(listed({.watch = "c"}), "");
}

TEST_F(VerdictTest, EachListGoesOnWhereItEnded) {
  for (int i = 0; i < 5; ++i) hit("a");
  const HitFilter filters[] = {
      {}, {.verdict = Verdict::fresh}, {.watch = "a"}, {.verdict = Verdict::fresh, .watch = "a"}};
  for (auto filter : filters) {
    filter.limit = 2;
    EXPECT_EQ(listed(filter), "hit5 hit4");
    filter.before = hits(Reader(path), filter).back().row;
    EXPECT_EQ(listed(filter), "hit3 hit2");
  }
}

TEST_F(VerdictTest, AHitSaysWhatItIsAndWhatWasMadeOfIt) {
  hit("a", now + 1s);
  const auto before = hits(Reader(path), {}).front();
  EXPECT_EQ(before.event, "event1");
  EXPECT_EQ(before.watch + ' ' + before.team + ' ' + before.origin + ' ' + before.transition,
            "a default file appeared");
  EXPECT_EQ(before.at, now + 1s);
  EXPECT_EQ(before.source, "bao");
  EXPECT_EQ(before.revision, 1);
  EXPECT_EQ(before.verdict, Verdict::fresh);
  EXPECT_FALSE(before.judged_at);

  EXPECT_TRUE(judge({.ids = {"hit1"},
                     .verdict = Verdict::irrelevant,
                     .note = "bóng đá",
                     .assignee = "lan",
                     .who = "minh",
                     .at = now + 1h})
                  .empty());
  auto after = hits(Reader(path), {}).front();
  EXPECT_EQ(after.verdict, Verdict::irrelevant);
  EXPECT_EQ(after.note + '|' + after.assignee + '|' + after.judged_by, "bóng đá|lan|minh");
  EXPECT_EQ(after.judged_at, now + 1h);

  // What is not said stays.
  EXPECT_TRUE(judge({.ids = {"hit1"}, .verdict = Verdict::done}).empty());
  after = hits(Reader(path), {}).front();
  EXPECT_EQ(after.verdict, Verdict::done);
  EXPECT_EQ(after.note + '|' + after.assignee, "bóng đá|lan");
  EXPECT_TRUE(judge({.ids = {"hit1"}, .note = ""}).empty());
  after = hits(Reader(path), {}).front();
  EXPECT_EQ(after.verdict, Verdict::done);
  EXPECT_EQ(after.note, "");
}

TEST_F(VerdictTest, OneUnknownIdLeavesAllAsTheyWere) {
  hit("a");
  EXPECT_EQ(judge({.ids = {"hit1", "hit7", "hit8"}, .verdict = Verdict::done}),
            (std::vector<std::string>{"hit7", "hit8"}));
  EXPECT_EQ(listed({.verdict = Verdict::fresh}), "hit1");
  EXPECT_TRUE(audit(Reader(path), 0, 10).empty());
}

TEST_F(VerdictTest, EachVerdictStandsInTheAuditList) {
  hit("a");
  hit("a");
  const Triage what{.ids = {"hit1", "hit2"},
                    .verdict = Verdict::relevant,
                    .note = "n",
                    .assignee = {},
                    .who = "lan",
                    .at = now};
  EXPECT_TRUE(judge(what).empty());
  const auto rows = audit(Reader(path), 0, 10);
  ASSERT_EQ(rows.size(), 2U);
  for (const auto& row : rows)
    EXPECT_EQ(row.entry.who + ' ' + row.entry.action + ' ' + row.entry.detail,
              "lan hit.judged relevant; note: n");
  EXPECT_EQ(rows[0].entry.subject + rows[1].entry.subject, "hit2hit1");
}

TEST_F(VerdictTest, WhatChangesNothingIsNotWritten) {
  hit("a");
  hit("a");
  Triage what{.ids = {"hit1"},
              .verdict = Verdict::relevant,
              .note = "n",
              .assignee = "minh",
              .who = "lan",
              .at = now};
  EXPECT_TRUE(judge(what).empty());
  what.ids = {"hit1", "hit2", "hit2"};
  what.who = "minh";
  EXPECT_TRUE(judge(what).empty());
  const auto rows = audit(Reader(path), 0, 10);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].entry.subject + ' ' + rows[1].entry.subject, "hit2 hit1");
  EXPECT_EQ(hits(Reader(path), {})[1].judged_by, "lan") << "who said it first";
  // Each part alone is a change.
  EXPECT_TRUE(judge({.ids = {"hit1"}, .verdict = Verdict::done}).empty());
  EXPECT_TRUE(judge({.ids = {"hit1"}, .note = "m"}).empty());
  EXPECT_TRUE(judge({.ids = {"hit1"}, .assignee = ""}).empty());
  EXPECT_EQ(audit(Reader(path), 0, 10).size(), 5U);
}

TEST_F(VerdictTest, OpenHitsAreThoseThatNobodyJudged) {
  for (int i = 0; i < 3; ++i) hit("a");
  hit("b");
  EXPECT_TRUE(judge({.ids = {"hit1"}, .verdict = Verdict::done}).empty());
  EXPECT_EQ(hit_counts(Reader(path), "a", now, 1).open, 2);
  EXPECT_EQ(hit_counts(Reader(path), "b", now, 1).open, 1);
  EXPECT_EQ(hit_counts(Reader(path), "c", now, 1).open, 0);
}

TEST_F(VerdictTest, HitsAreCountedByDay) {
  for (const auto ago : {72h, 71h, 47h, 24h, 23h, 0h}) hit("a", now - ago);
  hit("a", now + 1h);
  EXPECT_EQ(hit_counts(Reader(path), "a", now, 3).days, (std::vector<std::int64_t>{1, 2, 3}))
      << "one of a clock that was ahead counts as of now";
}

TEST_F(VerdictTest, OpenHitsAreCountedByWatch) {
  for (const auto* watch : {"b", "a", "b", "c", "c"}) hit(watch);
  EXPECT_TRUE(judge({.ids = {"hit4", "hit5"}, .verdict = Verdict::irrelevant}).empty());
  const std::vector<std::pair<std::string, std::int64_t>> expected{{"b", 2}, {"a", 1}};
  EXPECT_EQ(open_hits(Reader(path)), expected);
}

TEST_F(VerdictTest, AHitSaysWhereItsWatchWasMade) {
  // The configuration has a watch of the same name, which hides this one.
  const WatchChange hidden{"hidden", "{}", "", now};
  EXPECT_TRUE(test::run(io, store.write(&add_watch, hidden)));
  hit("hidden");
  hit("own", now, true);
  const auto all = hits(Reader(path), {});
  EXPECT_EQ(all[0].origin, "api");
  EXPECT_EQ(all[1].origin, "file");
}

TEST_F(VerdictTest, WhatWasJudgedIsFoundWithItsRevision) {
  for (const auto* watch : {"a", "b", "a", "a"}) hit(watch);
  EXPECT_TRUE(judge({.ids = {"hit1", "hit2", "hit4"}, .verdict = Verdict::irrelevant}).empty());
  const Reader reader(path);
  const auto cases =
      judged_hits(reader, {.verdict = Verdict::irrelevant, .watch = "a", .limit = 10});
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_EQ(cases[0].id + ' ' + cases[1].id, "hit4 hit1");
  EXPECT_EQ(cases[0].transition, "appeared");
  EXPECT_EQ(cases[0].verdict, Verdict::irrelevant);
  const auto revision = past_revision(reader, cases[0].revision);
  ASSERT_TRUE(revision);
  EXPECT_EQ(revision->url, "http://a.test/4");
  EXPECT_EQ(revision->number, 1);
  EXPECT_TRUE(revision->previous.empty());
  const auto rest = judged_hits(
      reader, {.verdict = Verdict::irrelevant, .watch = "a", .before = cases[0].row, .limit = 1});
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].id, "hit1");
  EXPECT_TRUE(judged_hits(reader, {.verdict = Verdict::relevant, .watch = "a"}).empty());
  EXPECT_FALSE(past_revision(reader, 1'000'000));
}

TEST(Verdicts, HaveTheWordsOfTheDatabase) {
  for (const auto verdict : all_verdicts) EXPECT_EQ(verdict_from(label(verdict)), verdict);
  EXPECT_EQ(verdict_from("new"), Verdict::fresh);
  EXPECT_FALSE(verdict_from("fresh"));
  EXPECT_FALSE(verdict_from(""));
}

}  // namespace
}  // namespace tinwatch::storage
