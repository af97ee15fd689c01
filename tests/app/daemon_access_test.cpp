#include "api/routes.hpp"
#include "app/daemon.hpp"
#include "core/hash.hpp"
#include "storage/audit.hpp"
#include "storage/store_fixture.hpp"
#include "storage/tokens.hpp"
#include "support/fake_clock.hpp"

#include <array>
#include <regex>

/// Who is let in, route by route, whatever routes there are.
namespace tinwatch::app {
namespace {

using storage::now;

constexpr std::array all_scopes{Scope::read, Scope::watch, Scope::metrics, Scope::feed,
                                Scope::admin};

/// A request for the route, with a word for each of its parts.
api::Request request_for(const api::Route& route) {
  const auto path = std::regex_replace(std::string(route.path), std::regex(R"(\{[a-z]+\})"), "1");
  auto request = api::parse_target(route.method, path);
  request.door = api::Door::tcp;
  request.host = "127.0.0.1:8390";
  request.peer = "192.0.2.7";
  request.needs_token = true;
  return request;
}

class DaemonAccessTest : public storage::StoreTest {
 protected:
  DaemonAccessTest() {
    for (const auto scope : all_scopes) {
      const std::string word(label(scope));
      const storage::NewToken token{.id = word,
                                    .name = word,
                                    .sha256 = sha256_hex("tw_" + word),
                                    .scopes = {scope},
                                    .created_at = now};
      test::run(io, store.write(&storage::create_token, token, std::string()));
    }
  }
  api::Reply ask(api::Request request) { return test::run(io, daemon.handle(std::move(request))); }
  api::Reply ask(const api::Route& route, Scope scope) {
    auto request = request_for(route);
    request.headers = {{"authorization", "Bearer tw_" + std::string(label(scope))}};
    return ask(std::move(request));
  }
  /// What the route is called in a message.
  static std::string name(const api::Route& route) {
    return std::string(route.method) + ' ' + std::string(route.path);
  }

  config::Config config() const {
    config::Config out;
    out.storage.path = path;
    return out;
  }
  test::FakeClock clock{now};
  Daemon daemon{io, config(), clock};
};

TEST_F(DaemonAccessTest, NobodyIsAnsweredWithoutAToken) {
  std::string open;
  for (const auto& route : api::routes()) {
    if (!route.scope) {
      (open += name(route)) += '\n';
      continue;
    }
    const auto program = ask(request_for(route));
    EXPECT_EQ(program.status, 401) << name(route);
    EXPECT_FALSE(program.challenge.empty()) << name(route);
    auto browser = request_for(route);
    browser.accept = "text/html";
    EXPECT_EQ(ask(browser).status, browser.is_read() ? 303 : 401) << name(route);
    auto logged_out = request_for(route);
    logged_out.headers = {{"cookie", "tinwatch_session=0"}};
    EXPECT_EQ(ask(logged_out).status, 401) << name(route);
  }
  EXPECT_EQ(open, "GET /-/healthy\nGET /login\nPOST /login\nPOST /logout\nGET /assets/{file}\n");
}

TEST_F(DaemonAccessTest, WhatIsNotThereIsNotToldEither) {
  for (const auto* target : {"/nothing", "/api/v1/nothing", "/api/v1/articles/1/nothing"}) {
    auto request = api::parse_target("GET", target);
    request.door = api::Door::tcp;
    request.host = "localhost";
    EXPECT_EQ(ask(request).status, 404) << target;
    request.needs_token = true;
    EXPECT_EQ(ask(request).status, 401) << target;
  }
}

TEST_F(DaemonAccessTest, AScopeOpensItsRoutesAndNoOther) {
  for (const auto& route : api::routes()) {
    if (!route.scope) continue;
    for (const auto scope : all_scopes) {
      if (route.socket_only) {
        EXPECT_EQ(ask(route, scope).status, 403) << name(route) << " is for the socket alone";
        continue;
      }
      const bool may = Scopes{scope}.allow(*route.scope);
      // What it asks for is not there, or wrongly asked: that is an answer.
      const auto status = ask(route, scope).status;
      EXPECT_EQ(status != 401 && status != 403, may) << name(route) << " with " << label(scope);
      if (!may) EXPECT_EQ(status, 403) << name(route) << " with " << label(scope);
    }
  }
}

TEST_F(DaemonAccessTest, AnAdminsTokenDoesOverTcpWhatTheSocketDoes) {
  for (const auto* target : {"/api/v1/recheck?target=bao", "/api/v1/tokens?scope=read"}) {
    auto request = api::parse_target("POST", target);
    request.door = api::Door::tcp;
    request.host = "localhost";
    EXPECT_EQ(ask(request).status, 401) << target << ": on loopback nobody is an admin, either";
    request.headers = {{"authorization", "Bearer tw_admin"}};
    EXPECT_LT(ask(request).status, 300) << target;
  }
  const auto rows = storage::audit(storage::Reader(path), 0, 1);
  EXPECT_EQ(rows.at(0).entry.who, "admin") << "and it is known who it was";
}

TEST_F(DaemonAccessTest, AFeedIsReadWithATokenInItsAddress) {
  const auto feed = [&](const std::string& token) {
    auto request = api::parse_target("GET", "/stream.atom?token=" + token);
    request.door = api::Door::tcp;
    request.host = "localhost";
    request.needs_token = true;
    return ask(request);
  };
  const auto reply = feed("tw_feed");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body.find("tw_feed"), std::string::npos) << "whoever passes it on keeps it";
  EXPECT_EQ(feed("tw_read").status, 200);
  EXPECT_EQ(feed("tw_metrics").status, 403);
  EXPECT_EQ(feed("tw_wrong").status, 401);
  auto page = api::parse_target("GET", "/stream?token=tw_read");
  page.door = api::Door::tcp;
  page.host = "localhost";
  page.needs_token = true;
  EXPECT_EQ(ask(page).status, 401);
}

TEST_F(DaemonAccessTest, ABrowserIsShownTheFormWithWhyItFailed) {
  auto request = api::parse_target("POST", "/login");
  request.door = api::Door::tcp;
  request.host = "localhost";
  request.needs_token = true;
  request.accept = "text/html";
  request.accept_language = "en";
  request.body = "token=tw_wrong&next=%2Farticles%22%3E";
  const auto reply = ask(request);
  EXPECT_EQ(reply.status, 401);
  EXPECT_NE(reply.body.find(R"(name="token")"), std::string::npos);
  EXPECT_NE(reply.body.find("does not hold"), std::string::npos);
  EXPECT_NE(reply.body.find(R"(name="next" value="/articles%22%3E")"), std::string::npos);
  EXPECT_EQ(reply.body.find("tw_wrong"), std::string::npos);
  request.body = "token=tw_read";
  EXPECT_EQ(ask(request).status, 303);
  request.fetch.site = "same-site";
  EXPECT_EQ(ask(request).status, 403) << "nobody logs another one in";
}

TEST_F(DaemonAccessTest, WhoFollowsALinkFromElsewhereIsNotTakenForUnknown) {
  auto request = api::parse_target("GET", "/login?next=%2Farticles");
  request.door = api::Door::tcp;
  request.host = "localhost";
  request.needs_token = true;
  EXPECT_EQ(ask(request).location, "");
  request.fetch = {.site = "cross-site", .mode = "navigate", .destination = "document"};
  EXPECT_EQ(ask(request).location, "/articles") << "once more, and the browser sends its cookie";
}

}  // namespace
}  // namespace tinwatch::app
