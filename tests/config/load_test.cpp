#include "config/config.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace tinwatch::config {
namespace {

class LoadTest : public testing::Test {
 protected:
  Result<Config, Faults> load_text(const std::string& text) {
    std::ofstream(file) << text;
    return load(file);
  }
  std::string fault(const std::string& text) {
    const auto config = load_text(text);
    return config || config.error().empty() ? "" : config.error().front().substr(file.size());
  }

  test::TempDir folder;
  std::string file = folder / "t.yaml";
};

TEST_F(LoadTest, TheReferenceHoldsTheDefaults) {
  const auto reference = load(TINWATCH_ROOT "/config/reference.yaml");
  ASSERT_TRUE(reference) << reference.error().front();
  const Config defaults;
  EXPECT_EQ(reference->storage, defaults.storage);
  EXPECT_EQ(reference->http, defaults.http);
  EXPECT_EQ(reference->fetch, defaults.fetch);
  EXPECT_EQ(reference->log, defaults.log);
  EXPECT_EQ(reference->timezone, defaults.timezone);
  EXPECT_TRUE(reference->sources.empty() && reference->watches.empty() &&
              reference->receivers.empty() && reference->routes.empty());
}

TEST_F(LoadTest, AFileWithoutSettingsIsNoConfiguration) {
  for (const auto* text : {"", "\n", "# sources: []\n", "---\n", "~\n"})
    EXPECT_EQ(fault(text), ":1:1: the file holds no settings; '{}' means none") << text;
  EXPECT_TRUE(load_text("{}")) << "whoever means it says so";
}

TEST_F(LoadTest, TheShippedFileWatchesTheFirstSite) {
  const auto config = load(TINWATCH_ROOT "/config/tinwatch.yaml");
  ASSERT_TRUE(config) << config.error().front();
  ASSERT_EQ(config->sources.size(), 1U);
  const auto& site = *config->sources[0].site;
  EXPECT_EQ(config->sources[0].start, std::vector<std::string>{"https://baoquankhu7.vn/"});
  EXPECT_EQ(site.identifier("http://www2.baoquankhu7.vn/doi-ngoai--788276853-0035620s34210gs"),
            "35620");
  EXPECT_EQ(
      site.identifier(
          "https://baoquankhu7.vn/ExtAppCommon/Home/ViewDetailPost?idLoaiTin=402&idPost=55828"),
      "55828");
  EXPECT_EQ(site.canonical("http://media.baoquankhu7.vn/(X(1)S(q2ng))/"
                           "a-1-0012s34010gs?AspxAutoDetectCookieSupport=1"),
            "https://baoquankhu7.vn/a-1-0012s34010gs");
  EXPECT_EQ(
      site.kind("https://baoquankhu7.vn/ExtAppCommon/Home_V2/NewsCategory?idItem=356&menuID=356"),
      parsers::UrlKind::listing);
  EXPECT_EQ(site.kind("https://baoquankhu7.vn/cdn-cgi/l/email-protection"),
            parsers::UrlKind::other);
}

TEST_F(LoadTest, TheShippedProfilesGiveWhatTheirFixturesExpect) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(TINWATCH_ROOT "/config/profiles")) {
    if (entry.path().extension() != ".yaml") continue;
    const auto config = TINWATCH_ROOT "/config/tinwatch.yaml";
    const auto site = load_profile(entry.path().stem().string(), config, TimeZone::fixed(0h));
    ASSERT_TRUE(site) << site.error().front();
    EXPECT_EQ(check_fixtures(*site, config), Faults{});
    ++count;
  }
  EXPECT_GE(count, 11U);
}

TEST_F(LoadTest, FaultsInProfilesNameTheirPlace) {
  std::filesystem::create_directories(folder / "profiles/fixtures");
  const auto profile = [&](const std::string& text) {
    std::ofstream(folder / "profiles/p.yaml") << text;
    const auto site = load_profile("p", file, TimeZone::fixed(0h));
    if (!site) return site.error().front().substr((folder / "profiles/").size());
    const auto faults = check_fixtures(*site, file);
    return faults.empty() ? std::string() : faults.front().substr((folder / "profiles/").size());
  };
  EXPECT_EQ(profile("selectors: [{body: 'p['}]"),
            "p.yaml:1:1: selectors: body: 'p[': unexpected end at character 3");
  EXPECT_EQ(profile("dateline: ['no group']"),
            "p.yaml:1:1: dateline 'no group' needs one group: the dateline itself");
  EXPECT_EQ(profile("extends: nobody"), "p.yaml:1:10: extends: there is no profile 'nobody'");
  EXPECT_EQ(profile("timezone: Mars/Olympus"),
            "p.yaml:1:1: timezone: there is no zone 'Mars/Olympus'");
  std::ofstream(folder / "profiles/fixtures/a.html")
      << "<h1>Tên bài</h1><p>Một đoạn văn đủ dài để được tính là nội dung của bài, có dấu "
         "phẩy.</p>";
  EXPECT_EQ(
      profile(
          "fixtures:\n  - page: a.html\n    url: https://a.test/x\n    expect: {headline: Khác}"),
      "p.yaml:4:14: fixture a.html: headline is 'Tên bài', not 'Khác'");
}

TEST_F(LoadTest, FaultsNameTheirPlace) {
  EXPECT_EQ(fault("fetch:\n  timeout: 90\n"),
            ":2:12: fetch: timeout must be a duration such as 90s, 15m or 7d, not '90'");
  EXPECT_EQ(fault("fetch: {max_body: lots}"),
            ":1:19: fetch: max_body must be a size such as 8MiB, not 'lots'");
  EXPECT_EQ(fault("http: {listen: ['0.0.0.0:8390']}").substr(0, 24), ":1:7: http: listen: '0.0");
  EXPECT_EQ(fault("sources: {}"), ":1:10: sources must be a list");
  EXPECT_EQ(fault("- a"), ":1:1: must be a mapping (key: value)");
  EXPECT_NE(fault("watches: [{name: a, query: x, receivers: [nobody]}]")
                .find("there is no receiver 'nobody'"),
            std::string::npos);
}

TEST_F(LoadTest, HostsAreAddedToThoseOfTheStartPages) {
  const auto config =
      load_text("sources: [{name: a, start: ['http://127.0.0.1/'], hosts: [anh.test]}]");
  ASSERT_TRUE(config) << config.error().front();
  EXPECT_TRUE(config->sources[0].scope->holds("http://127.0.0.1/a"));
  EXPECT_TRUE(config->sources[0].scope->holds("https://x.anh.test/a"));
  EXPECT_FALSE(config->sources[0].scope->holds("https://khac.test/a"));
  EXPECT_EQ(fault("sources: [{name: a, start: ['http://127.0.0.1/'], hosts: ['https://b.test/']}]"),
            ":1:11: sources: hosts: 'https://b.test/' is no host such as tin.example.org or "
            "tin.example.org:8080");
}

TEST_F(LoadTest, NamesPortsThatNoRequestGoesTo) {
  EXPECT_NE(fault("sources: [{name: a, start: ['http://127.0.0.1:6667/']}]")
                .find("start: port 6667 of 'http://127.0.0.1:6667/' is one that browsers refuse"),
            std::string::npos);
  const auto receiver = load_text("receivers: [{name: r, webhook: {url: 'http://127.0.0.1:25/'}}]");
  ASSERT_FALSE(receiver);
  EXPECT_TRUE(std::any_of(receiver.error().begin(), receiver.error().end(), [](const auto& fault) {
    return fault.find("url: port 25 is one that browsers refuse") != std::string::npos;
  }));
  EXPECT_EQ(fault("sources: [{name: a, start: ['http://127.0.0.1:8080/']}]"), "");
}

TEST_F(LoadTest, IncludeNamesWhatAWatchHitsBesidesTheNews) {
  const auto included = [&](const std::string& words) {
    const auto config = load_text("watches: [{name: a, query: x, include: [" + words + "]}]");
    EXPECT_TRUE(config) << words;
    const auto& watch = config->watches.at(0);
    return std::pair(watch.include_baseline, watch.include_backfill);
  };
  EXPECT_EQ(included(""), std::pair(false, false));
  EXPECT_EQ(included("baseline"), std::pair(true, false));
  EXPECT_EQ(included("backfill"), std::pair(false, true));
  EXPECT_EQ(included("backfill, baseline"), std::pair(true, true));
  EXPECT_FALSE(load_text("watches: [{name: a, query: x, include: [live]}]"));
}

TEST_F(LoadTest, PollIsFixedOrAdapts) {
  const auto source = [&](const std::string& poll) {
    const auto config =
        load_text("sources: [{name: a, start: ['http://127.0.0.1/'], poll: " + poll + "}]");
    return config ? config->sources[0].poll
                  : monitor::Interval{.min = Duration(0), .max = Duration(0)};
  };
  EXPECT_EQ(source("10m"), (monitor::Interval{.min = 10min, .max = 10min}));
  EXPECT_EQ(source("{min: 5m, max: 1h}"), (monitor::Interval{.min = 5min, .max = 1h}));
  EXPECT_EQ(source("{min: 2h, max: 1h}").max, Duration(0));
}

TEST_F(LoadTest, RangesThatOpenNearlyEverythingAreWarnedOf) {
  const auto warnings = [&](const std::string& networks) {
    const auto config =
        load_text("sources: [{name: a, start: ['http://127.0.0.1/'],\n  allow_networks: [" +
                  networks + "]}]");
    return config ? config->warnings.size() : 99;
  };
  for (const auto* wide : {"0.0.0.0/0", "'::/0'", "128.0.0.0/1", "10.0.0.0/7", "'::/64'",
                           "'::ffff:0:0/96'", "'::ffff:10.0.0.0/103'", "'2000::/3'", "'fc00::/6'"})
    EXPECT_EQ(warnings(wide), 1U) << wide;
  for (const auto* narrow : {"127.0.0.0/8", "10.0.0.0/8", "192.168.1.7", "'fc00::/7'", "'fd00::/8'",
                             "'::1'", "'::ffff:10.0.0.0/104'", "'2001:db8::/32'"})
    EXPECT_EQ(warnings(narrow), 0U) << narrow;
  EXPECT_EQ(warnings("0.0.0.0/0, '::/0'"), 2U);
  const auto config = load_text(
      "sources: [{name: a, start: ['http://127.0.0.1/'],\n  allow_networks: ['0.0.0.0/0']}]");
  EXPECT_EQ(config->warnings.front().substr(file.size()),
            ":2:19: warning: sources: allow_networks: 0.0.0.0/0 is wider than any "
            "private range and may open this machine's own services; name the range that is meant");
}

TEST_F(LoadTest, ASecretThatOthersCanReadIsWarnedOfAndTaken) {
  std::ofstream(folder / "hook.secret") << "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n";
  const std::string text =
      "receivers:\n  - name: r\n    webhook: {url: 'https://127.0.0.1/', secret_files: "
      "[hook.secret]}\n";
  std::filesystem::permissions(folder / "hook.secret", std::filesystem::perms(0644));
  const auto open = load_text(text);
  ASSERT_TRUE(open);
  EXPECT_EQ(std::get<alerts::WebhookSettings>(open->receivers[0].kind).http.keys.size(), 1U);
  ASSERT_EQ(open->warnings.size(), 1U);
  EXPECT_EQ(open->warnings[0].substr(file.size(), 34), ":3:56: warning: receivers.webhook:");
  std::filesystem::permissions(folder / "hook.secret", std::filesystem::perms(0640));
  EXPECT_EQ(load_text(text)->warnings, std::vector<std::string>{});
}

TEST_F(LoadTest, WhatIsNoFileIsRefusedWithItsName) {
  EXPECT_EQ(
      load(folder / "").error(),
      Faults{folder / "" + ": is a directory, not a file; name another configuration file with "
                           "--config"});
  std::filesystem::create_directories(folder / "hook.secret");
  EXPECT_NE(fault("receivers: [{name: r, webhook: {url: 'http://127.0.0.1/', secret_files: "
                  "[hook.secret]}}]")
                .find("hook.secret: is a directory, not a file"),
            std::string::npos);
  std::filesystem::create_directories(folder / "profiles/p.yaml");
  EXPECT_EQ(load_text("sources: [{name: a, profile: p, start: ['http://127.0.0.1/']}]").error(),
            Faults{folder / "profiles/p.yaml" + ": is a directory, not a file"});
}

TEST_F(LoadTest, AWatchHasAQueryOrPhrases) {
  std::ofstream(folder / "names.txt") << "# people\n\n  Trần Văn Tám \nAT&T (Mỹ)\r\n";
  const auto config = load_text(
      "aliases: [[LLVT, \"lực lượng vũ trang\"]]\n"
      "watches:\n"
      "  - {name: a, query: 'LLVT'}\n"
      "  - {name: b, phrases: [\"quân khu 7\", \"quân khu 9\"], phrases_file: names.txt, mode: "
      "auto}\n");
  ASSERT_TRUE(config) << config.error().front();
  EXPECT_EQ(config->watches[0].query->terms().size(), 2U) << "both spellings";
  EXPECT_EQ(config->watches[1].query->terms().size(), 4U);
  EXPECT_EQ(fault("watches: [{name: a, query: x, phrases: [y]}]"),
            ":1:28: watches: a watch has a query, or phrases; make two of it");
  EXPECT_EQ(fault("watches: [{name: a}]"),
            ":1:11: watches: a watch needs a query, phrases or a phrases_file");
  EXPECT_EQ(fault("watches: [{name: a, phrases: [x, '!']}]"),
            ":1:11: watches: phrases: number 2: '!' has no letter or digit; expected a word");
  EXPECT_EQ(fault("watches: [{name: a, phrases: []}]"),
            ":1:11: watches: phrases: the list is empty");
  std::ofstream(folder / "bad.txt") << "x\n# y\n...\n";
  const auto bad = fault("watches: [{name: a, phrases_file: bad.txt}]");
  EXPECT_NE(bad.find("bad.txt:3: '...' has no letter"), std::string::npos) << bad;
  EXPECT_NE(fault("watches: [{name: a, phrases_file: none.txt}]").find("none.txt"),
            std::string::npos);
}

TEST_F(LoadTest, AQuerysFaultHasItsPlaceInTheQuery) {
  EXPECT_EQ(fault("watches: [{name: a, query: 'đê +x'}]"),
            ":1:28: watches: query: line 1, column 4: '+' is no operator: every word has to be "
            "there; write x");
}

TEST_F(LoadTest, WarnsOfQueriesThatHardlyMeanWhatTheySay) {
  const auto config = load_text(
      "watches:\n"
      "  - {name: a, query: \"biên giới\"}\n"
      "  - {name: b, query: 'NOT lũ'}\n"
      "  - {name: c, query: '\"biên giới\"'}\n");
  ASSERT_TRUE(config) << config.error().front();
  ASSERT_EQ(config->warnings.size(), 3U);
  EXPECT_NE(config->warnings[0].find(
                ":2:22: warning: watches: query: line 1, column 1: these are 2 conditions"),
            std::string::npos)
      << config->warnings[0];
  EXPECT_NE(config->warnings[1].find("YAML took the outer quotation marks"), std::string::npos);
  EXPECT_NE(config->warnings[2].find("asked of every text"), std::string::npos);
}

TEST_F(LoadTest, AFileThatIsAListIsOneClearLine) {
  EXPECT_NE(fault("- name: a\n- name: b\n").find(":1:1: "), std::string::npos);
}

TEST_F(LoadTest, PhrasesBesideAQueryAreOneFault) {
  const auto config =
      load_text("watches:\n  - {name: a, query: lũ, phrases: [bão], phrases_file: b.txt}\n");
  ASSERT_FALSE(config);
  ASSERT_EQ(config.error().size(), 1U) << "and no unknown key";
  EXPECT_NE(config.error()[0].find("a watch has a query, or phrases"), std::string::npos);
}

}  // namespace
}  // namespace tinwatch::config
