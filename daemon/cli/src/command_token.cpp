#include "answers.hpp"
#include "api/change_tokens.hpp"
#include "commands.hpp"
#include "list_output.hpp"
#include "store_access.hpp"

#include <boost/json.hpp>

/// Who may ask over the network.
namespace tinwatch::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t most_listed = 1'000'000;

std::string scopes_of(const json::object& token) {
  std::string out;
  for (const auto& scope : token.at("scopes").as_array())
    (out += out.empty() ? "" : ",") += scope.as_string();
  return out;
}

std::string state_of(const json::object& token) {
  if (const auto at = text_at(token, "revokedAt"); !at.empty())
    return "revoked " + to_the_second(at);
  const auto until = text_at(token, "expiresAt");
  return until.empty() ? "holds" : "until " + to_the_second(until);
}

std::string use_of(const json::object& token) {
  const auto at = text_at(token, "lastUsedAt");
  return at.empty() ? "never used" : "last used " + to_the_second(at);
}

}  // namespace

Exit create_token(const std::string& config, const TokenOptions& options) {
  return refusable([&] {
    const StoreAccess store(config);
    auto request = request_for({"api", "v1", "tokens"});
    request.method = "POST";
    put(request, "scope", options.scope);
    put(request, "name", options.name);
    put(request, "expires", options.expires);
    const auto body = body_of(store.change(std::move(request), api::create_token));
    print(text_at(body.as_object(), "token"));
    remark("this is shown once; its id is " + text_at(body.as_object(), "id"));
    return Exit::done;
  });
}

Exit list_tokens(const std::string& config, const std::string& format) {
  return refusable([&] {
    const StoreAccess store(config);
    const auto items = items_of(store, request_for({"api", "v1", "tokens"}), most_listed);
    if (format == "table")
      print_list(format,
                 {member("id"),
                  member("name", 16),
                  {"scopes", 20, scopes_of},
                  {"state", 30, state_of},
                  {"use", 0, use_of}},
                 items);
    else
      print_list(format,
                 {member("id"),
                  member("name"),
                  {"scopes", 0, scopes_of},
                  member("createdAt"),
                  member("expiresAt"),
                  member("lastUsedAt"),
                  member("revokedAt")},
                 items);
    return Exit::done;
  });
}

Exit revoke_token(const std::string& config, const std::string& id) {
  return refusable([&] {
    const StoreAccess store(config);
    auto request = request_for({"api", "v1", "tokens"});
    request.path.push_back(id);
    request.method = "DELETE";
    static_cast<void>(body_of(store.change(std::move(request), api::revoke_token)));
    print(id + " is revoked");
    return Exit::done;
  });
}

}  // namespace tinwatch::cli
