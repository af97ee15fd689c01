#include "alerts/receiver.hpp"
#include "alerts/standard_webhook.hpp"
#include "core/event_json.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_fetcher.hpp"
#include "support/run.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <map>

namespace tinwatch::alerts {
namespace {

using namespace std::chrono_literals;

constexpr auto secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

Event event() {
  Event out;
  out.id = "event-1";
  out.type = "tinwatch.article.revised";
  out.source = "bao";
  out.article = "article-1";
  out.at = Instant{} + 1s;
  out.sequence = 7;
  out.data = R"({"revision":2})";
  return out;
}

const LetterStyle style{.external_url = "https://t.test/"};

ReceiverSettings webhook(HttpSettings http) {
  http.url = "https://h.test/";
  http.is_signed = true;
  http.headers = {{"Content-Type", "application/cloudevents+json"}};
  return {.name = "desk", .kind = WebhookSettings{.http = std::move(http)}};
}

Message message() {
  Message out;
  out.id = "delivery-1";
  out.body = write(webhook({}), event(), style, Instant{});
  return out;
}

/// What the receiver makes of the message, over that network.
DeliveryResult deliver(test::FakeFetcher& network, Clock& clock, HttpSettings http = {}) {
  asio::io_context io;
  fetchers::Mailer mailer(io.get_executor());
  const auto sink =
      make_sink(webhook(std::move(http)), {.fetcher = network, .mailer = mailer, .clock = clock});
  return test::run(io, sink->deliver(message()));
}

TEST(Sign, AgreesWithOtherCode) {
  const auto key = parse_secret(secret).value();
  // Computed with Python's hmac module.
  EXPECT_EQ(sign({key}, "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant{} + 1614265330s,
                 R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  EXPECT_EQ(sign({key, key}, "a", Instant{}, "b").find(' '),
            sign({key}, "a", Instant{}, "b").size())
      << "one signature a key";
}

TEST(ParseSecret, RefusesWeakOnes) {
  for (const auto* text :
       {"", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_c2hvcnQ=", "whsec_%%%%"})
    EXPECT_FALSE(parse_secret(text)) << text;
  EXPECT_TRUE(parse_secret(std::string(secret) + "\n"));
}

TEST(CloudEvent, IsStructuredJson) {
  const auto text = cloud_event_json(event(), "https://t.test/");
  const auto parsed = boost::json::parse(text).as_object();
  EXPECT_EQ(parsed.at("specversion"), "1.0");
  EXPECT_EQ(parsed.at("source"), "https://t.test/sources/bao");
  EXPECT_EQ(parsed.at("time"), "1970-01-01T00:00:01Z");
  EXPECT_EQ(parsed.at("sequence"), "0000000007");
  EXPECT_EQ(parsed.at("dataschema"), "https://t.test/schemas/tinwatch.article.revised/1");
  EXPECT_EQ(parsed.at("data").at("revision"), 2);
  EXPECT_EQ(parsed.at("data").at("link"), "https://t.test/articles/article-1");
  EXPECT_EQ(cloud_event_json(event(), "https://t.test/"), text) << "the same bytes at every try";
}

TEST(WebhookSink, TellsWhatAnAnswerMeans) {
  test::FakeClock clock(Instant{} + 100s);
  const auto outcome = [&](fetchers::FetchResult reply) {
    test::FakeFetcher network;
    network.on("https://h.test/", std::move(reply));
    auto result = deliver(network, clock, {.keys = {parse_secret(secret).value()}});
    EXPECT_EQ(network.requests.at(0).method, "POST");
    return result;
  };
  EXPECT_TRUE(outcome(test::answer(204)));
  EXPECT_EQ(outcome(test::answer(503)).error().kind, Failure::retry);
  EXPECT_EQ(outcome(test::answer(429)).error().kind, Failure::retry);
  EXPECT_EQ(outcome(test::redirect("https://evil.test/")).error().kind, Failure::misconfigured)
      << "redirects are not followed";
  EXPECT_EQ(outcome(test::failure(FetchFailure::connect)).error().kind, Failure::retry);
  EXPECT_EQ(outcome(test::answer(408)).error().kind, Failure::retry);
  EXPECT_EQ(outcome(test::answer(500)).error().kind, Failure::retry);
  EXPECT_EQ(outcome(test::answer(425)).error().kind, Failure::retry);
  for (const int of_the_receiver : {401, 403, 404, 405})
    EXPECT_EQ(outcome(test::answer(of_the_receiver)).error().kind, Failure::misconfigured)
        << "no delivery is lost by " << of_the_receiver;
  EXPECT_EQ(outcome(test::failure(FetchFailure::refused_address)).error().kind,
            Failure::misconfigured);
  for (const int of_the_message : {400, 413, 415, 422})
    EXPECT_EQ(outcome(test::answer(of_the_message)).error().kind, Failure::refused)
        << of_the_message;
  EXPECT_EQ(outcome(test::answer(499)).error().kind, Failure::refused);
  EXPECT_EQ(outcome(test::answer(410)).error().kind, Failure::gone);
}

TEST(WebhookSink, TheRequestCarriesWhatWasSigned) {
  test::FakeClock clock(Instant{} + 1234567890s + 999ms);
  test::FakeFetcher network;
  network.on("https://h.test/", test::answer(204));
  const std::vector<std::string> keys = {parse_secret(secret).value(), std::string(32, 'k')};
  const auto networks = std::make_shared<const std::vector<fetchers::Network>>();
  ASSERT_TRUE(deliver(network, clock, {.keys = keys, .timeout = 7s, .allow_networks = networks}));
  ASSERT_EQ(network.requests.size(), 1U);
  const auto& request = network.requests.front();
  EXPECT_EQ(request.body, cloud_event_json(event(), "https://t.test/"));
  EXPECT_EQ(request.timeout, 7s);
  EXPECT_EQ(request.stall, 0s) << "nothing but the time-out ends it";
  EXPECT_EQ(request.allow_networks, networks);
  const std::map<std::string, std::string> headers(request.headers.begin(), request.headers.end());
  ASSERT_EQ(request.headers.size(), 4U);
  EXPECT_EQ(headers.at("Content-Type"), "application/cloudevents+json");
  EXPECT_EQ(headers.at("webhook-id"), "delivery-1") << "the same over all tries, for life";
  EXPECT_EQ(headers.at("webhook-timestamp"), "1234567890") << "of this try, in whole seconds";
  // As a receiver checks it: over the id, the time and the body as they came.
  const Instant sent =
      Instant{} + std::chrono::seconds{std::stoll(headers.at("webhook-timestamp"))};
  EXPECT_EQ(headers.at("webhook-signature"),
            sign(keys, headers.at("webhook-id"), sent, request.body));
}

TEST(WebhookSink, WithoutAKeyNothingIsSigned) {
  test::FakeClock clock(Instant{} + 100s);
  test::FakeFetcher network;
  network.on("https://h.test/", test::answer(204));
  ASSERT_TRUE(deliver(network, clock));
  for (const auto& [name, value] : network.requests.at(0).headers)
    EXPECT_NE(name, "webhook-signature") << value;
}

TEST(WebhookSink, ARetryAfterIsHandedOn) {
  test::FakeClock clock(Instant{} + 100s);
  test::FakeFetcher network;
  auto busy = test::answer(429);
  busy->retry_after = 90s;
  network.on("https://h.test/", busy);
  EXPECT_EQ(deliver(network, clock).error().retry_after, 90s);
}

TEST(WebhookSink, ADamagedEventIsNothingToBeSent) {
  for (const auto* data : {"{", "[]", ""})
    for (const auto* subject : {"", "article"}) {
      auto damaged = event();
      damaged.data = data;
      damaged.article = subject;
      EXPECT_ANY_THROW(static_cast<void>(write(webhook({}), damaged, style, Instant{})))
          << data << subject;
    }
}

}  // namespace
}  // namespace tinwatch::alerts
