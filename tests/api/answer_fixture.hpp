#pragma once

#include "api/answer.hpp"
#include "sqlite.hpp"
#include "storage/store_fixture.hpp"

#include <boost/json.hpp>

#include <string>
#include <string_view>

namespace tinwatch::api {

namespace json = boost::json;
using storage::now;

/// Questions to a store on a file, without a daemon.
class AnswerTest : public storage::StoreTest {
 protected:
  /// Stores so many articles with this record.
  void publish(int count, const json::object& record) {
    for (int i = 0; i < count; ++i) {
      auto commit = article(i, record);
      asio::co_spawn(
          io, store.commit(std::move(commit)),
          [](const std::exception_ptr& failure, storage::CommitResult) { ASSERT_FALSE(failure); });
    }
    io.restart();
    io.run();
  }
  /// The `number`-th article as it is published.
  storage::ArticleCommit article(int number, const json::object& record) {
    auto commit = published("http://a.test/" + std::to_string(number));
    commit.article = storage::NewArticle{.id = id_of(number)};
    commit.standing->identifier = std::to_string(number);
    commit.state->headline = record.at("headline").as_string();
    commit.state->record = json::serialize(record);
    commit.events.front().data =
        json::serialize(json::object{{"article", {{"headline", commit.state->headline}}}});
    return commit;
  }
  /// The same article as it is edited for the first time.
  storage::ArticleCommit edited(int number, const json::object& record) {
    auto commit = article(number, record);
    commit.article = storage::KnownArticle{.row = ArticleRow(number + 1),
                                           .id = id_of(number),
                                           .head_revision = 1,
                                           .event_sequence = 1,
                                           .last_shown_at = now};
    return commit;
  }
  static std::string id_of(int number) {
    return "00000000-0000-7000-8000-" + std::to_string(100'000'000'000 + number);
  }
  Reply asked(std::string_view target) {
    const storage::Reader reader(path);
    return answer(reader, parse_target("GET", target), {.now = now});
  }
  void change(const std::string& sql) { storage::sqlite::Connection(path).execute(sql); }
};

inline json::object record_of(std::size_t body_bytes, std::size_t description_bytes) {
  const std::string text(body_bytes, 'b');
  return {{"headline", "Tin"},
          {"url", "http://a.test/"},
          {"description", std::string(description_bytes, 'd')},
          {"author", {{{"name", "An"}}}},
          {"articleSection", {"Trang nhất"}},
          {"body", {{{"type", "paragraph"}, {"text", text}}}},
          {"articleBody", text},
          {"wordCount", 1}};
}

}  // namespace tinwatch::api
