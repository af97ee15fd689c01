#include "alerts/receiver.hpp"

#include "alerts/alertmanager.hpp"
#include "core/hash.hpp"
#include "letters.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_fetcher.hpp"
#include "support/run.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace tinwatch::alerts {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

ReceiverSettings chat(Service service, const std::string& url) {
  return {
      .name = "chat",
      .kind = ChatSettings{.service = service, .url = url, .chat = "!room:x.test", .token = "t0k"},
      .templates = {.text = shipped("text", Markup::plain),
                    .marked = shipped(template_of(service), markup_of(service))}};
}

class ReceiverTest : public testing::Test {
 protected:
  /// The request that a service is asked with.
  fetchers::FetchRequest asked(const ReceiverSettings& receiver, const std::string& url,
                               const Letter& letter,
                               fetchers::FetchResult answer = test::answer(200)) {
    test::FakeFetcher network;
    network.on(url, std::move(answer));
    fetchers::Mailer mailer(io.get_executor());
    const auto sink = make_sink(receiver, {.fetcher = network, .mailer = mailer, .clock = clock});
    auto written = write(receiver, letter, vietnamese());
    EXPECT_EQ(written.size(), 1U);
    Message message;
    message.id = written[0].id;
    message.body = written[0].body;
    plain = written[0].plain;
    result = test::run(io, sink->deliver(std::move(message)));
    EXPECT_EQ(network.requests.size(), 1U);
    return network.requests.at(0);
  }
  static json::object body(const fetchers::FetchRequest& request) {
    return json::parse(request.body).as_object();
  }

  asio::io_context io;
  test::FakeClock clock{seen_at};
  std::string plain;
  DeliveryResult result;
};

TEST_F(ReceiverTest, TelegramIsAskedAsItsBotApiSays) {
  auto receiver = chat(Service::telegram, "https://api.telegram.org");
  std::get<ChatSettings>(receiver.kind).chat = "-1001234";
  const auto url = "https://api.telegram.org/bott0k/sendMessage";
  const auto request =
      asked(receiver, url, letter_of({edited()}), test::answer(200, R"({"ok":true})"));
  EXPECT_EQ(request.method, "POST");
  const auto sent = body(request);
  EXPECT_EQ(sent.at("chat_id"), "-1001234");
  EXPECT_EQ(sent.at("parse_mode"), "HTML");
  EXPECT_EQ(sent.at("link_preview_options").at("is_disabled"), true);
  const std::string text(sent.at("text").as_string());
  EXPECT_TRUE(text.starts_with("<b>[Báo Quân khu 7] sửa: 5,4 → 6,1 tỷ đồng</b>")) << text;
  EXPECT_NE(text.find("<s>5,4</s> <u>6,1</u>"), std::string::npos) << text;
  EXPECT_FALSE(json::parse(plain).as_object().contains("parse_mode")) << "without markup";
  EXPECT_TRUE(result);
}

TEST_F(ReceiverTest, TelegramSaysInItsBodyHowLongToWait) {
  auto receiver = chat(Service::telegram, "https://api.telegram.org");
  const auto url = "https://api.telegram.org/bott0k/sendMessage";
  const auto* const busy =
      R"({"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":35}})";
  asked(receiver, url, letter_of({edited()}), test::answer(429, busy));
  EXPECT_EQ(result.error().kind, Failure::retry);
  EXPECT_EQ(result.error().retry_after, 35s);
  asked(receiver, url, letter_of({edited()}),
        test::answer(400, R"({"ok":false,"description":"Bad Request: can't parse entities"})"));
  EXPECT_EQ(result.error().kind, Failure::refused);
  EXPECT_EQ(result.error().detail, "HTTP status 400: Bad Request: can't parse entities");
  asked(receiver, url, letter_of({edited()}), test::answer(200, R"({"ok":false})"));
  EXPECT_EQ(result.error().kind, Failure::retry) << "200 alone says nothing";
}

TEST_F(ReceiverTest, SlackIsSentABlockWithinItsLimit) {
  std::vector<Story> many(40, edited(std::string(250, 'x')));
  const auto request = asked(chat(Service::slack, "https://hooks.slack.test/x"),
                             "https://hooks.slack.test/x", letter_of(many));
  const auto sent = body(request);
  const auto& block = sent.at("blocks").at(0);
  EXPECT_EQ(block.at("type"), "section");
  EXPECT_EQ(block.at("text").at("type"), "mrkdwn");
  EXPECT_LE(block.at("text").at("text").as_string().size(), 3000U);
  EXPECT_FALSE(sent.at("text").as_string().empty()) << "for notifications";
}

TEST_F(ReceiverTest, DiscordCallsNobody) {
  const auto request = asked(chat(Service::discord, "https://discord.test/api/webhooks/1/a"),
                             "https://discord.test/api/webhooks/1/a", letter_of({edited(hostile)}));
  const auto sent = body(request);
  EXPECT_TRUE(sent.at("allowed_mentions").at("parse").as_array().empty());
  EXPECT_LE(sent.at("content").as_string().size(), 2000U * 3);
}

TEST_F(ReceiverTest, TeamsIsSentACardOfPlainRuns) {
  const auto request = asked(chat(Service::teams, "https://teams.test/w"), "https://teams.test/w",
                             letter_of({edited(hostile)}));
  const auto sent = body(request);
  const auto& card = sent.at("attachments").at(0).at("content");
  EXPECT_EQ(sent.at("attachments").at(0).at("contentType"),
            "application/vnd.microsoft.card.adaptive");
  for (const auto& block : card.at("body").as_array())
    EXPECT_EQ(block.at("inlines").at(0).at("type"), "TextRun") << "in which nothing is markup";
  EXPECT_LE(request.body.size(), 28U * 1024);
  asked(chat(Service::teams, "https://teams.test/w"), "https://teams.test/w", letter_of({edited()}),
        test::answer(200,
                     "Webhook message delivery failed with error: Microsoft Teams endpoint "
                     "returned HTTP error 429 with ContextId"));
  EXPECT_EQ(result.error().kind, Failure::retry) << "it wraps errors in 200";
}

TEST_F(ReceiverTest, MatrixIsPutUnderTheMessagesId) {
  const auto url =
      "https://m.test/_matrix/client/v3/rooms/%21room%3Ax.test/send/m.room.message/0190-m";
  const auto request = asked(chat(Service::matrix, "https://m.test"), url, letter_of({edited()}));
  EXPECT_EQ(request.method, "PUT") << "again under the same id it is not said twice";
  const auto sent = body(request);
  EXPECT_EQ(sent.at("format"), "org.matrix.custom.html");
  EXPECT_EQ(std::string(sent.at("formatted_body").as_string()).find('\n'), std::string::npos);
  bool has_token = false;
  for (const auto& [name, value] : request.headers)
    has_token = has_token || (name == "Authorization" && value == "Bearer t0k");
  EXPECT_TRUE(has_token);
}

TEST_F(ReceiverTest, NtfyIsToldTopicAndPriority) {
  const auto request = asked(chat(Service::ntfy, "https://ntfy.test/desk"), "https://ntfy.test/",
                             letter_of(std::vector<Story>(30, edited())));
  const auto sent = body(request);
  EXPECT_EQ(sent.at("topic"), "desk");
  EXPECT_EQ(sent.at("priority"), 4);
  EXPECT_LE(sent.at("message").as_string().size(), 4096U) << "longer ones become a file";
}

TEST_F(ReceiverTest, ATitleIsOneLineWhateverAPagePrints) {
  auto story = edited("a\r\nb\xE2\x80\xAE gpj");
  story.edits.clear();
  const auto sent = body(asked(chat(Service::ntfy, "https://ntfy.test/desk"), "https://ntfy.test/",
                               letter_of({std::move(story)})));
  const std::string title(sent.at("title").as_string());
  EXPECT_NE(title.find(R"(a\u{000D}\u{000A}b\u{202E} gpj)"), std::string::npos) << title;
}

TEST_F(ReceiverTest, MattermostIsSentText) {
  const auto request = asked(chat(Service::mattermost, "https://mm.test/hooks/x"),
                             "https://mm.test/hooks/x", letter_of({edited()}));
  EXPECT_TRUE(body(request).at("text").is_string());
}

TEST_F(ReceiverTest, WithoutMarkupTextIsTextToo) {
  const auto letter = letter_of({edited(hostile)});
  const auto plain_of = [&](Service service, const char* key) {
    const auto url = "https://c.test/x";
    asked(chat(service, url), url, letter);
    return std::string(json::parse(plain).as_object().at(key).as_string());
  };
  EXPECT_EQ(plain_of(Service::slack, "text").find("<!channel>"), std::string::npos);
  for (const auto& text :
       {plain_of(Service::discord, "content"), plain_of(Service::mattermost, "text")}) {
    EXPECT_EQ(text.find("[x](http"), std::string::npos) << text;
    EXPECT_EQ(text.find("@everyone"), std::string::npos) << text;
  }
  const auto matrix =
      "https://m.test/_matrix/client/v3/rooms/%21room%3Ax.test/send/m.room.message/0190-m";
  const auto sent = body(asked(chat(Service::matrix, "https://m.test"), matrix, letter));
  EXPECT_TRUE(sent.at("m.mentions").as_object().empty()) << "@room calls nobody";
}

TEST_F(ReceiverTest, ATemplateIsTheWholeBodyAndItsAnswerIsRead) {
  ReceiverSettings any{.name = "any"};
  any.kind = TemplateSettings{
      .http = {.url = "https://any.test/", .headers = {{"Content-Type", "application/json"}}},
      .body = LetterTemplate::parse(R"({"say":"{{line}}"})", Markup::json).value(),
      .success = {.pointer = "/status", .equals = "sent"}};
  const auto request = asked(any, "https://any.test/", letter_of({edited(hostile)}),
                             test::answer(200, R"({"status":"sent"})"));
  EXPECT_TRUE(body(request).at("say").is_string()) << request.body;
  EXPECT_TRUE(result);
  asked(any, "https://any.test/", letter_of({edited()}), test::answer(200, R"({"status":"no"})"));
  EXPECT_EQ(result.error().detail, "the answer's /status is not sent");
}

Event event_of(EventType type, const std::string& data) {
  Event out;
  out.id = "e";
  out.type = label(type);
  out.source = "bao";
  out.at = seen_at;
  out.data = data;
  return out;
}

json::object alert_of(const Event& event) {
  const auto all = json::parse(alerts_json(event, vietnamese(), event.at + 2h)).as_array();
  EXPECT_EQ(all.size(), 1U);
  return all.at(0).as_object();
}

TEST(Alertmanager, LabelsAreOurs) {
  auto removed = event_of(EventType::article_removed,
                          R"({"article":{"headline":"{{ $x }} <b>","url":"https://bao.test/a"}})");
  removed.article = "0190-a";
  const auto alert = alert_of(removed);
  EXPECT_EQ(alert.at("labels"), json::value({{"alertname", "TinwatchArticleRemoved"},
                                             {"event", "tinwatch.article.removed"},
                                             {"severity", "critical"},
                                             {"source", "bao"},
                                             {"article", "0190-a"}}));
  EXPECT_EQ(alert.at("annotations").at("summary"), "[bao] {{ $x }} <b>");
  EXPECT_EQ(alert.at("generatorURL"), "https://t.test/articles/0190-a");
  EXPECT_EQ(alert.at("startsAt"), "2026-03-02T07:02:00Z");
  EXPECT_EQ(alert.at("endsAt"), "2026-03-02T10:07:00Z")
      << "an hour after it was sent, however late";
}

TEST(Alertmanager, ARecoveryEndsItsTrouble) {
  const auto silent = alert_of(event_of(EventType::source_silent, R"({"reason":"nothing_new"})"));
  const auto over = alert_of(event_of(EventType::source_recovered, R"({"from":"silent"})"));
  EXPECT_EQ(silent.at("labels"), over.at("labels")) << "else it would be another alert";
  EXPECT_EQ(over.at("endsAt"), "2026-03-02T07:02:00Z");
  EXPECT_EQ(silent.at("annotations").at("description"), "nothing_new");
}

TEST(Alertmanager, WhatLastsIsTheSameAlertAgain) {
  const auto begun = alert_of(event_of(EventType::source_silent, R"({"reason":"nothing_new"})"));
  const Condition lasts{.name = {.type = EventType::source_silent,
                                 .severity = severity_of(EventType::source_silent),
                                 .source = "bao"},
                        .since = seen_at};
  const auto again =
      json::parse(conditions_json({lasts}, seen_at + 10min, vietnamese())).as_array().at(0);
  EXPECT_EQ(again.at("labels"), begun.at("labels"));
  EXPECT_EQ(again.at("startsAt"), begun.at("startsAt"));
  EXPECT_EQ(again.at("endsAt"), "2026-03-02T07:17:00Z") << "five minutes after it was sent last";
}

TEST(Alertmanager, DamageIsSaid) {
  EXPECT_ANY_THROW(
      static_cast<void>(alerts_json(event_of(EventType::watch_hit, "{"), vietnamese(), seen_at)));
}

Mail a_mail() {
  return {.id = "0190-m",
          .at = seen_at,
          .from = "tinwatch@example.org",
          .to = "desk@example.org",
          .subject = "[Báo Quân khu 7] sửa: 5,4 → 6,1 tỷ đồng trong năm nay và năm sau nữa",
          .text = "văn bản",
          .html = "<p>văn bản</p>",
          .thread = "0190-a",
          .list = "bridges"};
}

TEST(MailBytes, AreWhatMailProgramsExpect) {
  const auto mail = mail_bytes(a_mail());
  for (const auto* line :
       {"Date: Mon, 02 Mar 2026 07:02:00 +0000\r\n", "From: Tinwatch <tinwatch@example.org>\r\n",
        "To: <desk@example.org>\r\n", "Message-ID: <0190-m@example.org>\r\n",
        "References: <article-0190-a@example.org>\r\n",
        "List-Id: <bridges.tinwatch.example.org>\r\n", "Auto-Submitted: auto-generated\r\n",
        "MIME-Version: 1.0\r\n", "Content-Type: text/plain; charset=utf-8\r\n",
        "Content-Type: text/html; charset=utf-8\r\n"})
    EXPECT_NE(mail.find(line), std::string::npos) << line << mail;
  EXPECT_NE(mail.find(base64("văn bản")), std::string::npos);
  std::size_t longest = 0;
  for (std::size_t at = 0; at < mail.size();) {
    const auto end = mail.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    longest = std::max(longest, end - at);
    at = end + 2;
  }
  EXPECT_LE(longest, 78U) << "RFC 5322 section 2.1.1";
  for (const char c : mail) EXPECT_LT(static_cast<unsigned char>(c), 0x80) << "ASCII";
}

TEST(MailBytes, AHeadlineAddsNoHeader) {
  auto mail = a_mail();
  for (const auto* subject : {hostile, "plain\r\nBcc: evil@evil.test"}) {
    mail.subject = subject;
    const auto bytes = mail_bytes(mail);
    const auto header = bytes.substr(0, bytes.find("\r\n\r\n"));
    EXPECT_EQ(header.find("\nBcc:"), std::string::npos) << header;
  }
  EXPECT_NE(mail_bytes(mail).find(R"(Subject: plain\u{000D}\u{000A}Bcc: evil)"), std::string::npos)
      << "it is said what stood there";
  for (const auto* wrong : {"desk", "desk@", "@x", "a b@x", "a@x\r\nBcc: b@y", "<a@x>", ""})
    EXPECT_FALSE(is_mail_address(wrong)) << wrong;
  EXPECT_TRUE(is_mail_address("desk+news@example.org"));
}

TEST(MailBytes, EachRecipientHasHisOwnMessage) {
  ReceiverSettings desk{.name = "desk"};
  desk.kind = MailSettings{.from = "t@x.test", .to = {"a@x.test", "b@x.test"}};
  desk.templates = {.text = shipped("text", Markup::plain),
                    .marked = shipped("html", Markup::html)};
  const auto written = write(desk, letter_of({edited()}), vietnamese());
  ASSERT_EQ(written.size(), 2U);
  EXPECT_EQ(written[0].recipient, "a@x.test");
  EXPECT_NE(written[0].id, written[1].id);
  EXPECT_NE(written[1].body.find("Message-ID: <" + written[1].id + "@x.test>"), std::string::npos);
  EXPECT_NE(written[1].body.find("To: <b@x.test>"), std::string::npos);
}

}  // namespace
}  // namespace tinwatch::alerts
