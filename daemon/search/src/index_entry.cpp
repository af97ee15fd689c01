#include "search/index_entry.hpp"

#include "core/editorial_state.hpp"
#include "watch/article_text.hpp"
#include "watch/folded_words.hpp"

namespace tinwatch::search {

static_assert(storage::indexed_fields == watch::field_count);

storage::IndexEntry index_entry(const storage::RevisionRecord& revision) {
  storage::IndexEntry out{.revision = revision.row, .words = {}};
  try {
    const ReadArticle article(record_from_json(revision.record));
    const watch::ArticleText text(article.record, article.state);
    for (std::size_t field = 0; field < watch::field_count; ++field)
      out.words[field] = watch::folded_words(text.field(field));
  } catch (const std::exception&) {
    out.words = {};  // `tinwatch verify` names it
  }
  return out;
}

std::vector<storage::IndexEntry> next_entries(const storage::Reader& reader, std::size_t limit) {
  const auto after = storage::TextIndex(reader).reaches();
  std::vector<storage::IndexEntry> out;
  out.reserve(limit);
  for (const auto& revision : storage::records_behind(reader, after, limit))
    out.push_back(index_entry(revision));
  return out;
}

}  // namespace tinwatch::search
