#include "hits_page.hpp"

#include "api/damaged.hpp"
#include "api/parameters.hpp"
#include "choices.hpp"
#include "core/event_json.hpp"
#include "core/text.hpp"
#include "storage/hits.hpp"

#include <utility>

namespace tinwatch::pages {
namespace {

constexpr std::size_t most_rows = 50;
constexpr std::size_t most_choices = 200;  // of watches
constexpr auto every_verdict = "all";

View verdict_choices(const std::string& chosen, const Manner& manner) {
  View out(View::type::list);
  for (const auto verdict : storage::all_verdicts) {
    const std::string word(label(verdict));
    out << choice(word, manner.say("verdict_" + word), word == chosen);
  }
  out << choice(every_verdict, manner.say("all"), chosen == every_verdict);
  return out;
}

View watch_choices(const api::WatchList* watches, const std::string& chosen, const Manner& manner) {
  View out(View::type::list);
  out << choice("", manner.say("all"), chosen.empty());
  bool is_there = chosen.empty();
  std::size_t shown = 0;
  for (const auto& watch : watches ? watches->watches : std::vector<api::WatchInfo>{}) {
    if (++shown > most_choices) break;
    is_there = is_there || watch.name == chosen;
    out << choice(watch.name, line_of(watch.title), watch.name == chosen);
  }
  if (!is_there) out << choice(chosen, line_of(chosen), true);
  return out;
}

View hit_view(const storage::HitView& hit, const Manner& manner) {
  const auto subject = subject_of(hit.data);
  View out;
  out.set("field", "hit:" + hit.id);
  out.set("id", "hit-" + std::to_string(hit.row));
  out.set("time", time_view(hit.at, manner));
  if (subject.transition)
    out.set("what", std::string(word_of(*subject.transition, manner.language)));
  out.set("source", hit.source);
  out.set("path",
          "/articles/" + hit.article + "?revision=" + std::to_string(hit.revision) + "#text");
  out.set("headline", line_of(subject.headline));
  out.set("watch", line_of(subject.watch.empty() ? hit.watch : subject.watch));
  out.set("watch_path", "/watches/" + percent_encode(hit.watch));
  if (!subject.sentence.empty()) out.set("sentence", line_of(subject.sentence));
  out.set("verdict", manner.say("verdict_" + std::string(label(hit.verdict))));
  if (!hit.note.empty()) out.set("note", line_of(hit.note));
  if (!hit.assignee.empty()) out.set("assignee", line_of(hit.assignee));
  if (hit.judged_at) {
    View judged = time_view(*hit.judged_at, manner);
    if (!hit.judged_by.empty()) judged.set("who", line_of(hit.judged_by));
    out.set("judged", judged);
  }
  return out;
}

View verdict_buttons(const Manner& manner) {
  View out(View::type::list);
  for (const auto verdict : {storage::Verdict::relevant, storage::Verdict::irrelevant,
                             storage::Verdict::done, storage::Verdict::fresh}) {
    const std::string word(label(verdict));
    out << choice(word, manner.say("say_" + word), false);
  }
  return out;
}

std::string query_of(const HitsRoom& room) {
  return "?verdict=" + percent_encode(room.verdict) + "&watch=" + percent_encode(room.watch);
}

}  // namespace

HitsRoom hits_room(const api::Request& request) {
  HitsRoom out;
  if (const auto verdict = request.parameter("verdict"); !verdict.empty()) out.verdict = verdict;
  if (out.verdict != every_verdict && !storage::verdict_from(out.verdict))
    throw api::BadParameter{"verdict must be new, relevant, irrelevant, done or all, not '" +
                            out.verdict + "'"};
  out.watch = request.parameter("watch");
  out.before = api::integer(request, "before", 0);
  return out;
}

api::Reply hits_page(const storage::Reader& reader, const HitsRoom& room,
                     const api::WatchList* watches, const Manner& manner) {
  const auto hits = storage::hits(reader, {.verdict = storage::verdict_from(room.verdict),
                                           .watch = room.watch,
                                           .before = room.before,
                                           .limit = most_rows});
  std::vector<std::string> damaged;
  View rows(View::type::list);
  for (const auto& hit : hits)
    api::unless_damaged("hit " + hit.id, damaged, [&] { rows << hit_view(hit, manner); });
  View view;
  view.set("verdicts", verdict_choices(room.verdict, manner));
  view.set("watches", watch_choices(watches, room.watch, manner));
  view.set("buttons", verdict_buttons(manner));
  put_list(view, "hits", rows);
  if (hits.empty())
    view.set("none", manner.say(room.verdict == "new" ? "no_open_hits" : "no_such_hits"));
  view.set("of_verdict", room.verdict);
  view.set("of_watch", room.watch);
  if (hits.size() == most_rows)
    view.set("older", "/hits" + query_of(room) + "&before=" + std::to_string(hits.back().row));
  if (room.before > 0) view.set("newest", "/hits" + query_of(room));
  view.set("has_pages", hits.size() == most_rows || room.before > 0);
  auto reply = render("hits", view, manner.say("hits"), "/hits", manner);
  reply.damaged = std::move(damaged);
  return reply;
}

}  // namespace tinwatch::pages
