#pragma once

#include "api/parameters.hpp"
#include "api/routes.hpp"

#include <array>

/// What the rows of routes_api.cpp take.
namespace tinwatch::api {

using Kind = Parameter::Kind;

inline constexpr Parameter article_in_path{
    .name = "article",
    .about = "An id, a unique prefix of one (4 characters or more), or the article's address.",
    .is_required = true};
inline constexpr Parameter revision_in_path{.name = "number",
                                            .about = "The number of a revision, from 1.",
                                            .kind = Kind::number,
                                            .least = 1,
                                            .most = most_revisions,
                                            .is_required = true};
inline constexpr Parameter limit{.name = "limit",
                                 .about =
                                     "How many items at most; 100 when it is absent. A list "
                                     "ends earlier once it has a mebibyte.",
                                 .kind = Kind::number,
                                 .least = 1,
                                 .most = most_items};
inline constexpr Parameter since{
    .name = "since", .about = "Not before this time.", .kind = Kind::time};
inline constexpr Parameter until{.name = "until", .about = "Before this time.", .kind = Kind::time};
inline constexpr Parameter after{.name = "after",
                                 .about = "Where the list goes on: `next` of the page before.",
                                 .kind = Kind::number};
inline constexpr Parameter of_source{.name = "source",
                                     .about = "Of this source alone; 404 when there is none."};

inline constexpr std::array<std::string_view, 3> orders{"seen", "published", "changed"};
inline constexpr std::array article_list{
    of_source,
    since,
    until,
    Parameter{.name = "by",
              .about = "The time that `since`, `until` and the order go by; `seen` when absent.",
              .kind = Kind::word,
              .words = orders},
    Parameter{.name = "after", .about = "Where the list goes on: `next` of the page before."},
    limit};
inline constexpr std::array of_article{article_in_path};
inline constexpr std::array of_revision{article_in_path, revision_in_path};
inline constexpr std::array revision_list{
    article_in_path,
    Parameter{.name = "after",
              .about = "Where the list goes on: `next` of the page before.",
              .kind = Kind::number,
              .most = most_revisions},
    limit};
inline constexpr std::array of_diff{
    article_in_path,
    Parameter{.name = "from",
              .about = "The earlier revision; the one before `to` when absent.",
              .kind = Kind::number,
              .least = 1,
              .most = most_revisions},
    Parameter{.name = "to",
              .about = "The later revision; the newest when absent.",
              .kind = Kind::number,
              .least = 1,
              .most = most_revisions}};

inline constexpr std::array<std::string_view, 16> event_types{
    "tinwatch.article.published",  "tinwatch.article.revised",   "tinwatch.article.missing",
    "tinwatch.article.removed",    "tinwatch.article.returned",  "tinwatch.article.moved",
    "tinwatch.story.edited",       "tinwatch.watch.hit",         "tinwatch.source.silent",
    "tinwatch.source.unreachable", "tinwatch.source.drifted",    "tinwatch.source.recovered",
    "tinwatch.receiver.failing",   "tinwatch.receiver.disabled", "tinwatch.receiver.recovered",
    "tinwatch.store.full"};
inline constexpr std::array event_list{
    Parameter{.name = "source", .about = "Of this source alone."},
    Parameter{
        .name = "type", .about = "Of this type alone.", .kind = Kind::word, .words = event_types},
    Parameter{.name = "after",
              .about = "Events behind the one with this `seq`: `next` of the page before.",
              .kind = Kind::number},
    since,
    Parameter{.name = "last",
              .about = "The newest so many, in their order; without `after` and `since`. With a "
                       "filter, those among the newest 2,000.",
              .kind = Kind::number,
              .most = most_items},
    limit};
inline constexpr std::array of_event_type{
    Parameter{.name = "event_type", .about = "The `type` of an event.", .is_required = true}};
inline constexpr std::array history_list{after, since, until, limit};

inline constexpr std::array<std::string_view, 4> modes{"exact", "tone", "fold", "auto"};
inline constexpr std::array<std::string_view, 9> change_classes{
    "typo", "wording", "correction", "headline", "fact", "addition", "cut", "image", "metadata"};
inline constexpr std::array<std::string_view, 2> search_orders{"newest", "relevance"};
inline constexpr std::array<std::string_view, 4> flag_words{"true", "false", "1", "0"};
inline constexpr std::array of_search{
    Parameter{.name = "q",
              .about = "What is looked for, in the language of watches.",
              .is_required = true},
    Parameter{.name = "mode",
              .about = "How letters are compared; `auto` when absent.",
              .kind = Kind::word,
              .words = modes},
    of_source,
    Parameter{.name = "class",
              .about = "Revisions that are an edit of this class.",
              .kind = Kind::word,
              .words = change_classes},
    since,
    until,
    Parameter{.name = "gone",
              .about = "`true`: only what stands in no newest version.",
              .kind = Kind::word,
              .words = flag_words},
    Parameter{.name = "sort",
              .about = "`newest` when absent.",
              .kind = Kind::word,
              .words = search_orders},
    after,
    Parameter{.name = "limit",
              .about = "How many articles at most; 20 when it is absent.",
              .kind = Kind::number,
              .least = 1,
              .most = most_items}};

inline constexpr std::array<std::string_view, 8> delivery_states{
    "pending", "written", "snoozed", "delivered", "dead", "settled", "superseded", "dropped"};
inline constexpr std::array delivery_list{
    Parameter{.name = "state",
              .about = "Those in this state.",
              .kind = Kind::word,
              .words = delivery_states},
    Parameter{.name = "receiver", .about = "Those of this receiver."}, after, limit};
inline constexpr std::array of_delivery{
    Parameter{.name = "delivery", .about = "Id of a delivery or a message.", .is_required = true}};
inline constexpr std::array<std::string_view, 4> verdicts{"new", "relevant", "irrelevant", "done"};
inline constexpr std::array hit_list{
    Parameter{.name = "message",
              .about = "Id of a message: the deliveries that it tells of, in the order of the "
                       "events; without `verdict` and `watch`."},
    Parameter{.name = "verdict",
              .about = "Hits that people judged so; `new`: nobody did.",
              .kind = Kind::word,
              .words = verdicts},
    Parameter{.name = "watch", .about = "Hits of this watch."}, after, limit};
inline constexpr Parameter watch_in_path{
    .name = "watch", .about = "The name of a watch.", .is_required = true};
inline constexpr std::array of_watch{watch_in_path};
inline constexpr std::array<std::string_view, 2> wishes{"relevant", "irrelevant"};
inline constexpr std::array of_cases{watch_in_path,
                                     Parameter{.name = "verdict",
                                               .about = "Hits that people judged so.",
                                               .kind = Kind::word,
                                               .words = wishes,
                                               .is_required = true},
                                     after, limit};
inline constexpr std::array watch_list{
    Parameter{.name = "after", .about = "Where the list goes on: `next` of the page before."},
    limit};

inline constexpr std::array of_address{Parameter{
    .name = "url", .about = "An http(s) address.", .kind = Kind::address, .is_required = true}};
inline constexpr std::array of_verify{
    Parameter{.name = "article",
              .about = "The chain of this article's source alone: an id, a unique prefix of one, "
                       "or an address."}};
inline constexpr std::array<std::string_view, 2> yes_or_no{"0", "1"};
inline constexpr std::array of_recheck{
    Parameter{.name = "target",
              .about = "A source's name, an article's id, a prefix of one, or an address.",
              .is_required = true},
    Parameter{.name = "now",
              .about = "1: also lift a block of the host that Tinwatch imposed.",
              .kind = Kind::word,
              .words = yes_or_no}};
inline constexpr std::array<std::string_view, 4> outbox_actions{"retry", "hurry", "drop", "move"};
inline constexpr std::array of_outbox{
    Parameter{.name = "action",
              .about = "`retry` what is dead, `hurry` what waits, `drop` it, or `move` it.",
              .kind = Kind::word,
              .words = outbox_actions,
              .is_required = true},
    Parameter{.name = "id", .about = "Of a delivery or a message."},
    Parameter{.name = "receiver", .about = "All of this receiver."},
    Parameter{.name = "to", .about = "With `move`: the receiver that gets them."}};
inline constexpr std::array of_receiver_test{
    Parameter{.name = "receiver", .about = "A receiver of the configuration.", .is_required = true},
    Parameter{.name = "event", .about = "Id of an event; the newest when absent."}};
inline constexpr std::array of_backup{
    Parameter{.name = "file", .about = "Where it is.", .is_required = true},
    Parameter{.name = "bytes", .about = "Its size.", .kind = Kind::number},
    Parameter{.name = "elapsed_ms", .about = "How long it took.", .kind = Kind::number}};
inline constexpr std::array newest_first{after, limit};
inline constexpr std::array of_new_token{
    Parameter{.name = "scope",
              .about = "One or several of read, watch, metrics, feed, admin, with a comma between.",
              .is_required = true},
    Parameter{.name = "name", .about = "Whose it is or what for; stands in the audit list."},
    Parameter{.name = "expires", .about = "After so long, such as 90d; never when absent."}};
inline constexpr std::array of_token{
    Parameter{.name = "token", .about = "Id of a token, never itself.", .is_required = true}};

}  // namespace tinwatch::api
