#include "api/access.hpp"

#include "core/hash.hpp"
#include "core/secret.hpp"
#include "storage/store_fixture.hpp"
#include "support/fake_clock.hpp"

#include <algorithm>

namespace tinwatch::api {
namespace {

using namespace std::chrono_literals;
using storage::now;

const OurNames names{"https://watch.example/", {}};

Request over_tcp(std::string_view method, std::string_view target) {
  auto request = parse_target(method, target);
  request.host = "127.0.0.1:8390";
  request.door = Door::tcp;
  request.peer = "192.0.2.7";
  return request;
}

AccessSettings behind_a_proxy() {
  return {.is_proxy = [](const std::string& address) { return address.starts_with("10."); },
          .user_header = "x-remote-user",
          .user_scopes = {Scope::read}};
}

TEST(Credentials, AreTakenOut) {
  auto request = over_tcp("GET", "/articles?token=secret");
  request.headers = {{"accept", "*/*"},
                     {"authorization", "bearer  tw_1 "},
                     {"cookie", "a=b; tinwatch_session=s1;tinwatch_session=s2"},
                     {"x-remote-user", "lan"}};
  const auto found = take_credentials(request, behind_a_proxy());
  EXPECT_EQ(found.token, "tw_1");
  EXPECT_EQ(found.session, "s1");
  EXPECT_EQ(found.user, "") << "it does not come from the proxy";
  EXPECT_EQ(request.headers.size(), 1U) << "nobody behind can show them";
  EXPECT_EQ(request.parameter("token"), "secret") << "this is no feed";
}

TEST(Credentials, AFeedsTokenMayStandInItsAddress) {
  auto request = over_tcp("GET", "/stream.atom?token=tw_1&source=bao");
  EXPECT_EQ(take_credentials(request, {}).token, "tw_1");
  EXPECT_EQ(target_of(request), "/stream.atom?source=bao") << "nothing links to it with its token";
  for (const auto* other :
       {"/", "/stream?token=tw_1", "/api/v1/articles?token=tw_1", "/stream.atom/x?token=tw_1"}) {
    auto elsewhere = over_tcp("GET", other);
    EXPECT_FALSE(take_credentials(elsewhere, {}).token) << other;
  }
}

TEST(Credentials, OnlyABearersTokenIsOurs) {
  for (const auto* header : {"Basic dHdfMQ==", "Bearer", "tw_1", "Bearertw_1"}) {
    auto request = over_tcp("GET", "/");
    request.headers = {{"authorization", header}};
    EXPECT_FALSE(take_credentials(request, {}).token) << header;
  }
}

TEST(Credentials, AProxysWordIsTakenFromTheProxyAlone) {
  auto request = over_tcp("GET", "/");
  request.peer = "10.0.0.1";
  request.headers = {{"x-remote-user", "lan"}};
  auto twice = request;
  twice.headers.emplace_back("x-remote-user", "admin");
  EXPECT_EQ(take_credentials(request, behind_a_proxy()).user, "lan");
  EXPECT_EQ(take_credentials(twice, behind_a_proxy()).user, "") << "somebody slipped one in";
  EXPECT_TRUE(twice.headers.empty());
}

TEST(AskingAddress, IsTheLastThatIsNoProxy) {
  auto request = over_tcp("GET", "/");
  request.headers = {{"x-forwarded-for", "198.51.100.1"}};
  EXPECT_EQ(asking_address(request, behind_a_proxy()), "192.0.2.7") << "anybody can write that";
  request.peer = "10.0.0.1";
  EXPECT_EQ(asking_address(request, behind_a_proxy()), "198.51.100.1");
  request.headers = {{"x-forwarded-for", "1.1.1.1, 198.51.100.1"}, {"x-forwarded-for", "10.0.0.2"}};
  EXPECT_EQ(asking_address(request, behind_a_proxy()), "198.51.100.1");
  request.headers = {{"x-forwarded-for", "1.1.1.1, " + std::string(1000, 'x')}};
  EXPECT_EQ(asking_address(request, behind_a_proxy()), "10.0.0.1") << "no address at all";
  request.headers.clear();
  EXPECT_EQ(asking_address(request, behind_a_proxy()), "10.0.0.1");
}

TEST(SafeNext, StaysHere) {
  EXPECT_EQ(safe_next("/articles?after=1_2&source=b%C3%A1o"),
            "/articles?after=1_2&source=b%C3%A1o");
  for (const auto* elsewhere : {"//evil.example", "https://evil.example/", "/\\evil.example",
                                "/%09/evil.example", "\\\\evil.example", "javascript:alert(1)"}) {
    const auto next = safe_next(elsewhere);
    EXPECT_EQ(next.find_first_of("\\:\t\r\n"), std::string::npos) << next;
    EXPECT_TRUE(next.starts_with('/') && !next.starts_with("//")) << next;
  }
  EXPECT_EQ(safe_next(""), "/");
  EXPECT_EQ(safe_next("/login?next=%2Flogin"), "/");
  EXPECT_EQ(safe_next('/' + std::string(5000, 'a')), "/");
}

/// How a request is refused; 0: it is answered.
int status_of(const Request& request) {
  const auto route = admit(request, names);
  return route ? 0 : route.error().status;
}

TEST(Admit, BrowsersAreSentToTheLoginAndProgramsAreToldWhatToBring) {
  auto request = over_tcp("GET", "/articles?source=bao");
  request.needs_token = true;
  const auto program = admit(request, names);
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().status, 401);
  EXPECT_EQ(program.error().content_type, "application/problem+json");
  EXPECT_EQ(program.error().challenge, R"(Bearer realm="tinwatch")");
  request.accept = "text/html,*/*;q=0.8";
  const auto browser = admit(request, names);
  ASSERT_FALSE(browser);
  EXPECT_EQ(browser.error().status, 303);
  EXPECT_EQ(browser.error().location, "/login?next=%2Farticles%3Fsource%3Dbao");
  request.method = "POST";
  EXPECT_EQ(status_of(request), 401) << "a form is not sent twice";
}

TEST(Admit, WhoIsKnownAndMayNotIsTold) {
  auto request = over_tcp("GET", "/metrics");
  request.principal = {.name = "lan", .scopes = {Scope::read}};
  request.accept = "text/html";
  const auto refused = admit(request, names);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, 403);
  EXPECT_NE(refused.error().challenge.find(R"(scope="metrics")"), std::string::npos);
}

TEST(Admit, WhatWorksHardOrWritesTakesAnAdmin) {
  for (const auto* target :
       {"/api/v1/fetch?url=http://a/", "/api/v1/recheck?target=a",
        "/api/v1/outbox?action=drop&receiver=a", "/api/v1/receivers/test?receiver=a"}) {
    auto request = over_tcp("POST", target);
    request.principal.scopes = {Scope::read, Scope::watch, Scope::metrics};
    EXPECT_EQ(status_of(request), 401) << target;
    request.principal.scopes = {Scope::admin};
    EXPECT_EQ(status_of(request), 0) << target;
  }
  auto reload = over_tcp("POST", "/-/reload");
  EXPECT_EQ(status_of(reload), 403);
  reload.needs_token = true;
  EXPECT_EQ(status_of(reload), 401) << "not even that is told to strangers";
  reload.principal = {.name = "chief", .scopes = {Scope::admin}};
  EXPECT_EQ(status_of(reload), 403) << "for the socket alone";
  reload.door = Door::local;
  EXPECT_EQ(status_of(reload), 0);
}

TEST(Admit, AnotherMethodIsToldWhichThereAre) {
  for (const auto* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"}) {
    const auto refused = admit(over_tcp(method, "/api/v1/articles"), names);
    ASSERT_FALSE(refused) << method;
    EXPECT_EQ(refused.error().status, 405) << method;
    EXPECT_EQ(refused.error().allow, "GET, HEAD") << method;
  }
  const auto refused = admit(parse_target("GET", "/-/reload"), names);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, 405);
  EXPECT_EQ(refused.error().allow, "POST");
}

TEST(Admit, AnotherSitesFormIsNotBelieved) {
  auto request = over_tcp("POST", "/logout");
  EXPECT_EQ(status_of(request), 0) << "a program of this machine";
  for (const auto* site : {"cross-site", "same-site"}) {
    request.fetch.site = site;
    EXPECT_EQ(status_of(request), 403) << site;
  }
  for (const auto* site : {"same-origin", "none"}) {
    request.fetch.site = site;
    EXPECT_EQ(status_of(request), 0) << site;
  }
  request.fetch.site.clear();
  for (const auto* origin : {"null", "http://127.0.0.1:3000", "https://evil.example",
                             "http://127.0.0.1", "https://watch.example:444"}) {
    request.headers = {{"origin", origin}};
    EXPECT_EQ(status_of(request), 403) << origin;
  }
  for (const auto* origin : {"http://127.0.0.1:8390", "https://watch.example"}) {
    request.headers = {{"origin", origin}};
    EXPECT_EQ(status_of(request), 0) << origin;
  }
  request.headers = {{"origin", "https://evil.example"}};
  request.principal.is_explicit = true;
  EXPECT_EQ(status_of(request), 0) << "no browser sends a token by itself";
}

TEST(Admit, AFormBringsWhatItsSessionHas) {
  auto request = over_tcp("POST", "/logout");
  request.fetch.site = "same-origin";
  request.principal = {.name = "lan", .scopes = {Scope::read}, .csrf = "c1", .session = "s"};
  for (const auto* body : {"", "csrf=", "csrf=c2", "csrf=c", "xcsrf=c1"}) {
    request.body = body;
    EXPECT_EQ(status_of(request), 403) << body;
  }
  request.body = "a=b&csrf=c1";
  EXPECT_EQ(status_of(request), 0);
  request.body.clear();
  request.headers = {{"x-csrf-token", "c1"}};
  EXPECT_EQ(status_of(request), 0) << "as a script sends it";
}

/// With tokens in a store.
class AccessTest : public storage::StoreTest {
 protected:
  std::string make(const std::string& name, Scopes scopes) {
    const auto token = "tw_" + new_secret();
    const storage::NewToken made{
        .id = name, .name = name, .sha256 = sha256_hex(token), .scopes = scopes, .created_at = now};
    test::run(io, store.write(&storage::create_token, made, std::string()));
    return token;
  }
  Result<Principal, Reply> identify(Request request) {
    return test::run(io, access.identify(request));
  }
  Result<Principal, Reply> bearer(const std::string& token, const std::string& peer = "192.0.2.7") {
    auto request = over_tcp("GET", "/");
    request.peer = peer;
    request.headers = {{"authorization", "Bearer " + token}};
    return identify(std::move(request));
  }
  Reply log_in(const std::string& token, const std::string& host = "watch.example") {
    auto request = over_tcp("POST", "/login");
    request.host = host;
    request.body = "token=" + token + "&next=%2Farticles";
    return test::run(io, access.log_in(std::move(request)));
  }
  Result<Principal, Reply> browser(const std::string& set_cookie) {
    auto request = over_tcp("GET", "/");
    request.needs_token = true;
    request.headers = {{"cookie", set_cookie.substr(0, set_cookie.find(';'))}};
    return identify(std::move(request));
  }

  test::FakeClock clock{now};
  Access access{store, clock, behind_a_proxy()};
};

TEST_F(AccessTest, WhoComesWithoutAToken) {
  EXPECT_TRUE(identify(parse_target("GET", "/"))->may(Scope::admin)) << "over the local socket";
  auto request = over_tcp("GET", "/");
  const auto here = identify(request);
  EXPECT_TRUE(here->may(Scope::read) && here->may(Scope::watch) && here->may(Scope::metrics));
  EXPECT_FALSE(here->may(Scope::admin)) << "as before there were tokens";
  request.needs_token = true;
  EXPECT_TRUE(identify(request)->scopes.is_empty());
  request.peer = "10.0.0.1";
  request.headers = {{"x-remote-user", "lan"}};
  const auto named = identify(request);
  EXPECT_EQ(named->name, "lan");
  EXPECT_EQ(named->scopes, Scopes{Scope::read});
  EXPECT_FALSE(named->is_explicit) << "a browser's request is one of this person, too";
}

TEST_F(AccessTest, WhomAProxyOnThisMachinePassesOnIsNotOfThisMachine) {
  auto request = over_tcp("GET", "/");  // to a listener that needs no token
  request.peer = "10.0.0.1";
  const std::pair<std::string, std::string> lan{"x-remote-user", "lan"};
  const std::pair<std::string, std::string> none{"x-remote-user", ""};
  const std::pair<std::string, std::string> bad{"x-remote-user", "\xff"};
  using Headers = std::vector<std::pair<std::string, std::string>>;
  for (const auto& headers : {Headers{}, Headers{lan, lan}, Headers{none}, Headers{bad}}) {
    auto stranger = request;
    stranger.headers = headers;
    const auto who = test::run(io, access.identify(stranger));
    EXPECT_TRUE(who->scopes.is_empty()) << headers.size();
    stranger.principal = *who;
    EXPECT_EQ(status_of(stranger), 401) << headers.size();
  }
  request.headers = {lan};
  EXPECT_EQ(identify(request)->scopes, Scopes{Scope::read}) << "the proxy says who it is";
}

TEST_F(AccessTest, ATokenAllowsWhatItSaysAndNoMore) {
  const auto token = make("feeds", {Scope::feed});
  const auto who = bearer(token);
  ASSERT_TRUE(who);
  EXPECT_EQ(who->name, "feeds");
  EXPECT_EQ(who->scopes, Scopes{Scope::feed}) << "on loopback, too";
  EXPECT_TRUE(who->is_explicit);
  const auto used = test::run(io, store.ask(&storage::find_token, sha256_hex(token), now))->used_at;
  EXPECT_EQ(used, now);
}

TEST_F(AccessTest, AWrongTokenIsNotAsGoodAsNone) {
  const auto who = bearer("tw_wrong");
  ASSERT_FALSE(who);
  EXPECT_EQ(who.error().status, 401);
  EXPECT_NE(who.error().challenge.find("invalid_token"), std::string::npos);
  EXPECT_EQ(who.error().body.find("tw_wrong"), std::string::npos);
}

TEST_F(AccessTest, GuessingIsSlowed) {
  const auto token = make("lan", {Scope::read});
  for (int i = 0; i < 10; ++i) EXPECT_EQ(bearer("tw_" + std::to_string(i)).error().status, 401);
  const auto refused = bearer("tw_10");
  EXPECT_EQ(refused.error().status, 429);
  EXPECT_EQ(refused.error().retry_after, 60);
  EXPECT_EQ(bearer(token).error().status, 429) << "else the guess would be told";
  EXPECT_EQ(log_in(token).status, 429);
  EXPECT_TRUE(bearer(token, "192.0.2.8")) << "another address";
  clock.advance_to(now + 30s);
  EXPECT_EQ(bearer(token).error().retry_after, 30);
  clock.advance_to(now + 60s);
  EXPECT_TRUE(bearer(token));
}

TEST_F(AccessTest, ABrowserLogsInAndOut) {
  const auto token = make("lan", {Scope::read, Scope::watch});
  const auto reply = log_in(token);
  EXPECT_EQ(reply.status, 303);
  EXPECT_EQ(reply.location, "/articles");
  EXPECT_NE(reply.set_cookie.find("; HttpOnly; SameSite=Strict; Path=/; "), std::string::npos);
  EXPECT_TRUE(reply.set_cookie.ends_with("; Secure"));
  EXPECT_EQ(reply.set_cookie.find(token), std::string::npos) << "the cookie is no token";
  const auto who = browser(reply.set_cookie);
  EXPECT_EQ(who->name, "lan");
  EXPECT_EQ(who->scopes, (Scopes{Scope::read, Scope::watch}));
  EXPECT_EQ(who->csrf.size(), 64U);
  EXPECT_EQ(reply.set_cookie.find(who->csrf), std::string::npos);
  EXPECT_FALSE(who->is_explicit);
  const auto other = browser(log_in(token).set_cookie);
  EXPECT_NE(other->csrf, who->csrf) << "a session's own";

  auto request = over_tcp("POST", "/logout");
  request.principal = *who;
  const auto out = test::run(io, access.log_out(request));
  EXPECT_EQ(out.location, "/login");
  EXPECT_NE(out.set_cookie.find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(browser(reply.set_cookie)->name, "") << "whoever kept the cookie is out, too";
}

TEST_F(AccessTest, WhoIsNotLoggedInWritesNothingByLoggingOut) {
  int commits = 0;
  store.on_commit([&](std::chrono::nanoseconds) { ++commits; });
  const auto out = test::run(io, access.log_out(over_tcp("POST", "/logout")));
  store.on_commit([](std::chrono::nanoseconds) {});
  EXPECT_EQ(out.location, "/login");
  EXPECT_EQ(commits, 0);
}

TEST_F(AccessTest, TheCookieIsSecureWhereverTlsCanBe) {
  const auto token = make("lan", {Scope::read});
  for (const auto* host : {"watch.example", "watch.example:8443", "192.0.2.1:8390", "[2001:db8::1]",
                           "localhost.evil.example"})
    EXPECT_TRUE(log_in(token, host).set_cookie.ends_with("; Secure")) << host;
  for (const auto* host : {"127.0.0.1:8390", "localhost", "LOCALHOST:1", "[::1]:8390", "[::1]"})
    EXPECT_EQ(log_in(token, host).set_cookie.find("Secure"), std::string::npos) << host;
}

TEST_F(AccessTest, ABrowserThatIsIdleForTooLongIsLoggedOut) {
  const auto cookie = log_in(make("lan", {Scope::read})).set_cookie;
  clock.advance_to(now + storage::session_idle - 1s);
  EXPECT_EQ(browser(cookie)->name, "lan");
  clock.advance_to(now + 2 * storage::session_idle - 2s);
  EXPECT_EQ(browser(cookie)->name, "lan") << "it asked meanwhile";
  clock.advance_to(now + 4 * storage::session_idle);
  EXPECT_EQ(browser(cookie)->name, "");
}

TEST_F(AccessTest, NobodyLogsInWithWhatDoesNotRead) {
  EXPECT_EQ(log_in(make("prometheus", {Scope::metrics})).status, 403);
  EXPECT_EQ(log_in("tw_wrong").status, 401);
  EXPECT_EQ(log_in("").status, 401);
  EXPECT_EQ(log_in(make("chief", {Scope::admin})).status, 303);
}

}  // namespace
}  // namespace tinwatch::api
