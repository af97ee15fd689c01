#include "alerts/standard_webhook.hpp"
#include "alerts/webhook_sink.hpp"
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

Delivery delivery() {
  Delivery out;
  out.id = "delivery-1";
  out.event.id = "event-1";
  out.event.type = "tinwatch.article.revised";
  out.event.source = "bao";
  out.event.article = "article-1";
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
  EXPECT_EQ(outcome(test::failure(FetchFailure::connect)).error().kind, Failure::retry);
  EXPECT_EQ(outcome(test::answer(408)).error().kind, Failure::retry);
  EXPECT_EQ(outcome(test::answer(500)).error().kind, Failure::retry);
  for (const int of_the_receiver : {401, 403, 404, 425})
    EXPECT_EQ(outcome(test::answer(of_the_receiver)).error().kind, Failure::retry)
        << "no delivery is lost by " << of_the_receiver;
  for (const int of_the_message : {400, 413, 415, 422})
    EXPECT_EQ(outcome(test::answer(of_the_message)).error().kind, Failure::rejected)
        << of_the_message;
  EXPECT_EQ(outcome(test::answer(499)).error().kind, Failure::rejected);
  EXPECT_EQ(outcome(test::answer(410)).error().kind, Failure::gone);
}

TEST(WebhookSink, TheRequestCarriesWhatWasSigned) {
  asio::io_context io;
  test::FakeClock clock(Instant{} + 1234567890s + 999ms);
  test::FakeFetcher network;
  network.on("https://h.test/", test::answer(204));
  const std::vector<std::string> keys = {parse_secret(secret).value(), std::string(32, 'k')};
  const auto networks = std::make_shared<const std::vector<fetchers::Network>>();
  WebhookSink sink(
      network, clock,
      {.url = "https://h.test/", .keys = keys, .timeout = 7s, .allow_networks = networks},
      "https://t.test/");
  ASSERT_TRUE(test::run(io, sink.deliver(delivery())));
  ASSERT_EQ(network.requests.size(), 1U);
  const auto& request = network.requests.front();
  EXPECT_EQ(request.body, cloud_event_json(delivery().event, "https://t.test/"));
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
  asio::io_context io;
  test::FakeClock clock(Instant{} + 100s);
  test::FakeFetcher network;
  network.on("https://h.test/", test::answer(204));
  WebhookSink sink(network, clock, {.url = "https://h.test/"}, "https://t.test/");
  ASSERT_TRUE(test::run(io, sink.deliver(delivery())));
  for (const auto& [name, value] : network.requests.at(0).headers)
    EXPECT_NE(name, "webhook-signature") << value;
}

TEST(WebhookSink, ARetryAfterIsHandedOn) {
  asio::io_context io;
  test::FakeClock clock(Instant{} + 100s);
  test::FakeFetcher network;
  auto busy = test::answer(429);
  busy->retry_after = 90s;
  network.on("https://h.test/", busy);
  WebhookSink sink(network, clock, {.url = "https://h.test/"}, "https://t.test/");
  EXPECT_EQ(test::run(io, sink.deliver(delivery())).error().retry_after, 90s);
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
      damaged.event.article = subject;
      const auto result = test::run(io, sink.deliver(std::move(damaged)));
      ASSERT_FALSE(result) << data << subject;
      EXPECT_EQ(result.error().kind, Failure::rejected) << data << subject;
    }
  EXPECT_TRUE(network.requests.empty());
}

}  // namespace
}  // namespace tinwatch::alerts
