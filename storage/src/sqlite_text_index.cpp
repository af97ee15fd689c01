#include "reader_impl.hpp"
#include "storage/text_index.hpp"
#include "transaction.hpp"

/// SQLite's FTS5 (sqlite.org/fts5.html), without a copy of the text.
namespace tinwatch::storage {
namespace {

constexpr std::array<const char*, indexed_fields> columns = {
    "headline", "alternative_headline", "description", "body", "captions",
    "author",   "article_section",      "keywords"};

/// A string of FTS5: nothing in it is an operator.
std::string quoted(const std::string& words) {
  std::string out = "\"";
  for (const char c : words) out.append(c == '"' ? 2 : 1, c);
  return out + '"';
}

std::string text_of(const IndexTerm& term) {
  std::string out;
  if (term.fields != 0xff) {
    out = "{";
    for (std::size_t field = 0; field < indexed_fields; ++field)
      if ((term.fields >> field & 1U) != 0) (out += columns[field]) += ' ';
    out += "} : ";
  }
  out += quoted(term.words);
  if (term.is_prefix) out += " *";
  return out;
}

/// As FTS5 writes it. A chain of one operator goes without parentheses: the depth is bounded there.
std::string text_of(const IndexQuery& query) {
  struct Operand {
    std::string text;
    IndexQuery::Op op;
  };
  std::vector<Operand> stack;
  for (const auto& step : query.steps) {
    if (step.op == IndexQuery::Op::term) {
      stack.push_back({text_of(step.term), step.op});
      continue;
    }
    const auto side = [&](Operand operand) {
      const bool is_bare = operand.op == IndexQuery::Op::term || operand.op == step.op;
      return is_bare ? std::move(operand.text) : '(' + operand.text + ')';
    };
    auto right = std::move(stack.back());
    stack.pop_back();
    auto left = std::move(stack.back());
    stack.pop_back();
    auto text = side(std::move(left));
    text += step.op == IndexQuery::Op::both ? " AND " : " OR ";
    text += side(std::move(right));
    stack.push_back({std::move(text), step.op});
  }
  return stack.back().text;
}

std::int64_t reached_in(sqlite::Connection& db) {
  return db.use("SELECT value FROM counters WHERE name = 'text_index'").number().value_or(0);
}

}  // namespace

std::vector<std::int64_t> TextIndex::newest(const IndexQuery& query, IndexRange range,
                                            std::size_t limit) const {
  auto& db = reader_->impl().db;
  const auto most = static_cast<std::int64_t>(limit);
  std::vector<std::int64_t> out;
  out.reserve(limit);
  const auto take = [&](sqlite::Statement& rows) {
    while (rows.step()) out.push_back(rows.integer(0));
    rows.reset();
  };
  if (query.steps.empty())
    take(db.use("SELECT row FROM revisions WHERE row > ?1 AND row < ?2 ORDER BY row DESC LIMIT ?3")
             .bind(range.after, range.before, most));
  else
    take(db.use(R"sql(
      SELECT rowid FROM text_index WHERE text_index MATCH ?1 AND rowid > ?2 AND rowid < ?3 ORDER BY rowid DESC LIMIT ?4
    )sql")
             .bind(text_of(query), range.after, range.before, most));
  return out;
}

std::int64_t TextIndex::reaches() const { return reached_in(reader_->impl().db); }

std::int64_t TextIndex::add(Transaction& transaction, const std::vector<IndexEntry>& entries) {
  auto& db = transaction.db;
  const auto before = reached_in(db);
  auto reached = before;
  for (const auto& entry : entries) {
    if (entry.revision <= reached) continue;
    const auto& words = entry.words;
    db.use(R"sql(
      INSERT INTO text_index (rowid, headline, alternative_headline, description, body, captions, author,
        article_section, keywords)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
    )sql")
        .bind(entry.revision, words[0], words[1], words[2], words[3], words[4], words[5], words[6],
              words[7])
        .run();
    reached = entry.revision;
  }
  if (reached != before)
    db.use("UPDATE counters SET value = ?1 WHERE name = 'text_index'").bind(reached).run();
  return reached;
}

}  // namespace tinwatch::storage
