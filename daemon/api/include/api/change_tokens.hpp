#pragma once

#include "api/message.hpp"
#include "async/task.hpp"
#include "storage/store.hpp"

/// Makes and revokes tokens. The daemon and a command without one call the same.
namespace tinwatch::api {

/// Answers POST /api/v1/tokens with `scope`, `name`, `expires`: 201, with the token itself, which
/// nobody can be told again.
Task<Reply> create_token(storage::Store& store, Request request, Instant now);
/// Answers DELETE /api/v1/tokens/ID: 200, or 404 where none of that id holds.
Task<Reply> revoke_token(storage::Store& store, Request request, Instant now);

}  // namespace tinwatch::api
