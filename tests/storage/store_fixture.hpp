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
    ArticleCommit commit{.source = SourceRow(1),
                         .at = now,
                         .id = "00000000-0000-7000-8000-00000000000" + std::to_string(++made),
                         .identifier = "42",
                         .canonical_url = url,
                         .url = url,
                         .headline = "H",
                         .record = R"({"headline":"H"})",
                         .extractor = "e",
                         .profile_hash = "p"};
    commit.revision =
        NewRevision{.id = "r" + std::to_string(made), .editorial_hash = "h", .change = "{}"};
    commit.capture = std::make_shared<Capture>(Capture{.url = url,
                                                       .final_url = url,
                                                       .fetched_at = now,
                                                       .status = 200,
                                                       .headers = "Content-Type: text/html\n",
                                                       .body = "<p>",
                                                       .sha256 = sha256_hex("<p>")});
    commit.events.push_back({.id = "e" + std::to_string(made),
                             .type = "tinwatch.article.published",
                             .at = now,
                             .data = R"({"article":{"id":")" + commit.id + R"("},"revision":1})",
                             .deliveries = {{"d" + std::to_string(made), "desk", "default"}}});
    commit.frontier.row = FrontierRow(1);
    return commit;
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
