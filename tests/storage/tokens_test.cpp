#include "storage/tokens.hpp"

#include "storage/audit.hpp"
#include "storage/store_fixture.hpp"

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

class TokensTest : public StoreTest {
 protected:
  /// Made now; answers its row.
  std::int64_t make(const std::string& id, std::optional<Instant> expires_at = std::nullopt) {
    const NewToken token{.id = id,
                         .name = "desk " + id,
                         .sha256 = sha256_hex(id),
                         .scopes = {Scope::read, Scope::watch},
                         .created_at = now,
                         .expires_at = expires_at};
    return test::run(io, store.write(&create_token, token, std::string("lan")));
  }
  bool revoke(const std::string& id, Instant at) {
    return test::run(io, store.write(&revoke_token, id, at, std::string("lan")));
  }
  std::optional<KnownToken> find(const std::string& id, Instant at) {
    return test::run(io, store.ask(&find_token, sha256_hex(id), at));
  }
  std::optional<KnownSession> browser(const std::string& cookie, Instant at) {
    return test::run(io, store.ask(&find_session, sha256_hex(cookie), at));
  }
  std::int64_t log_in(const std::string& cookie, std::int64_t token, Instant at) {
    return test::run(io, store.write(&create_session, sha256_hex(cookie), token, at));
  }
  std::vector<TokenView> all() { return test::run(io, store.ask(&tokens, std::int64_t{0}, 100U)); }
};

TEST_F(TokensTest, ATokenIsFoundByItsHash) {
  make("a");
  const auto found = find("a", now);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->name, "desk a");
  EXPECT_EQ(found->scopes, (Scopes{Scope::read, Scope::watch}));
  EXPECT_FALSE(found->used_at);
  EXPECT_FALSE(find("b", now));
  EXPECT_FALSE(find(sha256_hex("a"), now)) << "who has read the database has no token";
}

TEST_F(TokensTest, OneWithoutANameIsCalledByItsId) {
  const NewToken nameless{.id = "x", .name = {}, .sha256 = sha256_hex("x"), .created_at = now};
  const auto row = test::run(io, store.write(&create_token, nameless, std::string()));
  EXPECT_EQ(find("x", now)->name, "x") << "empty would be the local socket";
  log_in("cookie", row, now);
  EXPECT_EQ(browser("cookie", now)->token.name, "x");
}

TEST_F(TokensTest, ATokenHoldsUntilItExpires) {
  const auto row = make("a", now + 24h);
  log_in("cookie", row, now);
  EXPECT_TRUE(find("a", now + 24h - 1ms));
  EXPECT_TRUE(browser("cookie", now + 24h - 1ms));
  EXPECT_FALSE(find("a", now + 24h));
  EXPECT_FALSE(browser("cookie", now + 24h)) << "nor does who logged in with it";
}

TEST_F(TokensTest, ARevokedTokenHoldsNoMore) {
  const auto row = make("a");
  const auto other = make("b");
  log_in("cookie", row, now);
  log_in("of another", other, now);
  EXPECT_TRUE(revoke("a", now + 1s));
  EXPECT_FALSE(find("a", now + 1s));
  EXPECT_FALSE(browser("cookie", now + 1s));
  EXPECT_TRUE(find("b", now + 1s));
  EXPECT_TRUE(browser("of another", now + 1s));
  EXPECT_FALSE(revoke("a", now + 2s)) << "twice";
  EXPECT_FALSE(revoke("nobody", now));
  EXPECT_EQ(all().at(1).revoked_at, now + 1s);
}

TEST_F(TokensTest, TheListIsPaged) {
  make("a");
  make("b", now + 1h);
  make("c");
  const auto first = test::run(io, store.ask(&tokens, std::int64_t{0}, 2U));
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].id, "c");
  EXPECT_EQ(first[1].id, "b");
  EXPECT_EQ(first[1].expires_at, now + 1h);
  EXPECT_EQ(first[1].created_at, now);
  const auto rest = test::run(io, store.ask(&tokens, first[1].row, 2U));
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].id, "a");
  EXPECT_FALSE(rest[0].expires_at || rest[0].used_at || rest[0].revoked_at);
}

TEST_F(TokensTest, UseIsNotedOnceAMinute) {
  const auto row = make("a");
  const auto use = [&](Instant at) { return test::run(io, store.write(&note_token_use, row, at)); };
  EXPECT_TRUE(use(now));
  EXPECT_FALSE(use(now + 59s));
  EXPECT_EQ(find("a", now)->used_at, now);
  EXPECT_TRUE(use(now + 60s));
  EXPECT_EQ(find("a", now)->used_at, now + 60s);
}

TEST_F(TokensTest, ABrowserStaysLoggedInWhileItAsks) {
  const auto token = make("a");
  const auto session = log_in("cookie", token, now);
  EXPECT_EQ(browser("cookie", now)->row, session);
  EXPECT_EQ(browser("cookie", now)->token.row, token);
  EXPECT_TRUE(browser("cookie", now + session_idle - 1ms));
  EXPECT_FALSE(browser("cookie", now + session_idle));
  const auto use = [&](Instant at) {
    return test::run(io, store.write(&note_session_use, session, at));
  };
  EXPECT_FALSE(use(now + 59s));
  EXPECT_TRUE(use(now + 24h));
  EXPECT_TRUE(browser("cookie", now + 24h + session_idle - 1ms));
  EXPECT_EQ(find("a", now)->used_at, now + 24h) << "its token is in use, too";
}

TEST_F(TokensTest, IdleSessionsAreForgotten) {
  const auto token = make("a");
  log_in("old", token, now);
  log_in("new", token, now + 1ms);
  EXPECT_EQ(test::run(io, store.write(&forget_sessions, now + session_idle)), 1);
  EXPECT_FALSE(browser("old", now));
  EXPECT_TRUE(browser("new", now + 1h));
}

TEST_F(TokensTest, ABrowserIsLoggedOut) {
  const auto token = make("a");
  log_in("one", token, now);
  log_in("other", token, now);
  const auto end = [&] { return test::run(io, store.write(&end_session, sha256_hex("one"))); };
  EXPECT_TRUE(end());
  EXPECT_FALSE(browser("one", now));
  EXPECT_TRUE(browser("other", now));
  EXPECT_FALSE(end());
}

TEST_F(TokensTest, ATokenHasSoManySessions) {
  const auto token = make("a");
  const auto other = make("b");
  log_in("of another", other, now - 1h);
  for (int i = 0; i < most_sessions; ++i) log_in(std::to_string(i), token, now + i * 1s);
  EXPECT_TRUE(browser("0", now));
  log_in("one more", token, now + 1h);
  EXPECT_FALSE(browser("0", now)) << "the one that was idle for longest";
  EXPECT_TRUE(browser("1", now));
  EXPECT_TRUE(browser("one more", now));
  EXPECT_TRUE(browser("of another", now));
}

TEST_F(TokensTest, WhoMadeAndRevokedATokenStandsInTheAuditList) {
  make("a");
  revoke("a", now + 1s);
  revoke("a", now + 2s);
  const auto rows = test::run(io, store.ask(&audit, std::int64_t{0}, 10U));
  ASSERT_EQ(rows.size(), 2U) << "what changed nothing does not stand there";
  EXPECT_EQ(rows[0].entry.action, "token.revoked");
  EXPECT_EQ(rows[0].entry.at, now + 1s);
  EXPECT_EQ(rows[1].entry.action, "token.created");
  EXPECT_EQ(rows[1].entry.who, "lan");
  EXPECT_EQ(rows[1].entry.subject, "a");
  EXPECT_EQ(rows[1].entry.detail, "desk a: read,watch");
}

}  // namespace
}  // namespace tinwatch::storage
