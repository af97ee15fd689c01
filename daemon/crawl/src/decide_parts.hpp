#pragma once

#include "core/severity.hpp"
#include "decide_article.hpp"
#include "event_data.hpp"
#include "monitor/removal.hpp"

#include <string>

/// What the decisions about an article share.
namespace tinwatch::crawl {

/// Ten per cent earlier or later, told by the row and the time: spreads what was found together.
[[nodiscard]] Duration with_jitter(Duration wait, const storage::FrontierItem& item, Instant now);

/// What a known article tells of when it is edited.
[[nodiscard]] monitor::EditHistory history_of(const storage::StoredArticle& stored);

/// When an article's page that was seen is looked at again.
[[nodiscard]] storage::NextVisit next_look(const SourcePlan& source,
                                           const storage::FrontierItem& item, Instant now,
                                           monitor::EditHistory history, const Pace& pace);

/// The same, sooner while an article that was gone is back and not believed to be.
[[nodiscard]] storage::NextVisit sooner_while_back(storage::NextVisit next, const Absence& absence,
                                                   const SourcePlan& source, Instant now);

/// Adds who is told of an event: those of `receivers` to whom it matters enough.
void tell(const Plan& plan, storage::NewEvent& event, const std::vector<std::string>& receivers,
          Severity severity);

/// An event, and who asked for its type: nobody is told of a baseline or a backfill. `change`: the
/// class of the edit that it tells of.
[[nodiscard]] storage::NewEvent new_event(const Plan& plan, EventType type, Discovery discovery,
                                          std::string data, Instant now,
                                          std::optional<ChangeClass> change = {});

/// Adds such an event.
void add_event(const Plan& plan, storage::ArticleCommit& commit, EventType type,
               Discovery discovery, std::string data, std::optional<ChangeClass> change = {});

/// The article is back: what was told of its absence is taken back.
void add_returned(const Plan& plan, storage::ArticleCommit& commit, const EventArticle& article);

/// A commit that leaves a known article as it is; how the visit ended is still to be said.
[[nodiscard]] storage::ArticleCommit keep(const storage::FrontierItem& item, Instant now,
                                          const storage::StoredArticle& stored);

/// The state that the next page is compared with.
[[nodiscard]] storage::NewState state_of(const ReadArticle& article, const SourcePlan& source);

/// Why what the page shows is not believed at first sight. `restless`: what of it may move by
/// itself, where nothing else differs.
[[nodiscard]] monitor::Evidence evidence_of(const Sighting& sighting, const Background& known,
                                            const SourcePlan& source, bool paywall_turned,
                                            const std::optional<monitor::Restless>& restless);
/// What is remembered of a state in doubt that is believed now.
[[nodiscard]] HeldState believed(const HeldState& held, monitor::Doubt doubt, Instant now);
/// Leaves everything as it is and looks again soon, at the page as a whole.
[[nodiscard]] Decision hold(const SourcePlan& source, const Sighting& sighting,
                            const Background& known, const monitor::Evidence& evidence,
                            HeldState held, storage::NoiseNotes noise);
/// The page as what is known of its article explains it: a paywall hides what it hides, and what
/// comes and goes is as it was. Nothing: the page explains itself.
[[nodiscard]] std::optional<Sighting> mend_sighting(const Sighting& sighting,
                                                    const Background& known);
/// Whether a paywall was put up (true) or taken away; nothing: neither, as far as is known.
[[nodiscard]] std::optional<bool> paywall_turn(const Sighting& sighting, const Background& known);
/// Tells once that a state comes and goes, and remembers it; the article stays as it is known.
void tell_alternates(const Plan& plan, const Sighting& sighting, const Background& known,
                     Decision& decision);

/// Leaves out what the store holds already: most visits write nothing but their own end.
void leave_out_unchanged(storage::ArticleCommit& commit, const storage::StoredArticle& stored);

/// Another address of the article, to be looked at at once.
[[nodiscard]] storage::FoundUrl address_to_check(const std::string& url);

/// Puts the article at `article.url`, where it is live.
void move_to(const Plan& plan, storage::ArticleCommit& commit, const EventArticle& article,
             const std::string& from);

/// Whether the address that the article is known by declares another canonical one than before.
[[nodiscard]] bool declares_anew(const Sighting& sighting, const Background& known);

/// Where a known article stands now: back, moved, or shown at one more address.
void place(const Plan& plan, const Sighting& sighting, const Background& known, Decision& decision);

}  // namespace tinwatch::crawl
