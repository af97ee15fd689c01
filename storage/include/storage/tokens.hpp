#pragma once

#include "core/scope.hpp"
#include "core/types.hpp"
#include "storage/reader.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Who may ask over the network: tokens, and browsers that logged in with one. Of both only the
/// SHA-256 is kept, in hexadecimal.
namespace tinwatch::storage {

class Transaction;

/// A browser that asks nothing for so long is logged out.
inline constexpr Duration session_idle = std::chrono::hours{24 * 30};
/// The time of the last use is so exact, and written no oftener.
inline constexpr Duration use_noted_every = std::chrono::minutes{1};
/// Of one token; who logs in once more logs the one out that was idle for longest.
inline constexpr int most_sessions = 100;

/// A token that is to be made.
struct NewToken {
  std::string id;    ///< UUIDv7
  std::string name;  ///< whose it is or what for, for people; may be empty
  std::string sha256;
  Scopes scopes;
  Instant created_at{};
  std::optional<Instant> expires_at;  ///< nothing: never
};

/// What is known of a token.
struct TokenView {
  std::int64_t row = 0;  ///< rises with time: the cursor
  std::string id;
  std::string name;
  Scopes scopes;
  Instant created_at{};
  std::optional<Instant> expires_at;
  std::optional<Instant> used_at;  ///< about; nothing: never
  std::optional<Instant> revoked_at;
};

/// A token that holds.
struct KnownToken {
  std::int64_t row = 0;
  std::string name;  ///< its id where it has no name
  Scopes scopes;
  std::optional<Instant> used_at;
};

/// A browser whose token holds.
struct KnownSession {
  std::int64_t row = 0;
  Instant used_at{};
  KnownToken token;
};

/// Writes the token and that `who` made it; answers its row.
std::int64_t create_token(Transaction& transaction, const NewToken& token, const std::string& who);
/// From now on it does not hold, nor do its sessions. False: there is no such token, or it was
/// revoked before.
bool revoke_token(Transaction& transaction, const std::string& id, Instant now,
                  const std::string& who);
/// Newest first, revoked ones too; `before`: a row, 0: from the newest on.
[[nodiscard]] std::vector<TokenView> tokens(const Reader& reader, std::int64_t before,
                                            std::size_t limit);
[[nodiscard]] std::optional<KnownToken> find_token(const Reader& reader, const std::string& sha256,
                                                   Instant now);
/// Notes the use, unless one was noted lately; whether it did.
bool note_token_use(Transaction& transaction, std::int64_t token, Instant now);

/// Logs a browser in, `sha256` of its cookie; answers the session's row.
std::int64_t create_session(Transaction& transaction, const std::string& sha256, std::int64_t token,
                            Instant now);
[[nodiscard]] std::optional<KnownSession> find_session(const Reader& reader,
                                                       const std::string& sha256, Instant now);
/// Notes the use of the session and of its token, unless one was noted lately; whether it did.
bool note_session_use(Transaction& transaction, std::int64_t session, Instant now);
/// Logs it out; false: it was not logged in.
bool end_session(Transaction& transaction, const std::string& sha256);
/// Forgets those that were idle for too long; how many.
std::int64_t forget_sessions(Transaction& transaction, Instant now);

}  // namespace tinwatch::storage
