#include "compression.hpp"
#include "reader_impl.hpp"
#include "tables.hpp"

/// Articles that are set over several pages.
namespace tinwatch::storage {
namespace {

constexpr auto insert_further_capture = R"sql(
  INSERT INTO further_captures (capture, number, url, final_url, fetched_at, status, request, head, address, sha256,
    body, coding)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
)sql";

constexpr auto select_further_captures = R"sql(
  SELECT url, final_url, fetched_at, status, request, head, address, sha256, body, coding
  FROM further_captures WHERE capture = ?1 ORDER BY number
)sql";

// A page that stood behind another article's first goes with whom names it now.
constexpr auto upsert_article_page = R"sql(
  INSERT INTO article_pages (source, url, article) VALUES (?1, ?2, ?3)
  ON CONFLICT (source, url) DO UPDATE SET article = excluded.article
)sql";

}  // namespace

void write_further_captures(sqlite::Connection& db, const Capture& first, std::int64_t row) {
  int number = 1;
  for (const auto& kept : first.further) {
    const auto& page = *kept;
    const bool as_sent = !page.sent.empty();
    const auto packed = as_sent ? wrap(page.sent) : compress(page.body);
    db.use(insert_further_capture)
        .bind(row, ++number, page.url, page.final_url, page.fetched_at, page.status,
              sqlite::Blob{page.request}, sqlite::Blob{page.headers}, page.address, page.sha256,
              sqlite::Blob{packed}, as_sent ? page.coding : std::string())
        .run();
  }
}

std::vector<CapturePtr> read_further_captures(sqlite::Connection& db, std::int64_t row) {
  auto& query = db.use(select_further_captures).bind(row);
  std::vector<CapturePtr> out;
  while (query.step()) {
    Capture page{.url = query.text(0),
                 .final_url = query.text(1),
                 .fetched_at = query.instant(2),
                 .status = static_cast<int>(query.integer(3)),
                 .request = query.blob(4),
                 .headers = query.blob(5),
                 .address = query.text(6)};
    page.content_type = content_type_in(page.headers);
    page.sha256 = query.text(7);
    page.body = unpack_page(query.blob(8), query.text(9));
    out.push_back(std::make_shared<const Capture>(std::move(page)));
  }
  return out;
}

void write_article_pages(sqlite::Connection& db, SourceRow source, ArticleRow article,
                         const std::vector<std::string>& urls) {
  db.use("DELETE FROM article_pages WHERE article = ?1").bind(article).run();
  for (const auto& url : urls) db.use(upsert_article_page).bind(source, url, article).run();
}

std::string Reader::article_of_page(SourceRow source, const std::string& url) const {
  auto& query = impl_->db
                    .use(R"sql(
    SELECT a.canonical_url FROM article_pages g JOIN articles a ON a.row = g.article
    WHERE g.source = ?1 AND g.url = ?2
  )sql")
                    .bind(source, url);
  if (!query.step()) return {};
  auto out = query.text(0);
  query.reset();
  return out;
}

}  // namespace tinwatch::storage
