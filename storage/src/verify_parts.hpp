#pragma once

#include "sqlite.hpp"
#include "storage/verify.hpp"

#include <map>
#include <optional>
#include <string>

/// The checks behind Reader::verify. Each reads its table in pages, every page a moment of its own:
/// a long transaction would keep the writer from shortening the log. What is checked across pages
/// is never changed once written, and looked at up to where it ended at the start.
namespace tinwatch::storage {

/// Where a source's chain is.
struct ChainState {
  std::string name;
  std::string head;      ///< as the source's row says
  std::string previous;  ///< hash of the revision that was looked at last
  std::int64_t revisions = 0;
};

struct Verification {
  sqlite::Connection& db;
  VerifyReport& report;
  std::optional<std::int64_t> source;  ///< row of the only one that is looked at; empty: all
  std::map<std::int64_t, ChainState> chains;
  std::int64_t last_revision = 0;
  std::int64_t last_article = 0;
  std::int64_t last_event = 0;
  std::int64_t last_capture = 0;

  [[nodiscard]] bool covers(std::int64_t source_row) const {
    return !source || *source == source_row;
  }
  void fault(const std::string& where, const std::string& what) const;
};

// verify.cpp
/// Sources and their newest article, and where everything ends.
void verify_sources(Verification& job);
/// Numbers of events, and what they refer to.
void verify_events(Verification& job);

// verify_revisions.cpp
/// The chain of every source, and the raw pages of its revisions.
void verify_revisions(Verification& job);
/// The raw pages that no revision rests on: each is an article's last.
void verify_other_captures(Verification& job);
/// The pages behind the first of an article.
void verify_further_captures(Verification& job);

// verify_articles.cpp
/// Every article with its revisions and its events.
void verify_articles(Verification& job);

}  // namespace tinwatch::storage
