#include "alerts/cloud_event.hpp"
#include "alerts/standard_webhook.hpp"
#include "alerts/webhook_sink.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_fetcher.hpp"
#include "support/run.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace tinwatch::alerts {
namespace {

using namespace std::chrono_literals;

constexpr auto secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

Delivery delivery() {
  Delivery out;
  out.id = "delivery-1";
  out.event.id = "event-1";
  out.event.type = "tinwatch.article.revised";
  out.event.source = "bao";
  out.event.subject = "article-1";
  out.event.at = Instant{} + 1s;
  out.event.sequence = 7;
  out.event.data = R"({"revision":2})";
  return out;
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
  const auto text = cloud_event_json(delivery().event, "https://t.test/");
  const auto event = boost::json::parse(text).as_object();
  EXPECT_EQ(event.at("specversion"), "1.0");
  EXPECT_EQ(event.at("source"), "https://t.test/sources/bao");
  EXPECT_EQ(event.at("time"), "1970-01-01T00:00:01Z");
  EXPECT_EQ(event.at("sequence"), "0000000007");
  EXPECT_EQ(event.at("dataschema"), "https://t.test/schemas/tinwatch.article.revised/1");
  EXPECT_EQ(event.at("data").at("revision"), 2);
  EXPECT_EQ(event.at("data").at("link"), "https://t.test/articles/article-1");
  EXPECT_EQ(cloud_event_json(delivery().event, "https://t.test/"), text)
      << "the same bytes at every try";
}

TEST(WebhookSink, TellsWhatAnAnswerMeans) {
  asio::io_context io;
  test::FakeClock clock(Instant{} + 100s);
  const auto outcome = [&](fetchers::FetchResult reply) {
    test::FakeFetcher network;
    network.on("https://h.test/", std::move(reply));
    WebhookSink sink(network, clock,
                     {.url = "https://h.test/", .keys = {parse_secret(secret).value()}},
                     "https://t.test/");
    auto result = test::run(io, sink.deliver(delivery()));
    EXPECT_EQ(network.requests.at(0).method, "POST");
    return result;
  };
  EXPECT_TRUE(outcome(test::answer(204)));
  EXPECT_EQ(outcome(test::answer(503)).error().kind, Failure::retry);
  EXPECT_EQ(outcome(test::answer(429)).error().kind, Failure::retry);
  EXPECT_EQ(outcome(test::redirect("https://evil.test/")).error().kind, Failure::retry)
      << "redirects are not followed";
  EXPECT_EQ(outcome(test::failure(fetchers::FetchErrorKind::connect)).error().kind, Failure::retry);
  EXPECT_EQ(outcome(test::answer(404)).error().kind, Failure::rejected);
  EXPECT_EQ(outcome(test::answer(410)).error().kind, Failure::gone);
}

TEST(WebhookSink, ADamagedEventHoldsUpNothing) {
  asio::io_context io;
  test::FakeClock clock(Instant{} + 100s);
  test::FakeFetcher network;
  WebhookSink sink(network, clock, {.url = "https://h.test/"}, "https://t.test/");
  for (const auto* data : {"{", "[]", ""})
    for (const auto* subject : {"", "article"}) {
      auto damaged = delivery();
      damaged.event.data = data;
      damaged.event.subject = subject;
      const auto result = test::run(io, sink.deliver(std::move(damaged)));
      ASSERT_FALSE(result) << data << subject;
      EXPECT_EQ(result.error().kind, Failure::rejected) << data << subject;
    }
  EXPECT_TRUE(network.requests.empty());
}

}  // namespace
}  // namespace tinwatch::alerts
