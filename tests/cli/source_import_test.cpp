#include "source_import.hpp"

#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace tinwatch::cli {
namespace {

config::Config configured(const std::vector<std::pair<std::string, std::string>>& sources) {
  config::Config out;
  for (const auto& [name, start] : sources) {
    out.sources.emplace_back();
    out.sources.back().name = name;
    out.sources.back().title = name;
    out.sources.back().start = {start};
  }
  return out;
}

SourceImport import_of(std::vector<parsers::OpmlFeed> feeds, const config::Config& config = {}) {
  return import_from({.feeds = std::move(feeds)}, config);
}

std::string names_of(const SourceImport& import) {
  std::string out;
  for (const auto& source : import.sources) out += source.name + ' ';
  return out;
}

TEST(SourceImport, NamesAreMadeOfTitles) {
  EXPECT_EQ(name_from("Báo Đời Sống 24/7"), "bao-doi-song-24-7");
  EXPECT_EQ(name_from("  L'Équipe – Actualité!! "), "l-equipe-actualite");
  EXPECT_EQ(name_from("_under_score_"), "under-score");
  EXPECT_EQ(name_from("../../etc/passwd"), "etc-passwd");
  EXPECT_EQ(name_from("新华网"), "");
  EXPECT_EQ(name_from(""), "");
  EXPECT_EQ(name_from(std::string(1000, 'x')), std::string(50, 'x'));
  EXPECT_EQ(name_from(std::string(49, 'x') + " y"), std::string(49, 'x')) << "no dash at the end";
}

TEST(SourceImport, NamesAreUniqueAndValid) {
  const auto import = import_of({{.url = "https://bbc.co.uk/world.rss", .title = "World"},
                                 {.url = "https://news.cnn.com/world.rss", .title = "World"},
                                 {.url = "https://cnn.com/world2.rss", .title = "World"},
                                 {.url = "https://cnn.com/world3.rss", .title = "World"},
                                 {.url = "https://xinhua.cn/rss", .title = "新华网"},
                                 {.url = "https://xinhua.cn/rss2"},
                                 {.url = "http://127.0.0.1:81/x"}},
                                configured({{"world", "https://other.test/"}}));
  EXPECT_EQ(names_of(import),
            "world-bbc-co-uk world-cnn-com world-cnn-com-2 world-cnn-com-3 xinhua-cn xinhua-cn-2 "
            "127-0-0-1 ");
  std::vector<parsers::OpmlFeed> many;
  many.reserve(300);
  for (int i = 0; i < 300; ++i)
    many.push_back({.url = "https://" + std::string(60, 'h') + ".test/" + std::to_string(i),
                    .title = std::string(200, 't')});
  for (const auto& source : import_of(many).sources)
    EXPECT_TRUE(config::is_name(source.name)) << source.name;
}

TEST(SourceImport, WhatIsThereIsNotAddedAgain) {
  const auto import =
      import_of({{.url = "https://a.test/feed/"},
                 {.url = "http://a.test/feed?utm_source=x"},
                 {.url = "HTTPS://B.test:443/x"},
                 {.url = "https://c.test/x"},
                 {.url = "http://c.test/x/"}},
                configured({{"a", "http://a.test/feed"}, {"b", "https://b.test/x"}}));
  EXPECT_EQ(import.known, 3U);
  EXPECT_EQ(import.repeated, 1U);
  EXPECT_EQ(names_of(import), "c-test ");
  EXPECT_TRUE(import.refused.empty());
}

TEST(SourceImport, WhatCannotBeAskedIsRefusedWithItsLine) {
  const auto import = import_of({{.url = "ftp://a.test/", .title = "A", .line = 7},
                                 {.title = "B", .line = 8},
                                 {.url = "http://c.test:25/", .title = "C", .line = 9},
                                 {.url = "javascript:alert(1)", .title = "D", .line = 10},
                                 {.url = "http://user:pw@e.test/", .title = "E", .line = 11}});
  EXPECT_TRUE(import.sources.empty());
  ASSERT_EQ(import.refused.size(), 5U);
  EXPECT_EQ(import.refused[0], "7: 'A': 'ftp://a.test/' is no http(s) address");
  EXPECT_EQ(import.refused[1], "8: 'B': it has no xmlUrl");
  EXPECT_EQ(import.refused[2],
            "9: 'C': port 25 of 'http://c.test:25/' is one that browsers refuse");
}

TEST(SourceImport, ArticlesOfAnotherHostAreAllowed) {
  const auto import =
      import_of({{.url = "https://feeds.burner.test/x", .site = "https://www.paper.test/"},
                 {.url = "https://rss.paper2.test/", .site = "https://www.paper2.test/"},
                 {.url = "https://a.test/", .site = "http://b.test:8080/"},
                 {.url = "https://c.test/", .site = "no address"}});
  ASSERT_EQ(import.sources.size(), 4U);
  EXPECT_EQ(import.sources[0].host, "paper.test");
  EXPECT_EQ(import.sources[1].host, "") << "of one domain";
  EXPECT_EQ(import.sources[2].host, "b.test:8080");
  EXPECT_EQ(import.sources[3].host, "");
}

TEST(SourceImport, TheFileIsReadAsItIsMeant) {
  const auto import =
      import_of({{.url = "http://127.0.0.1/a?x=1&y=2",
                  .title = "no\": [quote] # \\ 'and' {more}: *x &y \u2028 !"},
                 {.url = "http://127.0.0.1/b", .title = "- null"},
                 {.url = "http://127.0.0.1/c", .title = "yes", .site = "http://other.test/"},
                 {.url = "http://127.0.0.1/d", .title = "1.5"}});
  const test::TempDir folder;
  const std::string file = folder / "t.yaml";
  std::ofstream(file) << sources_file(import.sources, "from here\nsources: []");
  const auto config = config::load(file);
  ASSERT_TRUE(config) << config.error().front();
  ASSERT_EQ(config->sources.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(config->sources[i].name, import.sources[i].name);
    EXPECT_EQ(config->sources[i].title, import.sources[i].title);
    EXPECT_EQ(config->sources[i].start, std::vector<std::string>{import.sources[i].url});
  }
  EXPECT_TRUE(config->sources[2].scope->holds("http://www.other.test/x"));
  const auto exported = export_of(*config);
  ASSERT_EQ(exported.feeds.size(), 4U);
  EXPECT_EQ(exported.feeds[2].site, "https://other.test/");
  const auto again = import_from(exported, *config);
  EXPECT_EQ(again.known, 4U);
  EXPECT_TRUE(again.sources.empty());
}

}  // namespace
}  // namespace tinwatch::cli
