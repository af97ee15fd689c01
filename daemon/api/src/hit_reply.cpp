#include "api/parameters.hpp"
#include "core/event_json.hpp"
#include "core/time.hpp"
#include "desk_replies.hpp"
#include "list_reply.hpp"
#include "storage/hits.hpp"

#include <boost/json.hpp>

namespace tinwatch::api {
namespace {

namespace json = boost::json;

json::object hit_json(const storage::HitView& hit) {
  const auto subject = subject_of(hit.data);
  json::object out{{"id", hit.id},
                   {"event", hit.event},
                   {"time", to_rfc3339(hit.at)},
                   {"watch", hit.watch},
                   {"team", hit.team},
                   {"origin", hit.origin},
                   {"transition", hit.transition},
                   {"source", hit.source},
                   {"article", hit.article},
                   {"revision", hit.revision},
                   {"headline", subject.headline},
                   {"verdict", label(hit.verdict)}};
  if (!subject.sentence.empty()) out["sentence"] = subject.sentence;
  if (!hit.note.empty()) out["note"] = hit.note;
  if (!hit.assignee.empty()) out["assignee"] = hit.assignee;
  if (!hit.judged_by.empty()) out["judgedBy"] = hit.judged_by;
  if (hit.judged_at) out["judgedAt"] = to_rfc3339(*hit.judged_at);
  return out;
}

}  // namespace

Reply list_judged_hits(const Question& question) {
  const auto& request = question.request;
  const storage::HitFilter filter{.verdict = storage::verdict_from(request.parameter("verdict")),
                                  .watch = request.parameter("watch"),
                                  .before = integer(request, "after", 0),
                                  .limit = limit_of(request)};
  return list_by_row(
      storage::hits(question.reader, filter), filter.limit,
      [](const auto& hit) { return "hit " + hit.id; }, hit_json);
}

}  // namespace tinwatch::api
