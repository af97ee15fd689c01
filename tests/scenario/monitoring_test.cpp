#include "world.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tinwatch::test {
namespace {

using namespace std::chrono_literals;
using Events = std::vector<std::string>;

config::WatchSettings watch(const std::string& query) {
  config::WatchSettings out;
  out.name = "rescue";
  out.query = std::make_shared<const watch::Query>(watch::Query::parse(query).value());
  return out;
}

TEST(Monitoring, AThousandPollsOfUneditedPagesMakeNoRevision) {
  World world;
  // No 304 and no equal bytes: counter, related box and hidden e-mail differ on every request.
  world.newsroom().set_validators(false);
  world.shortcuts = {.region_equal = false};
  world.start(World::newsroom_profile(), {watch("\"cứu hộ đường thủy\"")});
  world.pass(150min);
  EXPECT_GE(world.metric("tinwatch_polls_total{result=\"text_equal\"}"), 1000);
  EXPECT_EQ(world.metric("tinwatch_polls_total{result=\"revised\"}"), 0);
  EXPECT_EQ(world.metric("tinwatch_polls_total{result=\"bytes_equal\"}"), 0);
  EXPECT_EQ(world.metric("tinwatch_polls_total{result=\"not_modified\"}"), 0);
  EXPECT_EQ(world.live_events(), Events{})
      << "the imprint and the related box hold the watched words";
}

TEST(Monitoring, ConditionalRequestsAreAnsweredWith304) {
  World world;
  world.start();
  world.pass(30min);
  EXPECT_GE(world.metric("tinwatch_polls_total{result=\"not_modified\"}"), 200);
  // Every tenth is read whole.
  EXPECT_NEAR(world.metric("tinwatch_polls_total{result=\"text_equal\"}"), 24, 8);
  EXPECT_EQ(world.metric("tinwatch_polls_total{result=\"region_equal\"}"), 0);
}

TEST(Monitoring, PagesThatChangeOnlyWhereTheyAlwaysDoAreNotRead) {
  World world;
  world.newsroom().set_validators(false);
  world.start();
  world.pass(150min);
  EXPECT_GE(world.metric("tinwatch_polls_total{result=\"region_equal\"}"), 900);
  EXPECT_EQ(world.metric("tinwatch_polls_total{result=\"revised\"}"), 0);
  for (int i = 0; i < 2; ++i) world.step();
  world.pass(70min);
  const auto before = world.last_event();
  for (int i = 0; i < 2; ++i) ASSERT_EQ(world.step().type, "revised");
  world.pass(3min);
  EXPECT_EQ(world.live_events(before).size(), 2U) << "what changes elsewhere is read at once";
}

TEST(Monitoring, AChangedProfileRaisesNoEventAndAnEditMeanwhileIsReportedOnce) {
  World world;
  world.recheck = 20min;
  world.start();
  world.pass(5min);
  world.step();  // two more pieces, live
  world.step();
  world.pass(2h);
  world.stop();
  const auto before = world.last_event();

  // Another profile drops a line that stands in many pieces, so that every record differs...
  auto profile = World::newsroom_profile();
  profile.hash = "profile-2";
  profile.drop_lines.emplace_back(
      ".*(chi phí|Ban quản lý|Cô giáo|Mục tiêu|Số liệu|Phần chênh lệch).*");
  const auto edit = world.step();  // ...and one piece is edited in the meantime
  ASSERT_EQ(edit.type, "revised");
  world.start(profile);
  world.pass(2h);
  EXPECT_EQ(world.live_events(before), (Events{"article.revised " + std::to_string(edit.id)}));
  // Only pages whose bytes came again were compared; those are counted, silently.
  EXPECT_GE(world.metric("tinwatch_reparsed_total"), 1);
}

TEST(Monitoring, AnotherExtractorRaisesNoEventAndAnEditMeanwhileIsReportedOnce) {
  World world;
  world.newsroom().set_validators(false);
  world.start();
  world.pass(5min);
  world.step();
  world.step();
  world.pass(2h);
  world.stop();
  const auto before = world.last_event();
  // As if an older program had written the records: another version, another text.
  world.tamper(
      "UPDATE articles SET extractor = 'tinwatch/0'; "
      "UPDATE revisions SET record = json_set(record, '$.headline', 'Một tiêu đề khác')");
  const auto edit = world.step();
  world.start();
  world.pass(10min);
  EXPECT_EQ(world.live_events(before), (Events{"article.revised " + std::to_string(edit.id)}));
  EXPECT_EQ(world.metric("tinwatch_reparsed_total"), 10) << "every stored article, once";
}

TEST(Monitoring, WithoutOldBytesTheStateIsTakenOverSilently) {
  World world;
  world.newsroom().set_validators(false);
  world.start();
  world.pass(5min);
  world.stop();
  const auto before = world.last_event();
  world.tamper("UPDATE articles SET extractor = 'tinwatch/0'; DELETE FROM captures");
  world.start();
  world.pass(5min);
  EXPECT_EQ(world.live_events(before), Events{});
}

TEST(Monitoring, ATakedownIsConfirmedOverADayAndAReturnIsSeen) {
  World world;
  world.recheck = 2h;
  world.start();
  world.pass(1h);
  for (int i = 0; i < 4; ++i) world.step();
  world.pass(3h);
  const auto before = world.last_event();
  const auto taken_down = world.step();
  ASSERT_EQ(taken_down.type, "removed");
  const auto id = std::to_string(taken_down.id);
  world.pass(3h);
  EXPECT_EQ(world.live_events(before), (Events{"article.missing " + id}));
  world.pass(20h);
  EXPECT_EQ(world.live_events(before).size(), 1U) << "not removed before a day has passed";
  world.pass(16h);
  EXPECT_EQ(world.live_events(before), (Events{"article.missing " + id, "article.removed " + id}));
  world.step();  // publishes
  world.step();  // brings it back
  world.pass(30h);
  EXPECT_EQ(world.live_events(before).back(), "article.returned " + id);
}

TEST(Monitoring, AMoveIsNoRemoval) {
  World world;
  world.recheck = 2h;
  world.start();
  world.pass(1h);
  for (int i = 0; i < 7; ++i) world.step();
  world.pass(48h);
  const auto before = world.last_event();
  const auto moved = world.step();
  ASSERT_EQ(moved.type, "moved");
  world.pass(48h);
  EXPECT_EQ(world.live_events(before), (Events{"article.moved " + std::to_string(moved.id)}));
}

TEST(Monitoring, HalfAPageIsNoEditUnlessItStays) {
  World world;
  world.newsroom().set_validators(false);
  world.start();
  world.pass(10min);
  world.newsroom().misbehave({"-0060001s", "hollow", "", 1});
  world.pass(30min);
  EXPECT_EQ(world.live_events(), Events{}) << "it came once";
  world.newsroom().misbehave({"-0060001s", "hollow", "", 1000});
  world.pass(11min);
  EXPECT_EQ(world.live_events(), Events{})
      << "not before it was seen four times, as it went before";
  world.pass(10min);
  EXPECT_EQ(world.live_events(), (Events{"article.revised 60001"}));
}

TEST(Monitoring, AnEditThatIsTakenBackAtOnceIsToldBothWays) {
  World world;
  world.has_desk = true;
  world.start();
  world.pass(10min);
  world.newsroom().edit(60001, 1);
  world.pass(2min);
  EXPECT_EQ(world.live_events(), (Events{"article.revised 60001"}));
  world.newsroom().revert(60001);
  world.pass(3min);
  EXPECT_EQ(world.live_events().size(), 1U) << "an old copy looks the same";
  world.pass(10min);  // this server dates its pages: two looks are enough
  EXPECT_EQ(world.live_events().size(), 2U);
  EXPECT_EQ(world.revisions("60001").size(), 3U);
  EXPECT_EQ(world.deliveries(), 2) << "whoever was told the edit would keep it for ever";
  world.pass(3h);
  world.newsroom().revert(60001);
  world.pass(30min);
  EXPECT_EQ(world.deliveries(), 3) << "much later it is an edit like any other";
}

TEST(Monitoring, WithoutDatesAnEarlierStateNeedsAnHour) {
  World world;
  world.newsroom().set_validators(false);
  world.start();
  world.pass(10min);
  world.newsroom().edit(60001, 1);
  world.pass(2min);
  world.newsroom().revert(60001);
  world.pass(50min);
  EXPECT_EQ(world.live_events().size(), 1U);
  world.pass(20min);
  EXPECT_EQ(world.live_events().size(), 2U);
}

TEST(Monitoring, APageThatSaysNothingIsThereIsATakedown) {
  World world;
  world.newsroom().set_validators(false);
  world.recheck = 10min;
  world.poll = {10min, 10min};  // "missing" waits until a list was read
  world.start();
  world.pass(15min);
  world.newsroom().misbehave({"-0060001s", "status", "200", 100000});  // an empty page, status 200
  world.pass(30min);
  EXPECT_EQ(world.live_events(), (Events{"article.missing 60001"}));
  world.pass(30h);
  EXPECT_EQ(world.live_events(), (Events{"article.missing 60001", "article.removed 60001"}));
}

}  // namespace
}  // namespace tinwatch::test
