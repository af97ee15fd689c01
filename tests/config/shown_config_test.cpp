#include "config/config.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace tinwatch::config {
namespace {

class ShownConfigTest : public testing::Test {
 protected:
  void file(const std::string& name, const std::string& text) {
    std::ofstream(folder / name) << text;
    std::filesystem::permissions(folder / name, std::filesystem::perms(0600));
  }
  Config loaded(const std::string& text) {
    file("t.yaml", text);
    auto config = load(folder / "t.yaml");
    EXPECT_TRUE(config) << text << (config ? "" : "\n" + config.error().front());
    return config ? std::move(*config) : Config{};
  }
  std::string shown(const std::string& text) {
    const auto config = loaded(text);
    return config.shown ? config.shown->yaml() : "";
  }
  static bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

  test::TempDir folder;
};

TEST_F(ShownConfigTest, HoldsEveryDefault) {
  const auto text = shown("{}");
  for (const auto* line :
       {"storage:\n  url: \"sqlite:///var/lib/tinwatch/tinwatch.db\"\n  raw:\n    keep: 90d\n",
        "\n  listen: [\"127.0.0.1:8390\"]\n", "\n  require_token: false\n",
        "\ntimezone: Asia/Ho_Chi_Minh\n", "\n  max_body: 10MiB\n",
        "\n  per_host:\n    connections: 1\n    delay: 2s\n    requests_per_hour: 240\n",
        "\n  shortcuts: [not_modified, bytes_equal, region_equal]\n"})
    EXPECT_TRUE(has(text, line)) << line << "\n" << text;
  const auto again = loaded(text);
  const Config defaults;
  EXPECT_EQ(again.storage, defaults.storage);
  EXPECT_EQ(again.http, defaults.http);
  EXPECT_EQ(again.fetch, defaults.fetch);
}

/// What is read again shows the same: nothing is lost and nothing comes in.
TEST_F(ShownConfigTest, IsAConfigurationThatAmountsToItself) {
  file("hook.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
  file("slack.url", "https://hooks.slack.example/services/T/B/x\n");
  file("words.txt", "một\nhai\n");
  const auto text = shown(R"(
http: {listen: [], external_url: "https://watch.example/", proxy_user_header: X-User, trusted_proxies: ["127.0.0.1"]}
fetch: {contact: "a@b.test", per_host: {delay: 500ms}}
sources:
  - {name: bao, title: "Báo: 'Đời sống' #1", start: ["http://127.0.0.1:81/tin?a=1&b=2"], poll: 10m, recheck: 30m, hosts: ["*"]}
  - {name: "007", start: ["http://127.0.0.1:82/"], poll: {min: 1m, max: 2m}, removal: {missing_after: 3}}
receivers:
  - {name: hook, webhook: {url: "https://hooks.example.org", secret_files: [hook.secret]}}
  - name: chat
    slack: {url_file: slack.url}
    lang: en
    quiet_hours: {time_intervals: [{times: [{start_time: "22:00", end_time: "24:00"}], weekdays: ["monday:friday"]}], except: []}
    group_by: [watch, source]
    digest: "07:00"
  - {name: log, file: {path: /tmp/x.jsonl}, min_severity: high}
aliases:
  - [LLVT, "lực lượng vũ trang"]
watches:
  - {name: one, query: '"biên giới" AND (Lào OR "true")', receivers: [hook, chat], include: [baseline]}
  - {name: two, phrases: ["yes", "- x", "12", "a: b", "\"q\"", "multi\nline"], mode: exact, metrics: true}
  - {name: three, phrases_file: words.txt, title: "1e5"}
routes:
  - {match: {type: "tinwatch.article.*"}, receivers: [log]}
)");
  const auto again = loaded(text);
  ASSERT_TRUE(again.shown);
  EXPECT_EQ(again.shown->yaml(), text);
  EXPECT_EQ(again.sources.at(0).title, "Báo: 'Đời sống' #1");
  EXPECT_EQ(again.sources.at(1).name, "007");
  EXPECT_EQ(again.sources.at(1).poll.max, std::chrono::minutes(2));
  EXPECT_EQ(again.receivers.at(1).policy.digest, std::chrono::hours(7));
  EXPECT_EQ(again.watches.at(1).phrases, 6U);
  EXPECT_EQ(again.watches.at(2).phrases, 2U) << "relative files stay beside the configuration";
  EXPECT_EQ(again.watches.at(2).title, "1e5");
  EXPECT_TRUE(again.aliases);
  EXPECT_EQ(again.routes.at(0).type, "tinwatch.article.*");
}

TEST_F(ShownConfigTest, HoldsWhatOtherFilesSay) {
  std::filesystem::create_directory(folder / "d");
  file("d/a.yaml", "sources: [{name: a, start: [\"http://127.0.0.1:81/\"]}]\naliases: [[x, z]]\n");
  file("d/b.yaml", "watches: [{name: w, query: q}]\n");
  const auto text = shown(
      "include: [\"d/*.yaml\"]\nsources: [{name: own, start: [\"http://127.0.0.1:82/\"]}]\n"
      "aliases: [[p, q]]\n");
  EXPECT_FALSE(has(text, "include")) << "it would name them twice";
  const auto again = loaded(text);
  ASSERT_EQ(again.sources.size(), 2U);
  EXPECT_EQ(again.sources[0].name + again.sources[1].name, "owna");
  EXPECT_EQ(again.watches.at(0).name, "w");
  EXPECT_TRUE(has(text, "aliases:\n  - [p, q]\n  - [x, z]\n") ||
              has(text, "aliases: [[p, q], [x, z]]\n"))
      << text;
}

TEST_F(ShownConfigTest, HoldsNoSecret) {
  ASSERT_EQ(::setenv("TINWATCH_TEST_TOKEN", "canary-env", 1), 0);  // NOLINT(concurrency-mt-unsafe)
  file("hook.secret", "whsec_Y2FuYXJ5LWtleS1jYW5hcnkta2V5LWNhbmFyeQ==\n");
  file("chat.url", "https://hooks.slack.example/services/canary-file\n");
  file("mail.pass", "canary-password\n");
  file("body.mustache", "{{title}}");
  const auto text = shown(R"(
fetch: {contact: "a@b.test"}
sources:
  - {name: feed, start: ["https://paper.test/rss?cat=5&token=canary-query&api_key=canary-key&page=2"]}
receivers:
  - {name: hook, webhook: {url: "https://hooks.test:8443/in/canary-path?key=canary-hook#canary-fragment", secret_files: [hook.secret]}}
  - {name: slack, slack: {url_file: chat.url}}
  - {name: mail, email: {server: "smtps://mail.test:465", username: u, password_file: mail.pass, from: "a@b.test", to: ["c@d.test"]}}
  - {name: push, ntfy: {url: "https://ntfy.test/canary-topic", token: "${TINWATCH_TEST_TOKEN}"}}
  - {name: bot, telegram: {token: "${TINWATCH_TEST_TOKEN}", chat: "-100"}}
  - {name: any, http: {url: "https://any.test/canary-any", headers: {X-Api-Key: canary-header, Authorization: "Basic canary-basic", Content-Type: text/plain}, body: body.mustache}}
  - {name: beat, heartbeat: {url: "https://hc.test/canary-beat"}}
  - {name: run, exec: {command: [/bin/true, --token, canary-argument]}}
)");
  ASSERT_FALSE(text.empty());
  EXPECT_FALSE(has(text, "canary")) << text;
  EXPECT_FALSE(has(text, "whsec")) << text;
  // What is no secret is still there.
  for (const auto* kept :
       {"https://hooks.test:8443/<secret>", "url_file: chat.url", "secret_files: [hook.secret]",
        "password_file: mail.pass", "username: u", "\"${TINWATCH_TEST_TOKEN}\"",
        "https://ntfy.test/<secret>", "X-Api-Key: \"<secret>\"", "Content-Type: text/plain",
        "cat=5&token=<secret>&api_key=<secret>&page=2", "https://api.telegram.org",
        "command: [/bin/true, \"<secret>\", \"<secret>\"]"})
    EXPECT_TRUE(has(text, kept)) << kept << "\n" << text;
}

TEST_F(ShownConfigTest, ASectionIsTakenFromAnother) {
  const auto one = loaded("storage: {url: \"sqlite:///one\"}\nsources: []\n");
  const auto other = loaded("storage: {url: \"sqlite:///other\"}\nroutes: []\n");
  auto mixed = *other.shown;
  mixed.take("storage", *one.shown);
  EXPECT_TRUE(has(mixed.yaml(), "sqlite:///one"));
  EXPECT_FALSE(has(mixed.yaml(), "sqlite:///other"));
  mixed.take("sources", *one.shown);
  mixed.take("routes", *one.shown);
  EXPECT_TRUE(has(mixed.yaml(), "sources: []"));
  EXPECT_FALSE(has(mixed.yaml(), "routes")) << "the other had none";
}

}  // namespace
}  // namespace tinwatch::config
