#include "config/config.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace tinwatch::config {
namespace {

using namespace std::chrono_literals;
using tinwatch::Severity;

class ReceiversTest : public testing::Test {
 protected:
  void secret(const std::string& name, const std::string& text) {
    std::ofstream(folder / name) << text;
    std::filesystem::permissions(folder / name, std::filesystem::perms(0600));
  }
  Result<Config, Faults> load_receiver(const std::string& settings) {
    std::ofstream(folder / "t.yaml") << "receivers:\n  - " << settings << "\n";
    return load(folder / "t.yaml");
  }
  alerts::ReceiverSettings sound(const std::string& settings) {
    auto config = load_receiver(settings);
    EXPECT_TRUE(config) << settings << (config ? "" : config.error().front());
    return config ? config->receivers.at(0) : alerts::ReceiverSettings{};
  }
  /// What is wrong with it, without its place.
  std::string fault(const std::string& settings) {
    const auto config = load_receiver(settings);
    if (config) return "";
    const auto& first = config.error().front();
    return first.substr(first.find(": ") + 2);
  }

  test::TempDir folder;
};

TEST_F(ReceiversTest, MailIsReadWithItsSecret) {
  secret("mail.secret", "g3heim\n");
  const auto desk = sound(
      "{name: desk, min_severity: high, lang: en, settle: 5m, timeout: 9s, email: {server: "
      "'smtp://mail.example.org:587', "
      "username: u, password_file: mail.secret, from: 't@example.org', to: ['a@example.org', "
      "'b@example.org']}}");
  const auto& mail = std::get<alerts::MailSettings>(desk.kind);
  EXPECT_EQ(mail.host, "mail.example.org:587");
  EXPECT_EQ(mail.tls, fetchers::MailTls::starttls) << "unless it says otherwise";
  EXPECT_EQ(mail.password, "g3heim");
  EXPECT_EQ(mail.timeout, 9s);
  EXPECT_EQ(mail.to.size(), 2U);
  EXPECT_EQ(desk.min_severity, Severity::high);
  EXPECT_EQ(desk.language, Language::en);
  EXPECT_EQ(desk.policy.settle, 5min);
}

TEST_F(ReceiversTest, LinksThatLeadToEachReadersOwnMachineAreWarnedOf) {
  secret("chat.url", "https://chat.example.org/hooks/x\n");
  const auto warnings = [&](const std::string& receiver, const std::string& url) {
    std::ofstream(folder / "t.yaml")
        << "http: {external_url: '" << url << "'}\nreceivers:\n  - " << receiver << "\n";
    return load(folder / "t.yaml")->warnings;
  };
  const auto* const chat = "{name: room, mattermost: {url_file: chat.url}}";
  const auto warned = warnings(chat, "http://127.0.0.1:8390/");
  ASSERT_EQ(warned.size(), 1U);
  EXPECT_NE(warned[0].find("external_url: the links in messages to 'room'"), std::string::npos);
  EXPECT_EQ(warnings(chat, "https://watch.example.org/").size(), 0U);
  EXPECT_EQ(warnings("{name: log, file: {path: /x}}", "http://127.0.0.1:8390/").size(), 0U)
      << "a program follows no link";
}

TEST_F(ReceiversTest, WhatAMailCannotBeSentByIsRefused) {
  const auto mail = [](const std::string& rest) { return "{name: d, email: {" + rest + "}}"; };
  const std::string people = ", from: 't@example.org', to: ['a@example.org']";
  EXPECT_EQ(fault(mail("server: 'mail.example.org'" + people)),
            "receivers.email: server must be smtp://HOST:PORT or smtps://HOST:PORT, without a user "
            "or password");
  EXPECT_EQ(fault(mail("server: 'me:pa ss@m.test'" + people)).find("pa ss"), std::string::npos);
  EXPECT_EQ(fault(mail("server: 'smtp://m.test', tls: none" + people)),
            "receivers.email: tls: none is for a server in a network of your own, which "
            "allow_networks names");
  EXPECT_EQ(fault(mail("server: 'smtp://m.test', tls: implicit" + people)),
            "receivers.email: tls: implicit goes with smtps://, starttls with smtp://");
  EXPECT_EQ(fault(mail("server: 'smtp://m.test', username: u" + people)),
            "receivers.email: username and password_file go together");
  EXPECT_EQ(fault(mail("server: 'smtp://m.test', from: 't@example.org', to: ['a@example.org', "
                       "\"b@x\\r\\nBcc: c@y\"]")),
            "receivers.email: to: 'b@x\r\nBcc: c@y' is no address such as desk@example.org");
  EXPECT_EQ(fault(mail("server: 'smtp://m.test', from: 't@example.org', to: []")),
            "receivers.email: to names nobody");
}

TEST_F(ReceiversTest, ASecretStandsInAFileOrInTheEnvironment) {
  EXPECT_EQ(fault("{name: p, telegram: {chat: '1', token: '123:abc'}}"),
            "receivers.telegram: token: a secret stands in a file (token_file) or in the "
            "environment (token: ${VARIABLE})");
  ::setenv("TINWATCH_TEST_TOKEN", "123:abc", 1);  // NOLINT(concurrency-mt-unsafe)
  const auto phone = sound("{name: p, telegram: {chat: '1', token: '${TINWATCH_TEST_TOKEN}'}}");
  EXPECT_EQ(std::get<alerts::ChatSettings>(phone.kind).token, "123:abc");
  EXPECT_EQ(fault("{name: p, telegram: {chat: '1', token: '${TINWATCH_NO_SUCH}'}}"),
            "receivers.telegram: token: the environment has no TINWATCH_NO_SUCH");
  EXPECT_EQ(fault("{name: p, telegram: {chat: '1'}}"), "receivers.telegram: needs token_file");
  EXPECT_EQ(fault("{name: c, slack: {}}"),
            "receivers.slack: needs url_file: whoever knows the address can write there, so it "
            "stands in a file");
}

TEST_F(ReceiversTest, BeyondOnesOwnNetworksNothingGoesInTheClear) {
  secret("u", "http://chat.example.org/hook");
  EXPECT_EQ(fault("{name: c, mattermost: {url_file: u}}"),
            "receivers.mattermost: url: a receiver on the public internet is asked over https; one "
            "in a network of your "
            "own is named by allow_networks");
  EXPECT_EQ(std::get<alerts::ChatSettings>(
                sound("{name: c, allow_networks: ['10.1.0.0/16'], mattermost: {url_file: u}}").kind)
                .url,
            "http://chat.example.org/hook");
}

TEST_F(ReceiversTest, EachKindIsReadAsItsBlockIsNamed) {
  secret("t", "t0k");
  secret("u", "https://chat.example.org/hook");
  secret("any.mustache", R"({"text":"{{line}}"})");
  const std::vector<std::pair<std::string, std::string>> kinds{
      {"telegram", "telegram: {token_file: t, chat: '-100'}"},
      {"slack", "slack: {url_file: u}"},
      {"discord", "discord: {url_file: u}"},
      {"teams", "teams: {url_file: u}"},
      {"mattermost", "mattermost: {url_file: u}"},
      {"matrix",
       "matrix: {homeserver: 'https://m.example.org', room: '!r:example.org', token_file: t}"},
      {"ntfy", "ntfy: {url: 'https://ntfy.example.org/topic'}"},
      {"alertmanager",
       "allow_networks: ['127.0.0.1/32'], alertmanager: {url: 'http://127.0.0.1:9093/'}"},
      {"exec", "exec: {command: ['/bin/cat', '-u']}"},
      {"file", "file: {path: /var/lib/tinwatch/events.jsonl}"},
      {"http",
       "http: {url: 'https://any.example.org/', body: any.mustache, headers: {X-Key: k}, success: "
       "{json: /ok}}"}};
  for (const auto& [name, settings] : kinds)
    EXPECT_EQ(alerts::kind_name(sound("{name: r, " + settings + "}").kind), name);
  const auto prom = sound("{name: r, " + kinds[7].second + "}");
  EXPECT_EQ(std::get<alerts::AlertmanagerSettings>(prom.kind).http.url,
            "http://127.0.0.1:9093/api/v2/alerts");
  EXPECT_EQ(fault("{name: r}").substr(0, 30), "receivers: a receiver has one ");
  EXPECT_NE(
      fault("{name: r, file: {path: /x}, exec: {command: [/bin/cat]}}").find("this one has 2"),
      std::string::npos);
  EXPECT_EQ(fault("{name: r, exec: {command: [cat]}}").substr(0, 31),
            "receivers.exec: command must be");
  EXPECT_EQ(fault("{name: r, exec: {command: [/bin/cat], user: nobody-of-that-name}}"),
            "receivers.exec: user: there is no user 'nobody-of-that-name' on this machine");
  EXPECT_EQ(fault("{name: r, ntfy: {url: 'https://ntfy.example.org'}}"),
            "receivers.ntfy: url must end with the topic, as in https://ntfy.example.org/topic");
}

TEST_F(ReceiversTest, AHeartbeatIsToldNothing) {
  const auto beat = sound("{name: b, heartbeat: {url: 'https://hc.example.org/ping', every: 2m}}");
  EXPECT_EQ(std::get<alerts::HeartbeatSettings>(beat.kind).every, 2min);
  EXPECT_EQ(
      fault(
          "{name: b, heartbeat: {url: 'https://hc.example.org/ping'}}\nroutes: [{receivers: [b]}]"),
      "routes: 'b' is a heartbeat, which is told nothing");
}

TEST_F(ReceiversTest, ATemplateIsCheckedWithTheRest) {
  secret("u", "https://chat.example.org/hook");
  secret("bad.mustache", "{{#stories}}");
  secret("raw.mustache", "{{{line}}}");
  EXPECT_NE(fault("{name: c, slack: {url_file: u, template: bad.mustache}}").find("bad.mustache: "),
            std::string::npos);
  EXPECT_NE(
      fault("{name: c, slack: {url_file: u, template: raw.mustache}}").find("has to be escaped"),
      std::string::npos);
  EXPECT_NE(fault("{name: c, slack: {url_file: u, template: none.mustache}}").find("none.mustache"),
            std::string::npos);
  EXPECT_EQ(fault("{name: r, http: {url: 'https://any.example.org/'}}"),
            "receivers.http: needs body, a Mustache template");
}

TEST_F(ReceiversTest, HowPeopleAreToldIsReadAsAlertmanagerWritesIt) {
  secret("u", "https://chat.example.org/hook");
  const auto chat = sound(
      "{name: c, slack: {url_file: u}, settle_max: 20m, group_by: [watch, source], group_wait: "
      "30s, group_interval: 5m, "
      "pace: 5, digest: '07:00', quiet_hours: {time_intervals: [{times: [{start_time: '22:00', "
      "end_time: '24:00'}], "
      "weekdays: ['monday:friday'], months: ['may']}], except: [critical, high]}}");
  const auto& policy = chat.policy;
  EXPECT_EQ(policy.settle_max, 20min);
  EXPECT_EQ(policy.group_by,
            (std::set<alerts::GroupBy>{alerts::GroupBy::watch, alerts::GroupBy::source}));
  EXPECT_EQ(policy.group_wait, 30s);
  EXPECT_EQ(policy.pace, 5);
  EXPECT_EQ(policy.digest, 7h);
  EXPECT_EQ(policy.loud, (std::set<Severity>{Severity::critical, Severity::high}));
  const std::vector<alerts::TimeInterval> nights{
      {.minutes = {{22 * 60, 24 * 60}}, .weekdays = {{1, 5}}, .months = {{5, 5}}}};
  EXPECT_EQ(policy.quiet, nights);
  EXPECT_EQ(fault("{name: f, file: {path: /x}, settle: 2m}"),
            "receivers: settle is for receivers of people: a file is sent every event as it is");
  EXPECT_NE(fault("{name: c, slack: {url_file: u}, quiet_hours: {time_intervals: [{times: "
                  "[{start_time: '22:00', "
                  "end_time: '06:00'}]}]}}")
                .find("for a night write two times"),
            std::string::npos);
}

TEST_F(ReceiversTest, WhatIsReachedInAnotherWayHasAnotherFingerprint) {
  secret("u", "https://chat.example.org/hook");
  const auto print = [&](const std::string& settings) { return sound(settings).fingerprint; };
  const auto before = print("{name: c, slack: {url_file: u}}");
  EXPECT_EQ(print("{name: c, slack: {url_file: u}}"), before);
  secret("u", "https://chat.example.org/other");
  EXPECT_NE(print("{name: c, slack: {url_file: u}}"), before) << "the secret is another one";
  const auto now = print("{name: c, slack: {url_file: u}}");
  EXPECT_EQ(print("{name: c, pace: 5, lang: en, slack: {url_file: u}}"), now)
      << "what is on its way stays as it is";
  EXPECT_NE(print("{name: c, allow_networks: [10.0.0.0/8], slack: {url_file: u}}"), now);
}

}  // namespace
}  // namespace tinwatch::config
