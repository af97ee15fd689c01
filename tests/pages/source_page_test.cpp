#include "source_page.hpp"

#include "api/answer_fixture.hpp"
#include "pages/answer.hpp"

namespace tinwatch::pages {
namespace {

using namespace std::chrono_literals;
using api::record_of;
using storage::now;

class SourcePageTest : public api::AnswerTest {
 protected:
  std::string page(const std::string& target, const std::string& language = "en") {
    const storage::Reader reader(path);
    auto request = api::parse_target("GET", target);
    request.accept = "text/html";
    request.accept_language = language;
    const auto reply = pages::answer(reader, request, {.now = now, .utc_offset = 7h});
    EXPECT_EQ(reply.status, 200) << target;
    EXPECT_LT(reply.body.size(), 100'000U);
    return reply.body;
  }
  void read_list(storage::VisitEnd end, VisitOutcome outcome, const std::string& detail) {
    storage::ListCommit list{.frontier = {.row = FrontierRow(1),
                                          .visited_at = now,
                                          .end = std::move(end),
                                          .outcome = outcome,
                                          .detail = detail},
                             .source = SourceRow(1),
                             .at = now};
    test::run(io, store.commit_list(std::move(list)));
  }
  static void expect_says(const std::string& page, const std::string& words) {
    EXPECT_NE(page.find(words), std::string::npos) << words;
  }
};

TEST_F(SourcePageTest, ShowsWhatASourceDoesAllDay) {
  publish(3, record_of(10, 10));
  EXPECT_EQ(test::run(io, store.commit(edited(0, record_of(11, 10)))),
            storage::CommitResult::committed);
  change("UPDATE events SET type = 'tinwatch.article.revised' WHERE seq = 4");
  change("UPDATE articles SET published_at = first_seen_at - 3600000");
  const auto text = page("/sources/bao");
  expect_says(text, "<h1><bdi>Báo</bdi></h1>");
  expect_says(text, "New articles: 3 in all, at most 3");
  expect_says(text, "Edits: 1 in all, at most 1");
  expect_says(text, "<tr><th scope=\"row\">1970-02-11</th><td>3</td><td>1</td></tr>");
  expect_says(text, "<tr><th scope=\"row\">1970-01-13</th><td>0</td><td>0</td></tr>");
  EXPECT_EQ(text.find("1970-01-12"), std::string::npos) << "30 days";
  expect_says(text, "<tr><th scope=\"row\">22:00</th><td>3</td></tr>");
  expect_says(text, "<tr><th scope=\"row\">Author</th><td>3</td><td>100</td></tr>");
  expect_says(text,
              "<tr class=\"removed\"><th scope=\"row\">Pictures</th><td>0</td><td>0</td></tr>");
  expect_says(text, "href=\"/stream?source=bao\"");
  const auto vietnamese = page("/sources/bao", "vi");
  expect_says(vietnamese, "Bài mới: 3 tất cả, nhiều nhất 3");
}

TEST_F(SourcePageTest, SaysHowItsListsAreRead) {
  auto text = page("/sources/bao");
  expect_says(text, "not read yet");
  expect_says(text, "Pages that name articles: 1</h2>");
  read_list(storage::Seen{.next = {now + 1h, {}}}, VisitOutcome::read, "");
  text = page("/sources/bao");
  expect_says(text, "<p>it was read; it has never named an article</p>");
  // 16:00 of the test is 23:00 there.
  expect_says(text, "<dt>Next look</dt><dd><time datetime=\"1970-02-12T00:00:00+07:00\">");
}

TEST_F(SourcePageTest, SaysItsLastErrorInWords) {
  storage::SourceReport report{
      .condition = {.source = "bao", .unreachable_since = now - 1h, .unreachable_reason = "lists"}};
  test::run(io, store.report_source(std::move(report)));
  read_list(storage::Failed{.next = {now + 1h, {}}, .failures = 3}, VisitOutcome::failed,
            "<b>500</b>");
  const auto text = page("/sources/bao");
  expect_says(text, "<p class=\"removed\">unreachable, since <time");
  expect_says(text, "(<bdi>lists</bdi>)");
  expect_says(text, "not readable now: 1</h2>");
  expect_says(text, "<p>no answer, or none that can be read, 3 times in a row</p>");
  expect_says(text, "<p class=\"detail\" lang=\"en\"><bdi>&lt;b&gt;500&lt;/b&gt;</bdi></p>");
  EXPECT_EQ(text.find("<b>"), std::string::npos);
}

TEST_F(SourcePageTest, IsReachedFromTheOthers) {
  publish(1, record_of(10, 10));
  expect_says(page("/sources"), "<a href=\"/sources/bao\">");
  expect_says(page("/articles/" + id_of(0)), "<a href=\"/sources/bao\">bao</a>");
  const storage::Reader reader(path);
  EXPECT_EQ(pages::answer(reader, api::parse_target("GET", "/sources/nope"), {.now = now}).status,
            404);
}

}  // namespace
}  // namespace tinwatch::pages
