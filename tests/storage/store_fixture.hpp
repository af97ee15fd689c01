#pragma once

#include "core/hash.hpp"
#include "storage/store.hpp"
#include "support/run.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

namespace tinwatch::storage {

inline const Instant now = Instant{} + std::chrono::hours{1000};

/// A store with one source and its start page.
class StoreTest : public testing::Test {
 protected:
  StoreTest() {
    SourceEntry source{.name = "bao", .title = "Báo"};
    source.start.push_back({"http://a.test/", "a.test", TargetKind::listing});
    test::run(io, store.sync_sources({source}, now));
  }

  /// A new article known by its identifier, shown at `url`.
  ArticleCommit published(const std::string& url) {
    const auto id = "00000000-0000-7000-8000-00000000000" + std::to_string(++made);
    ArticleCommit commit{.source = SourceRow(1),
                         .at = now,
                         .article = NewArticle{.id = id},
                         .url = url,
                         .standing = Standing{.identifier = "42", .canonical_url = url},
                         .state = NewState{.record = R"({"headline":"H"})",
                                           .extractor = "e",
                                           .profile_hash = "p",
                                           .headline = "H"}};
    commit.revision =
        NewRevision{.id = "r" + std::to_string(made), .editorial_hash = "h", .change = "{}"};
    commit.capture = std::make_shared<Capture>(
        Capture{.url = url,
                .final_url = url,
                .fetched_at = now,
                .status = 200,
                .request = "GET / HTTP/1.1\r\n",
                .headers = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n",
                .address = "127.0.0.1:80",
                .body = "<p>",
                .sha256 = sha256_hex("<p>")});
    commit.events.push_back({.id = "e" + std::to_string(made),
                             .type = EventType::article_published,
                             .at = now,
                             .data = R"({"article":{"id":")" + id + R"("},"revision":1})",
                             .deliveries = {{"d" + std::to_string(made), "desk", "default"}}});
    commit.frontier = {.row = FrontierRow(1), .visited_at = commit.at, .end = Failed{}};
    return commit;
  }
  /// The same article looked at again: an edit.
  ArticleCommit again(const std::string& url) {
    auto commit = published(url);
    commit.article = known(url);
    return commit;
  }
  /// The article at `url` as it is now.
  KnownArticle known(const std::string& url) { return known(*find(url)); }
  static KnownArticle known(const StoredArticle& article) {
    return {.row = article.row,
            .id = article.id,
            .head_revision = article.head.revision,
            .event_sequence = article.event_sequence,
            .last_shown_at = article.last_shown_at};
  }
  std::optional<StoredArticle> find(const std::string& url) {
    const Reader reader(path);
    return reader.find_article(SourceRow(1), "42", url, url);
  }

  int made = 0;
  test::TempDir folder;
  std::string path = folder / "t.db";
  asio::io_context io;
  Store store{path};
};

}  // namespace tinwatch::storage
