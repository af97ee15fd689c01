#include "crawl/decide_fixture.hpp"

namespace tinwatch::crawl {
namespace {

using namespace std::chrono_literals;

/// What is known, what is seen, and what is written of it.
struct Row {
  const char* name;
  std::optional<Known> known;
  Look look;
  const char* told;
};

using DecideSighting = DecideTest;

TEST_F(DecideSighting, OfAnArticleThatIsNew) {
  const std::vector<Row> rows = {
      {"news", {}, {}, "new: live /1, shown /1, record, revision, article.published>desk"},
      {"of the baseline: nobody is told",
       {},
       {.discovery = Discovery::baseline},
       "new: live /1 baseline, shown /1, record, revision, article.published"},
      {"found two days after it came out",
       {},
       {.published = 48h},
       "new: live /1, shown /1, record, revision, article.published>desk"},
      {"found later than that: nobody is told",
       {},
       {.published = 48h + 1ms},
       "new: live /1 backfill, shown /1, record, revision, article.published"},
      {"old, of the baseline: it is still the baseline",
       {},
       {.discovery = Discovery::baseline, .published = 1000h},
       "new: live /1 baseline, shown /1, record, revision, article.published"},
      {"known by the address that it declares, which is looked at",
       {},
       {.asked = "/amp/1", .canonical = "/1", .identifier = ""},
       "new: live /1, shown /amp/1, record, revision, article.published>desk, retired, look /1"},
      {"its declared address is of the same identifier",
       {},
       {.asked = "/amp/1", .canonical = "/1", .identifier = "1"},
       "new: live /1, shown /amp/1, record, revision, article.published>desk, retired, look /1"},
      {"it declares another article's address: that is not followed",
       {},
       {.asked = "/1", .canonical = "/2", .identifier = "1"},
       "new: live /1, shown /1, record, revision, article.published>desk"},
      {"behind a redirect",
       {},
       {.asked = "/old/1", .shown = "/1"},
       "new: live /1, shown /1, record, revision, article.published>desk, retired, look /1"},
  };
  for (const auto& row : rows) EXPECT_EQ(told(decide(row.known, row.look)), row.told) << row.name;
}

TEST_F(DecideSighting, OfAKnownArticleAtItsAddress) {
  const std::vector<Row> rows = {
      {"as it was", Known{}, {}, "text_equal: live /1, shown /1"},
      {"edited",
       Known{},
       {.text = "It closes"},
       "revised: live /1, shown /1, record, revision, article.revised>desk"},
      {"edited, and other sources have its text",
       Known{},
       {.text = "It closes", .copies = 1},
       "revised: live /1, shown /1, record, revision, article.revised>desk, story.edited>desk"},
      {"as it was, read by another extractor",
       Known{.outdated = true},
       {},
       "text_equal: live /1, shown /1, record"},
      {"changed since bytes that are no longer kept: taken over silently",
       Known{.outdated = true},
       {.text = "It closes", .text_before = {}},
       "text_equal: live /1, shown /1, record"},
      {"not there once, and there again: a flicker",
       Known{.checks = 1, .absent = 1h},
       {},
       "text_equal: live /1, shown /1"},
      {"back from missing, seen once",
       Known{.status = ArticleStatus::missing, .checks = 2, .absent = 1h},
       {},
       "text_equal: missing /1 after 2, shown /1"},
      {"back from missing",
       Known{.status = ArticleStatus::missing, .checks = 2, .absent = 1h, .back = 5min},
       {},
       "text_equal: live /1, shown /1, article.returned>desk"},
      {"back from removed",
       Known{.status = ArticleStatus::removed, .checks = 5, .absent = 48h, .back = 5min},
       {},
       "text_equal: live /1, shown /1, article.returned>desk"},
      {"back, and edited",
       Known{.status = ArticleStatus::removed, .checks = 5, .absent = 48h, .back = 5min},
       {.text = "It closes"},
       "revised: live /1, shown /1, record, revision, article.returned>desk, article.revised>desk"},
      {"an address that it declares later is looked at",
       Known{},
       {.canonical = "/declared"},
       "text_equal: live /1, shown /1, record, look /declared"},
      {"and not again for the same word",
       Known{},
       {.canonical = "/declared", .canonical_before = "/declared"},
       "text_equal: live /1, shown /1"},
      {"what was found in the baseline is news once it is edited",
       Known{},
       {.discovery = Discovery::baseline, .text = "It closes"},
       "revised: live /1, shown /1, record, revision, article.revised>desk"},
  };
  for (const auto& row : rows) EXPECT_EQ(told(decide(row.known, row.look)), row.told) << row.name;
}

TEST_F(DecideSighting, OfAKnownArticleAtAnotherAddress) {
  const Known missing{.status = ArticleStatus::missing, .checks = 2, .absent = 1h};
  const Known declared{.shown = false};
  auto declared_and_missing = missing;
  declared_and_missing.shown = false;
  declared_and_missing.back = 5min;
  const std::vector<Row> rows = {
      {"an alias: the address it is known by is looked at",
       Known{},
       {.asked = "/2"},
       "text_equal: live /1, shown /2, retired, look /1"},
      {"edited there",
       Known{},
       {.asked = "/2", .text = "It closes"},
       "revised: live /1, shown /2, record, revision, article.revised>desk, retired, look /1"},
      {"both addresses declare it: it moved",
       Known{},
       {.asked = "/2", .canonical_before = "/2"},
       "text_equal: live /2, shown /2, article.moved>desk"},
      {"its address redirects there: it moved",
       Known{},
       {.shown = "/2", .redirected = true},
       "text_equal: live /2, shown /2, article.moved>desk, retired, look /2"},
      {"an alias redirects: the article stays",
       Known{},
       {.asked = "/2", .shown = "/3", .redirected = true},
       "text_equal: live /1, shown /3, retired, look /1"},
      {"its own address failed once: it moved",
       Known{.checks = 1, .absent = 5min},
       {.asked = "/2"},
       "text_equal: live /2, shown /2, article.moved>desk"},
      {"missing at its own: it moved, and is not told to be back",
       missing,
       {.asked = "/2"},
       "text_equal: live /2, shown /2, article.moved>desk"},
      {"a declared address that never showed it gives way",
       declared,
       {.asked = "/2"},
       "text_equal: live /2, shown /2"},
      {"the same of one that is missing: it is back",
       declared_and_missing,
       {.asked = "/2"},
       "text_equal: live /2, shown /2, article.returned>desk"},
  };
  for (const auto& row : rows) EXPECT_EQ(told(decide(row.known, row.look)), row.told) << row.name;
}

/// An earlier state that was held for so long, eleven looks until now.
Known nearly_believed(Duration held_for, Duration unchanged) {
  return {.held = {.editorial_hash = editorial_hash(article("It closes")),
                   .since = now - held_for,
                   .looks = 11},
          .revisions = 2,
          .unchanged = unchanged};
}

TEST_F(DecideSighting, OfAStateThatIsInDoubt) {
  const Look earlier{.text = "It closes", .earlier_revision = 1};
  auto dated_later = earlier;
  dated_later.dated_later = true;
  auto at_an_alias = earlier;
  at_an_alias.asked = "/2";
  auto once = Known{.held = {.editorial_hash = editorial_hash(article("It closes")),
                             .since = now - 5min,
                             .looks = 1}};
  const Known lost{.held = {.editorial_hash = "another", .since = now - 5min, .looks = 1}};
  const std::vector<Row> rows = {
      {"an earlier state is held", Known{.revisions = 2}, earlier, "text_equal: live /1, held 1"},
      {"and held at an alias, which is not asked again for it", Known{.revisions = 2}, at_an_alias,
       "text_equal: live /1, held 1, retired"},
      {"at the twelfth look it is believed", nearly_believed(2h, 100h), earlier,
       "revised: live /1, shown /1, record, revision, article.revised>desk, dropped 1"},
      {"at the second one, where the server dates it later", once, dated_later,
       "revised: live /1, shown /1, record, revision, article.revised>desk, dropped 1"},
      {"back within an hour of the change: whoever was told that is told this",
       nearly_believed(2h, 2h + 59min), earlier,
       "revised: live /1, shown /1, record, revision, article.revised>desk, dropped 1"},
      {"what was held went away",
       nearly_believed(2h, 100h),
       {},
       "text_equal: live /1, shown /1, dropped 1"},
      {"what was held went away for another edit",
       nearly_believed(2h, 100h),
       {.text = "It burns"},
       "revised: live /1, shown /1, record, revision, article.revised>desk"},
      {"half a page", Known{}, {.cut = true}, "text_equal: live /1, held 1"},
      {"a page without its author", Known{}, {.anonymous = true}, "text_equal: live /1, held 1"},
      {"at the second look, where other pages have one",
       lost,
       {.other_pages = monitor::OtherPages::have_it, .anonymous = true},
       "revised: live /1, shown /1, record, revision, article.revised>desk"},
      {"at the second look, where they have lost theirs too",
       lost,
       {.other_pages = monitor::OtherPages::lost_it, .anonymous = true},
       "text_equal: live /1, held 2"},
  };
  for (const auto& row : rows) EXPECT_EQ(told(decide(row.known, row.look)), row.told) << row.name;
  EXPECT_TRUE(decide(Known{}, {.cut = true}).is_held());
  EXPECT_FALSE(decide(Known{}, {}).is_held());
}

TEST_F(DecideSighting, HeldStatesAreLookedAtSoonAndByTheOldValidators) {
  const auto held = decide(Known{}, {.cut = true});
  EXPECT_EQ(wait_of(held), 5min);
  EXPECT_EQ(etag_of(held), "old") << "the next visit must not be told 'not modified' of it";
  EXPECT_EQ(etag_of(decide(Known{}, {.text = "It closes"})), "new");
  // A redesign puts every page of a site in doubt: the waits double, up to six hours.
  const auto wait = [&](int looks) {
    const Known known{.held = {.editorial_hash = "h", .since = now - 1min, .looks = looks}};
    return wait_of(decide(known, {.anonymous = true}));
  };
  EXPECT_EQ(wait(1), 10min);
  EXPECT_EQ(wait(2), 20min);
  EXPECT_EQ(wait(20), 6h);
}

TEST_F(DecideSighting, AVisitIsWrittenOnlyIfTheArticleIsStillAsItWasFound) {
  const Known twice{.revisions = 2};
  EXPECT_EQ(expected_of(decide(twice, {.text = "It closes"})), (Expected{2, last_event}));
  EXPECT_EQ(expected_of(decide(twice, {})), (Expected{2, last_event}));
  EXPECT_EQ(expected_of(decide(twice, {.cut = true})), (Expected{2, last_event})) << "held";
  EXPECT_EQ(expected_of(decide({}, {})), (Expected{0, 0}));
}

TEST_F(DecideSighting, AWatchHitsTheNewsAndWhatItAsksForBesides) {
  const auto query = std::make_shared<const watch::Query>(watch::Query::parse("bridge").value());
  plan.watch_set =
      watch::WatchSet::compile({{"news", query}, {"baseline", query}, {"backfill", query}});
  plan.watches.assign(3, {.receivers = {"desk"}});
  plan.watches[0].metrics = true;
  plan.watches[1].include_baseline = true;
  plan.watches[2].include_backfill = true;
  const auto hits = [&](const std::optional<Known>& known, const Look& look) {
    return hits_of(decide(known, look));
  };
  using Hits = std::vector<std::string>;
  const std::string appeared = " watch.hit appeared>desk";
  EXPECT_EQ(hits({}, {}), (Hits{"news" + appeared, "baseline" + appeared, "backfill" + appeared}));
  EXPECT_EQ(hits({}, {.discovery = Discovery::baseline}), Hits{"baseline" + appeared});
  EXPECT_EQ(hits({}, {.published = 1000h}), Hits{"backfill" + appeared});
  EXPECT_EQ(hits({}, {.text = "A road opens"}), Hits{});
  EXPECT_EQ(hits(Known{}, {.text = "A road opens"}).front(), "news watch.hit disappeared>desk");
  EXPECT_EQ(hits(Known{}, {.text = "A bridge closes"}).front(), "news watch.hit changed>desk");
  EXPECT_EQ(hits(Known{}, {}), Hits{}) << "nothing was edited";
  EXPECT_EQ(hits(Known{}, {.cut = true}), Hits{}) << "it is not believed yet";
  EXPECT_EQ(hits(nearly_believed(2h, 2h + 59min), {.text = "It closes", .earlier_revision = 1}),
            (Hits{"news watch.hit disappeared>desk", "baseline watch.hit disappeared>desk",
                  "backfill watch.hit disappeared>desk"}))
      << "it came back soon: whoever was told the other is told this";
  EXPECT_EQ(decide({}, {}).watch_hits, Hits{"news"}) << "it alone is counted";
}

TEST_F(DecideSighting, AWatchThatWasToldOfTheTakedownIsToldOfTheReturn) {
  const auto query = std::make_shared<const watch::Query>(watch::Query::parse("bridge").value());
  plan.watch_set = watch::WatchSet::compile({{"news", query}});
  plan.watches.assign(1, {.receivers = {"desk"}});
  using Hits = std::vector<std::string>;
  const Known gone{.status = ArticleStatus::removed,
                   .checks = 5,
                   .absent = 48h,
                   .back = std::chrono::minutes{5}};
  EXPECT_EQ(hits_of(decide(gone, {})), Hits{"news watch.hit appeared>desk"});
  EXPECT_EQ(hits_of(decide(gone, {.text = "A road opens"})), Hits{})
      << "and edited: it is not there";
  auto unbelieved = gone;
  unbelieved.back.reset();
  EXPECT_EQ(hits_of(decide(unbelieved, {})), Hits{});
  EXPECT_EQ(hits_of(decide(unbelieved, {.text = "A road opens"})), Hits{})
      << "it was told of the takedown already";
  const Known missing{.status = ArticleStatus::missing, .checks = 2, .absent = 1h};
  EXPECT_EQ(hits_of(decide(missing, {})), Hits{}) << "it was not told as gone";
}

TEST_F(DecideSighting, ReceiversAreThoseOfTheRoutesAndTheirTeams) {
  plan.routes = {{"tinwatch.article.revised", {"editors", "desk"}}, {"*", {"desk"}}};
  plan.receivers = {{"desk", {"news"}}, {"editors", {"politics"}}};
  const auto revised = decide(Known{}, {.text = "It closes"});
  EXPECT_EQ(deliveries_of(revised),
            (std::vector<std::string>{"editors of politics", "desk of news"}));
  EXPECT_EQ(deliveries_of(decide({}, {})), std::vector<std::string>{"desk of news"});
}

TEST_F(DecideSighting, WhoAsksForWhatMattersIsToldOfNothingLess) {
  plan.routes = {{"tinwatch.article.*", {"desk", "editors", "chief"}}};
  plan.receivers = {{"desk", {"default", Severity::low}},
                    {"editors", {"default", Severity::high}},
                    {"chief", {"default", Severity::critical}}};
  using Names = std::vector<std::string>;
  EXPECT_EQ(deliveries_of(decide({}, {})), Names{"desk of default"}) << "a new article is normal";
  EXPECT_EQ(deliveries_of(decide(Known{}, {.text = "It opened on 12 May, not on 3 May"})),
            (Names{"desk of default", "editors of default"}))
      << "a fact is high";
}

/// What a new article's watches say: `NAME RECEIVER...`, and how many hits are counted.
std::pair<std::vector<std::string>, std::vector<std::string>> hits(Discovery discovery) {
  const auto watch = [](const std::string& name, const std::string& query) {
    return watch::Watch{name,
                        std::make_shared<const watch::Query>(watch::Query::parse(query).value())};
  };
  Plan plan;
  for (const auto* name : {"nobody", "desk", "night", "archive"}) plan.receivers[name] = {};
  plan.sources.emplace(
      "bao", SourcePlan{.name = "bao", .site = parsers::Site::generic(TimeZone::fixed(7h))});
  plan.watch_set = watch::WatchSet::compile(
      {watch("dry", "hạn"), watch("flood", "lũ"), watch("old", "lũ"), watch("far", "nước")});
  plan.watches = {
      {.receivers = {"nobody"}},
      {.receivers = {"desk", "night"}, .metrics = true},
      {.receivers = {"archive"}, .include_baseline = true},
      {.team = "far-team", .receivers = {"archive"}, .include_backfill = true, .is_own = true}};
  Sighting sighting{.address = "http://a.test/1"};
  sighting.item.source = "bao";
  sighting.item.discovery = discovery;
  sighting.article = ReadArticle({.headline = "Nước lũ"});
  WorkBudget budget;
  const auto decision = decide_sighting(plan, sighting, {.now = Instant{} + 1000h}, budget);
  std::vector<std::string> lines;
  for (const auto& event : decision.commit.events) {
    if (!event.hit) continue;
    auto line = event.hit->watch;
    for (const auto& delivery : event.deliveries) line += ' ' + delivery.receiver;
    EXPECT_EQ(event.hit->team, event.hit->watch == "far" ? "far-team" : "");
    EXPECT_EQ(event.hit->is_own, event.hit->watch == "far");
    lines.push_back(line);
  }
  return {lines, decision.watch_hits};
}

TEST(Hits, GoToTheReceiversOfTheirWatch) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(hits(Discovery::live).first, (Lines{"flood desk night", "old archive", "far archive"}));
  EXPECT_EQ(hits(Discovery::live).second, Lines{"flood"});
  EXPECT_EQ(hits(Discovery::baseline).first, Lines{"old archive"});
  EXPECT_EQ(hits(Discovery::backfill).first, Lines{"far archive"});
  EXPECT_EQ(hits(Discovery::baseline).second, Lines{});
}

}  // namespace
}  // namespace tinwatch::crawl
