#include "api/watch_cases.hpp"

#include "api/preview.hpp"
#include "storage/error.hpp"

namespace tinwatch::api {

using storage::Verdict;

bool still_hits(const storage::PastRevision& revision, std::string_view transition,
                const watch::WatchSet& watches) {
  if (!hits_of(revision, watches).found.empty()) return true;
  if (transition != label(Transition::disappeared)) return false;
  // The article went, not its words: they stand in the revision that was there.
  auto alone = revision;
  alone.previous.clear();
  return !hits_of(alone, watches).found.empty();
}

bool contradicts(Verdict verdict, bool hits) {
  if (verdict == Verdict::irrelevant) return hits;
  return verdict == Verdict::relevant && !hits;
}

CaseCount try_cases(const storage::Reader& reader, const std::string& watch,
                    const watch::WatchSet& watches, std::size_t most) {
  CaseCount out;
  for (const auto verdict : {Verdict::relevant, Verdict::irrelevant})
    for (const auto& hit :
         storage::judged_hits(reader, {.verdict = verdict, .watch = watch, .limit = most})) {
      try {
        const auto revision = storage::past_revision(reader, hit.revision);
        if (!revision) continue;
        ++out.tested;
        if (contradicts(verdict, still_hits(*revision, hit.transition, watches)))
          out.contradicted.push_back(hit.id);
      } catch (const storage::GivenUp&) {
        throw;
      } catch (const std::exception&) {
        ++out.damaged;
      }
    }
  return out;
}

}  // namespace tinwatch::api
