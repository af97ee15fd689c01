#pragma once

#include "decide_article.hpp"
#include "event_data.hpp"
#include "monitor/removal.hpp"

#include <string>

/// What the decisions about an article share.
namespace tinwatch::pipeline {

/// What is remembered of the article's absence.
[[nodiscard]] monitor::Absence absence_of(const storage::StoredArticle& stored);

/// Ten per cent earlier or later, told by the row and the time: spreads what was found together.
[[nodiscard]] Duration with_jitter(Duration wait, const storage::FrontierItem& item, Instant now);

/// The frontier's part of a page that was seen.
[[nodiscard]] storage::FrontierUpdate seen(const SourcePlan& source,
                                           const storage::FrontierItem& item, Instant now,
                                           monitor::EditHistory history, const Pace& pace);

/// An event, and who asked for its type: nobody is told of a baseline or a backfill.
[[nodiscard]] storage::NewEvent new_event(const Plan& plan, const std::string& type,
                                          Discovery discovery, std::string data, Instant now);

/// Adds an event and tells those who asked for its type, unless it is of a baseline or a backfill.
void add_event(const Plan& plan, storage::ArticleCommit& commit, const std::string& type,
               Discovery discovery, std::string data);

/// A commit that leaves a known article as it is.
[[nodiscard]] storage::ArticleCommit keep(const storage::FrontierItem& item, Instant now,
                                          const storage::StoredArticle& stored);

/// It is there: no longer missing or removed.
void set_present(storage::ArticleCommit& commit);

/// Puts the article at `article.url`, where it is live.
void move_to(const Plan& plan, storage::ArticleCommit& commit, const EventArticle& article,
             const std::string& from);

}  // namespace tinwatch::pipeline
