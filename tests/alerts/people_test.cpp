#include "core/record.hpp"
#include "delivery_fixture.hpp"
#include "letters.hpp"

#include <boost/json.hpp>

#include <functional>

namespace tinwatch::alerts {
namespace {

using namespace std::chrono_literals;
using storage::now;
using Texts = std::vector<std::string>;

/// What a chat makes of a message: nothing when it takes it.
using Answer = std::function<std::optional<DeliveryError>(const std::string& text)>;

class Chat final : public AlertSink {
 public:
  struct Said {
    std::string id;
    std::string text;
    Instant at;
  };
  Chat(Clock& clock, std::vector<Said>& said, Answer answer)
      : clock_(clock), said_(said), answer_(std::move(answer)) {}
  Task<DeliveryResult> deliver(Message message) override {
    const auto text = std::string(boost::json::parse(message.body).at("text").as_string());
    said_.push_back({message.id, text, clock_.now()});
    if (auto error = answer_(text)) co_return fail(std::move(*error));
    co_return true;
  }

 private:
  Clock& clock_;
  std::vector<Said>& said_;
  Answer answer_;
};

std::optional<DeliveryError> taken(const std::string& /*text*/) { return std::nullopt; }

/// Articles whose edits are told to a chat, on a clock that the test moves. The messages are
/// written out.
class PeopleTest : public DeliveryLoopTest {
 protected:
  /// An article with that text, or its next revision.
  void page(const std::string& number, const std::string& text, EventType type,
            const std::string& watch = {}, Transition transition = Transition::appeared) {
    const auto url = "http://a.test/" + number;
    auto commit = published(url);
    commit.standing->identifier = number;
    commit.at = commit.frontier.visited_at = commit.events.front().at = clock.now();
    int revision = 1;
    if (const auto stored = find_article(number)) {
      commit.article = known(*stored);
      revision = stored->head.revision + 1;
      ids_[number] = stored->id;
    } else {
      ids_[number] = std::get<storage::NewArticle>(commit.article).id;
    }
    ArticleRecord record;
    record.headline = "Tin " + number;
    record.body = {{BlockType::paragraph, text}};
    commit.state->record = boost::json::serialize(to_json(record));
    commit.revision->editorial_hash = text;
    commit.revision->not_before = clock.now() - 1min;
    boost::json::object data{
        {"article", {{"id", ids_[number]}, {"headline", record.headline}, {"url", url}}},
        {"revision", revision}};
    if (type == EventType::article_revised) data["change"] = {{"class", "fact"}};
    auto& event = commit.events.front();
    event.type = type;
    event.data = boost::json::serialize(data);
    event.deliveries.front().receiver = routed ? "chat" : "nobody";
    if (retracts) event.retracts = storage::Retraction{.after_revision = 1};
    if (!watch.empty()) {
      storage::NewEvent hit{
          .id = "h" + std::to_string(made), .type = EventType::watch_hit, .at = clock.now()};
      data["watch"] = {{"name", watch}, {"title", watch}};
      data["transition"] = label(transition);
      data["hits"] = boost::json::array{{{"field", "body"}, {"words", "cầu"}, {"sentence", text}}};
      hit.data = boost::json::serialize(data);
      hit.hit = storage::NewHit{"n" + std::to_string(made), watch, "default", transition};
      hit.deliveries.push_back(
          {"x" + std::to_string(made), "chat", "default", severity_of(transition), snoozes});
      commit.events.push_back(std::move(hit));
    }
    write(std::move(commit));
    if (loop) loop->ring();
    pass(0s);
  }
  void start(Answer answer, MessagePolicy policy = {}) {
    Recipient to{.settings = {.name = "chat", .policy = std::move(policy)},
                 .style = vietnamese(),
                 .sources = {{"bao", "Báo"}}};
    to.settings.kind = ChatSettings{.service = Service::mattermost};
    to.settings.templates = {
        .text = LetterTemplate::parse("plain: {{line}}", Markup::plain).value(),
        .marked = LetterTemplate::parse(
                      "{{line}}{{#counts}} {{name}}={{count}}{{/counts}}{{#stories}}|{{#watches}}"
                      "{{title}}{{#snoozed}} "
                      "({{snoozed}}){{/snoozed}},{{/"
                      "watches}}{{#edits}}{{#runs}}{{#removed}}-{{text}}{{/removed}}"
                      "{{#added}}+{{text}}{{/added}}{{/runs}};{{/edits}}{{stood}}{{/stories}}",
                      Markup::plain)
                      .value()};
    to.sink = std::make_shared<Chat>(clock, said, std::move(answer));
    start_loop(std::move(to));
  }
  Texts texts() const {
    Texts out;
    for (const auto& one : said) out.push_back(one.text);
    return out;
  }
  Texts states(const std::string& state) const {
    Texts out;
    for (const auto& one : storage::Reader(path).deliveries({.state = state, .limit = 100}))
      out.push_back(one.id);
    return out;
  }

  std::vector<Chat::Said> said;
  bool routed = true;
  bool retracts = false;
  bool snoozes = false;

 private:
  std::map<std::string, std::string> ids_;
};

TEST_F(PeopleTest, AnEditAndItsEditAreToldOnceWithTheWholeDifference) {
  start(taken);
  page("1", "giá 5 đồng", EventType::article_published);
  EXPECT_EQ(texts(), Texts{"[Báo] mới: Tin 1|"});
  pass(1h);
  page("1", "giá 6 đồng", EventType::article_revised);
  pass(1min);
  EXPECT_EQ(said.size(), 1U) << "it settles";
  page("1", "giá 7 đồng", EventType::article_revised);
  pass(90s);
  EXPECT_EQ(said.size(), 1U);
  pass(1min);
  EXPECT_EQ(texts().back(), "[Báo] sửa: 5 → 7 đồng|-5+7;");
}

TEST_F(PeopleTest, WhatWasEditedBackMeanwhileIsNotTold) {
  start(taken);
  page("1", "giá 5 đồng", EventType::article_published);
  page("1", "giá 6 đồng", EventType::article_revised);
  page("1", "giá 5 đồng", EventType::article_revised);
  pass(1h);
  EXPECT_EQ(said.size(), 1U);
  EXPECT_EQ(states("settled").size(), 2U);
}

TEST_F(PeopleTest, WhatWasEditedBackIsToldWhereAWatchHit) {
  start(taken);
  page("1", "giá 5 đồng", EventType::article_published);
  page("1", "cầu 6 đồng", EventType::article_revised, "bridges", Transition::changed);
  pass(1min);
  page("1", "giá 5 đồng", EventType::article_revised);
  pass(1h);
  ASSERT_EQ(said.size(), 2U);
  EXPECT_NE(texts().back().find("Đã hiện ra trong lúc"), std::string::npos) << texts().back();
}

TEST_F(PeopleTest, BeyondSettlingAnEditBackIsToldAsAnEdit) {
  start(taken);
  page("1", "giá 5 đồng", EventType::article_published);
  page("1", "giá 6 đồng", EventType::article_revised);
  pass(3min);
  page("1", "giá 5 đồng", EventType::article_revised);
  pass(3min);
  EXPECT_EQ(texts(), (Texts{"[Báo] mới: Tin 1|", "[Báo] sửa: 5 → 6 đồng|-5+6;",
                            "[Báo] sửa: 6 → 5 đồng|-6+5;"}));
}

TEST_F(PeopleTest, ARouteAndAWatchOnOneEventAreOneMessage) {
  start(taken);
  page("1", "cầu mới", EventType::article_published, "bridges");
  EXPECT_EQ(texts(), Texts{"[Báo] mới: Tin 1|bridges,"});
  EXPECT_EQ(states("delivered").size(), 2U);
}

TEST_F(PeopleTest, ATakedownInQuietHoursIsToldAndTheRestAfterThem) {
  MessagePolicy policy;
  policy.zone = TimeZone::fixed(0min);
  const auto minute = static_cast<int>(
      std::chrono::floor<std::chrono::minutes>(now - std::chrono::floor<std::chrono::days>(now))
          .count());
  policy.quiet = {{.minutes = {{minute, minute + 60}}}};
  start(taken, policy);
  page("1", "a", EventType::article_published);
  page("2", "b", EventType::article_published);
  pass(10min);
  EXPECT_EQ(texts(), Texts{});
  routed = false;
  page("3", "cầu", EventType::article_published, "bridges", Transition::disappeared);
  pass(1min);
  EXPECT_EQ(said.size(), 1U) << "critical passes";
  pass(1h);
  ASSERT_EQ(said.size(), 2U);
  EXPECT_EQ(texts().back(), "[Báo] mới: Tin 1 (+1 tin khác)||") << "one digest";
}

TEST_F(PeopleTest, RetriesSendTheSameBytesUnderTheSameId) {
  int failures = 3;
  start([&](const auto&) -> std::optional<DeliveryError> {
    if (failures-- > 0) return DeliveryError{Failure::retry, "503", std::nullopt};
    return std::nullopt;
  });
  page("1", "a", EventType::article_published);
  page("1", "b", EventType::article_revised);  // comes later: another message
  pass(1h);
  ASSERT_GE(said.size(), 5U);
  for (std::size_t i = 1; i < 4; ++i) {
    EXPECT_EQ(said[i].id, said[0].id);
    EXPECT_EQ(said[i].text, said[0].text);
  }
  EXPECT_NE(said[4].id, said[0].id);
}

TEST_F(PeopleTest, AChatThatRefusesTheMarkupIsSentPlainTextOnce) {
  start([](const std::string& text) -> std::optional<DeliveryError> {
    if (text.starts_with("plain")) return std::nullopt;
    return DeliveryError{Failure::refused, "HTTP status 400", std::nullopt};
  });
  page("1", "a", EventType::article_published);
  pass(1min);
  EXPECT_EQ(texts(), (Texts{"[Báo] mới: Tin 1|", R"(plain\: \[Báo\] mới\: Tin 1)"}))
      << "text of a service that takes all for Markdown";
  EXPECT_EQ(said[0].id, said[1].id);
  EXPECT_EQ(states("delivered").size(), 1U);
}

TEST_F(PeopleTest, AStormIsTwentyMessagesAndASummaryOfTheRest) {
  for (int i = 0; i < 60; ++i)
    page(std::to_string(100 + i), "cầu", EventType::article_published, "bridges");
  start(taken);
  pass(2min);
  ASSERT_EQ(said.size(), 21U);
  EXPECT_EQ(texts().back(), "[Tinwatch] 80 tin báo mới=40 bridges=40");
  EXPECT_EQ(states("delivered").size(), 100U) << "the first hundred of the list";
  const auto parts = storage::Reader(path).deliveries_of_message(said.back().id, 0, 1000);
  EXPECT_EQ(parts.size(), 80U) << "none is missing from what it links to";
}

TEST_F(PeopleTest, AWatchThatIsEditedMeanwhileWithdrawsNothing) {
  page("1", "cầu mới", EventType::article_published, "bridges");
  page("1", "không", EventType::article_revised);
  start(taken);
  pass(10min);
  ASSERT_GE(said.size(), 1U);
  EXPECT_NE(texts().front().find("bridges"), std::string::npos) << "as it was decided";
}

TEST_F(PeopleTest, WhoeverWasToldIsToldOfItsRetraction) {
  start(taken);
  page("1", "cầu 5 đồng", EventType::article_published, "bridges");
  page("2", "khác", EventType::article_published);
  pass(3min);
  routed = false;
  page("1", "cầu 6 đồng", EventType::article_revised, "bridges", Transition::changed);
  pass(3min);
  const auto before = said.size();
  retracts = true;  // and the watch is gone
  page("1", "cầu 5 đồng", EventType::article_revised);
  pass(3min);
  ASSERT_EQ(said.size(), before + 1);
  EXPECT_EQ(texts().back(), "[Báo] sửa: 6 → 5 đồng|-6+5;");
  page("3", "ai cũng không biết", EventType::article_published);
  pass(3min);
  EXPECT_EQ(said.size(), before + 1) << "of another article nobody was told";
}

TEST_F(PeopleTest, WhatASnoozeKeptBackIsCountedByTheNextMessage) {
  start(taken);
  snoozes = true;
  page("1", "cầu", EventType::article_published, "bridges");
  page("2", "cầu", EventType::article_published, "bridges");
  pass(1h);
  const auto before = said.size();
  EXPECT_EQ(states("snoozed").size(), 2U);
  snoozes = false;
  page("3", "cầu", EventType::article_published, "bridges");
  pass(1min);
  ASSERT_EQ(said.size(), before + 1);
  EXPECT_EQ(texts().back(), "[Báo] mới: Tin 3|bridges (2 lần khớp trong lúc tạm ngưng),");
  page("4", "cầu", EventType::article_published, "bridges");
  pass(1min);
  EXPECT_EQ(texts().back(), "[Báo] mới: Tin 4|bridges,") << "once";
}

TEST_F(PeopleTest, ADamagedEventIsADeadLetterAlone) {
  page("1", "a", EventType::article_published);
  page("2", "b", EventType::article_published, "bridges");
  storage::sqlite::Connection(path).execute("UPDATE events SET data = '{' WHERE seq IN (1, 3)");
  start(taken);
  pass(1min);
  EXPECT_EQ(texts(), Texts{"[Báo] mới: Tin 2|"});
  EXPECT_EQ(states("dead").size(), 2U) << "one of them beside one that is whole";
  EXPECT_EQ(states("delivered").size(), 1U);
}

}  // namespace
}  // namespace tinwatch::alerts
