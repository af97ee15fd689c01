#pragma once

#include "core/model.hpp"
#include "core/types.hpp"
#include "storage/event.hpp"
#include "storage/frontier.hpp"
#include "storage/learned.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Articles, and what visits change of them. Values; times are UTC; `id` is always a UUIDv7.
namespace tinwatch::storage {

/// A response worth keeping.
struct Capture {
  std::string url;
  std::string final_url;
  Instant fetched_at{};
  int status = 0;
  std::string request;  ///< its head as it was sent; empty: not known
  std::string headers;  ///< the answer's head as it was received
  std::string address;  ///< that answered, with the port; empty: not known
  std::string content_type;
  std::string body;
  std::string sha256;  ///< of the body
  std::string coding;  ///< the Content-Encoding of `sent`
  std::string sent;    ///< the body as it was sent, which is then kept; empty: the body is
  /// The pages behind it of an article that is set over several, in their order; they have none.
  std::vector<std::shared_ptr<const Capture>> further = {};
};
/// Parsed, compared and written by several threads: never copied.
using CapturePtr = std::shared_ptr<const Capture>;

/// How an article stands, beside its text.
struct Standing {
  std::string identifier;  ///< the site's own; empty: known by its address only
  std::string canonical_url;
  Absence absence;
  HeldState held;
  std::string alternates;     ///< values that come and go (monitor/alternates.hpp); empty: none
  bool is_paywalled = false;  ///< its page shows less than is known of it, for those who pay not
  friend bool operator==(const Standing&, const Standing&) = default;
};

/// An article as the next page is compared with it.
struct StoredArticle {
  ArticleRow row;
  std::string id;
  Discovery discovery = Discovery::live;
  Instant first_seen_at{};
  Instant last_shown_at{};  ///< the last check that showed it
  Standing standing;
  std::int64_t event_sequence = 0;  ///< of its last event
  bool has_copies = false;          ///< at other sources

  /// The state that the next page is compared with.
  struct Head {
    int revision = 0;
    std::string record;  ///< JSON; see Reader::glance_at_article
    std::string extractor;
    std::string profile_hash;
    Instant changed_at{};
    std::optional<Instant> published_at;  ///< as printed
  } head;

  /// Where it was shown, beside its canonical address.
  struct Addresses {
    bool canonical_shown = true;  ///< the canonical address itself showed an article once
    std::string other;            ///< that showed it last; empty: none
    std::string newer;            ///< the same, if it did so after the canonical one did
  } addresses;

  /// What spares a parse.
  struct Region {
    std::string text;  ///< of its page (monitor/page_region.hpp); empty: none
    int misses = 0;    ///< pages that it did not fit although the text was the same
  } region;
  std::optional<Instant> captured_at;  ///< when the page that is kept of it was fetched
  int further_pages = 0;               ///< behind its first, read or only named
};

/// What an article's text is compared with others by (monitor/near_duplicate.hpp).
struct NewSignature {
  std::string bytes;
  std::vector<std::int64_t> bands;
};

struct NewRevision {
  std::string id;
  std::string editorial_hash;
  std::string change;  ///< JSON
  std::optional<Instant> not_before;
  /// Of a known article that was edited; a new one has its own. Nothing: its text is too short.
  std::optional<NewSignature> signature = std::nullopt;
};

struct Reading {
  std::string name;
  std::string value;
};

/// An article that may have the same text.
struct CopyCandidate {
  ArticleRow article;
  std::string signature;
  bool is_own = false;  ///< of the same source
};

/// An article that was not known.
struct NewArticle {
  std::string id;
  std::optional<NewSignature> signature;
  std::optional<ArticleRow> copy_of;  ///< another source's article with that text
};

/// The article that a visit compared with, as it was then.
struct KnownArticle {
  ArticleRow row;
  std::string id;
  int head_revision = 0;
  std::int64_t event_sequence = 0;
  Instant last_shown_at{};
};

/// The state that the next page is compared with.
struct NewState {
  std::string record;  ///< JSON
  std::string extractor;
  std::string profile_hash;
  std::string headline;
  std::optional<Instant> published_at;  ///< as printed
};

/// All that one visit of an article changes. It is written whole or not at all.
struct ArticleCommit {
  FrontierUpdate frontier;
  SourceRow source;
  Instant at{};
  std::variant<NewArticle, KnownArticle> article;
  Discovery discovery = Discovery::live;
  std::string url;  ///< the address that showed the article; empty when none did
  /// Empty: a known article stands as it did, and nothing is told of it.
  std::optional<Standing> standing;
  std::optional<NewState> state;        ///< empty: the one before stays
  std::optional<NewRevision> revision;  ///< of `state`
  CapturePtr capture;                   ///< of a revision; else the last page kept
  /// The capture is evidence of its revision only: the page shows another state than the article's,
  /// and the next page is compared with the one kept before.
  bool is_aside = false;
  std::optional<StoredArticle::Region>
      region;  ///< learnt from the page; empty: the one before stays
  std::vector<Reading> readings;
  std::vector<NewEvent> events;
  std::vector<FoundUrl> check_now;  ///< other addresses of the article to look at at once
  NoiseNotes noise;                 ///< of a known article
  /// Addresses of all its pages behind the first; nothing: they are as they were.
  std::optional<std::vector<std::string>> further_pages;

  [[nodiscard]] const KnownArticle* known() const { return std::get_if<KnownArticle>(&article); }
  [[nodiscard]] const std::string& id() const {
    return std::visit([](const auto& one) -> const std::string& { return one.id; }, article);
  }
};

enum class CommitResult { committed, conflict };

}  // namespace tinwatch::storage
