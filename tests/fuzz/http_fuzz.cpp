#include "api/access.hpp"
#include "api/guard.hpp"
#include "api/parse_bytes.hpp"
#include "core/text.hpp"

#include <cstdint>

/// What comes in at our own door. Beside "no crash": whatever passes ends where every reader says
/// it ends, is for one host, and over TCP for ours.
namespace {

using namespace tinwatch;

/// The values of a header, read from the bytes by other code than the product's.
std::vector<std::string> values_of(std::string_view head, std::string_view name) {
  std::vector<std::string> out;
  for (const auto line : split(head, '\n')) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !iequals(line.substr(0, colon), name)) continue;
    out.emplace_back(trim(line.substr(colon + 1)));
  }
  return out;
}

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto message = api::parse_bytes(bytes);
  if (!message) return 0;
  if (!*message) {
    const int status = message->error().status;
    require(status == 400 || status == 413 || status == 431);
    return 0;
  }
  const auto& request = **message;
  const auto head = bytes.substr(0, bytes.find("\r\n\r\n"));
  const auto codings = values_of(head, "transfer-encoding");
  require(values_of(head, "host").size() <= 1);
  require(codings.size() <= 1);
  require(codings.empty() || values_of(head, "content-length").empty());
  const auto again = api::parse_target(request.method, api::target_of(request));
  require(again.query == request.query);
  const api::OurNames names{"http://watch.example/", {}};
  if (!api::turn_away(request, names)) {
    const auto host = ascii_lower(request.host);
    require(host.starts_with("127.0.0.1") || host.starts_with("localhost") ||
            host.starts_with("[::1]") || host.starts_with("watch.example"));
  }
  auto stranger = request;  // whom nobody knows
  stranger.needs_token = true;
  const auto next = api::safe_next(std::string(bytes.substr(0, bytes.find('\n'))));
  require(next.starts_with('/') && !next.starts_with("//") && next.find('\\') == next.npos);
  const auto route = api::admit(stranger, names);
  require(!route || !(*route)->scope);
  return 0;
}
