#pragma once

#include "core/record.hpp"
#include "decide_article.hpp"
#include "parsers/article.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Decisions about one article, asked and told in words. Of all tests this header alone names the
/// fields of what the store gives and takes: whoever changes their shape changes it here.
///
/// Addresses are paths at http://a.test; times are counted from `now`.
namespace tinwatch::crawl {

inline const Instant now = Instant{} + std::chrono::hours{10'000};

inline std::string at(const std::string& path) {
  return path.empty() ? "" : "http://a.test" + path;
}

/// The number of a known article's last event.
constexpr std::int64_t last_event = 5;

/// An article's text, long enough to collapse.
inline ArticleRecord article(const std::string& headline = "A bridge opens") {
  ArticleRecord record;
  record.headline = headline;
  record.author = {"Lan"};
  std::string text;
  for (int i = 0; i < 60; ++i) text += "word" + std::to_string(i) + ' ';
  record.body.push_back({BlockType::paragraph, text});
  return record;
}

/// An article as the store knows it.
struct Known {
  std::string canonical = "/1";
  ArticleStatus status = ArticleStatus::live;
  int checks = 0;                     ///< failing ones in a row
  Duration absent{};                  ///< since so long; only with failing checks
  std::optional<Duration> back = {};  ///< it shows again for so long
  bool shown = true;                  ///< at its canonical address, once
  std::string elsewhere;              ///< another address that showed it; empty: none
  bool moved = false;                 ///< `elsewhere` showed it after the canonical address did
  HeldState held;
  int revisions = 1;
  Duration unchanged = std::chrono::hours{100};              ///< for so long
  bool outdated = false;                                     ///< read by an earlier extractor
  std::optional<Duration> kept_for = std::chrono::hours{1};  ///< its page; empty: none is kept
};

/// A visit that an address answered with an article.
struct Look {
  std::string asked = "/1";
  std::string shown;  ///< where redirects led; empty: where it was asked
  bool redirected = false;
  Discovery discovery = Discovery::live;
  std::string canonical;                ///< that the page declares; empty: where it is shown
  std::string canonical_before = "/1";  ///< that the state before declared
  std::string identifier;               ///< the site's own
  std::string text = "A bridge opens";  ///< the headline now
  std::optional<std::string> text_before = "A bridge opens";  ///< empty: not to be compared with
  std::optional<Duration> published;  ///< so long before it was found; empty: no date
  int earlier_revision = 0;           ///< that had this text too
  int copies = 0;                     ///< that other sources have of it
  monitor::OtherPages other_pages = monitor::OtherPages::unknown;
  bool anonymous = false;  ///< the author is gone
  bool cut = false;        ///< all of the text is gone but the headline
  bool dated_later = false;
};

/// A source `bao`, whose articles are those at /ID, and receivers of all its events.
class DecideTest : public testing::Test {
 protected:
  DecideTest() {
    parsers::Profile profile{.name = "bao", .hash = "today"};
    profile.article = {R"(/(?P<id>\d+))"};
    SourcePlan source{.name = "bao"};
    source.site = parsers::Site::compile(profile, TimeZone::fixed({})).value();
    plan.sources.emplace("bao", source);
    plan.routes.push_back({"tinwatch.*", {"desk"}});
    plan.receivers["desk"].team = "news";
  }

  static storage::FrontierItem item(const std::string& path) {
    storage::FrontierItem out{.row = FrontierRow(7), .source_row = SourceRow(1), .source = "bao"};
    out.url = at(path);
    out.found_at = now;
    out.validators.etag = "old";
    return out;
  }

  storage::StoredArticle stored(const Known& known) const {
    storage::StoredArticle out{.row = ArticleRow(3), .id = "article-3"};
    out.standing.canonical_url = at(known.canonical);
    out.standing.absence = {.status = known.status, .checks = known.checks};
    if (known.checks > 0) out.standing.absence.since = now - known.absent;
    if (known.back) out.standing.absence.back_since = now - *known.back;
    out.standing.held = known.held;
    out.addresses.canonical_shown = known.shown;
    out.addresses.other = at(known.elsewhere);
    if (known.moved) out.addresses.newer = out.addresses.other;
    out.event_sequence = last_event;
    out.first_seen_at = now - std::chrono::hours{200};
    out.last_shown_at = now - std::chrono::hours{1};
    out.head.revision = known.revisions;
    out.head.changed_at = now - known.unchanged;
    out.head.record = boost::json::serialize(to_json(article()));
    out.head.extractor = known.outdated ? "tinwatch/0" : parsers::extractor_version;
    out.head.profile_hash = plan.sources.at("bao").site->profile().hash;
    if (known.kept_for) out.captured_at = now - *known.kept_for;
    return out;
  }

  static Sighting sighting(const Look& look) {
    Sighting out{.item = item(look.asked)};
    out.item.discovery = look.discovery;
    out.address = at(look.shown.empty() ? look.asked : look.shown);
    out.redirected = look.redirected;
    auto record = article(look.text);
    record.identifier = look.identifier;
    record.canonical_url = look.canonical.empty() ? out.address : at(look.canonical);
    if (look.published) record.date_published = PrintedDate{.time = {.at = now - *look.published}};
    if (look.anonymous) record.author.clear();
    if (look.cut) record.body.clear();
    out.article = ReadArticle(std::move(record));
    out.dated_later = look.dated_later;
    out.validators.etag = "new";
    return out;
  }

  Background background(const std::optional<Known>& known, const Look& look) const {
    Background out{.now = now};
    if (known) out.stored = stored(*known);
    if (look.text_before) {
      auto before = article(*look.text_before);
      before.canonical_url = at(look.canonical_before);
      out.before = ReadArticle(std::move(before));
    }
    out.earlier_revision = look.earlier_revision;
    if (look.copies > 0) out.copies.resize(static_cast<std::size_t>(look.copies) + 1);
    out.other_pages = look.other_pages;
    return out;
  }

  Decision decided(const std::optional<Known>& known, const Look& look) const {
    WorkBudget budget;
    return decide_sighting(plan, sighting(look), background(known, look), budget);
  }

  Decision decide(const std::optional<Known>& known, const Look& look) const {
    return in_full(decided(known, look), known);
  }

  Decision absent(const Known& known, const std::string& asked, bool gone = false) const {
    return absent(known, asked, NotThere{.gone = gone, .why = "HTTP status"});
  }
  Decision absent(const Known& known, const std::string& asked, NotThere absence) const {
    auto asks = item(asked);
    asks.failures = known.checks;
    return in_full(decide_absence(plan, asks, now, std::move(absence), stored(known)), known);
  }

  Decision unchanged(const Known& known, PollResult how, int shortcuts = 0) const {
    auto asks = item(known.canonical);
    asks.shortcuts = shortcuts;
    return in_full(decide_unchanged(plan, asks, {}, now, how, stored(known)), known);
  }

  /// Whether the article's row is written at all.
  bool writes_article(const std::optional<Known>& known, const Look& look) const {
    return decided(known, look).commit.standing.has_value();
  }
  bool writes_article(const Known& known, PollResult how) const {
    const auto decision =
        decide_unchanged(plan, item(known.canonical), {}, now, how, stored(known));
    return decision.commit.standing.has_value();
  }

  /// What is not written stands as it did.
  Decision in_full(Decision decision, const std::optional<Known>& known) const {
    if (!decision.commit.standing) decision.commit.standing = stored(*known).standing;
    return decision;
  }

  Plan plan;
};

inline std::string path_of(const std::string& url) {
  const std::string origin = at("/").substr(0, at("/").size() - 1);
  return url.starts_with(origin) ? url.substr(origin.size()) : url;
}

inline std::string event_of(const storage::NewEvent& event) {
  std::string out(label(event.type).substr(std::string("tinwatch.").size()));
  if (event.hit) out += ' ' + std::string(label(event.hit->transition));
  for (const auto& delivery : event.deliveries) out += '>' + delivery.receiver;
  return out;
}

/// The presence that is written: `live /1`, `missing /1 after 2`, `baseline`.
inline std::string presence_of(const storage::ArticleCommit& commit) {
  const auto& standing = *commit.standing;
  const auto& canonical_url = standing.canonical_url;
  const auto& absence = standing.absence;
  std::string out(label(absence.status));
  out += ' ' + path_of(canonical_url);
  if (absence.checks > 0) out += " after " + std::to_string(absence.checks);
  if (commit.discovery != Discovery::live) out += ' ' + std::string(label(commit.discovery));
  return out;
}

/// All that is written, in words: `revised: live /1, shown /1, record, revision,
/// article.revised>desk`. What is said of the frontier: `retired`, `failed`; `look /2`: that
/// address is visited at once.
inline std::string told(const Decision& decision) {
  const auto& commit = decision.commit;
  auto out = std::string(decision.poll_result ? label(*decision.poll_result)
                                              : label(commit.frontier.outcome)) +
             ": " + presence_of(commit);
  const auto add = [&](const std::string& what) { out += ", " + what; };
  if (!commit.url.empty()) add("shown " + path_of(commit.url));
  if (commit.state) add("record");
  if (commit.revision) add("revision");
  for (const auto& event : commit.events) add(event_of(event));
  const auto& held = commit.standing->held;
  if (held.looks > 0) add("held " + std::to_string(held.looks));
  if (held.dropped > 0) add("dropped " + std::to_string(held.dropped));
  const auto* retired = std::get_if<storage::Retired>(&commit.frontier.end);
  const bool failed = std::holds_alternative<storage::Failed>(commit.frontier.end);
  if (failed || (retired && !retired->was_seen)) add("failed");
  if (retired) add("retired");
  for (const auto& found : commit.check_now) add("look " + path_of(found.url));
  return out;
}

/// Each watch that hits, and what: `rescue watch.hit appeared>desk`.
inline std::vector<std::string> hits_of(const Decision& decision) {
  std::vector<std::string> out;
  for (const auto& event : decision.commit.events)
    if (event.hit) out.push_back(event.hit->watch + ' ' + event_of(event));
  return out;
}

/// Who is told: `desk of news`, in order.
inline std::vector<std::string> deliveries_of(const Decision& decision) {
  std::vector<std::string> out;
  for (const auto& event : decision.commit.events)
    for (const auto& delivery : event.deliveries)
      out.push_back(delivery.receiver + " of " + delivery.team);
  return out;
}

/// How long until the address is visited again.
inline Duration wait_of(const Decision& decision) {
  const auto& end = decision.commit.frontier.end;
  const auto* seen = std::get_if<storage::Seen>(&end);
  return (seen ? seen->next : std::get<storage::Failed>(end).next).at - now;
}
inline int shortcuts_of(const Decision& decision) {
  return std::get<storage::Seen>(decision.commit.frontier.end).shortcuts;
}
inline int failures_of(const Decision& decision) {
  return std::get<storage::Failed>(decision.commit.frontier.end).failures;
}
/// The validator that the next visit sends; none to an address that is retired.
inline std::string etag_of(const Decision& decision) {
  const auto* seen = std::get_if<storage::Seen>(&decision.commit.frontier.end);
  return seen ? seen->validators.value().etag : "";
}
/// The revision and the event that the visit must find as it did: else it is a conflict.
using Expected = std::pair<int, std::int64_t>;
inline Expected expected_of(const Decision& decision) {
  const auto* known = decision.commit.known();
  return known ? Expected{known->head_revision, known->event_sequence} : Expected{};
}

}  // namespace tinwatch::crawl
