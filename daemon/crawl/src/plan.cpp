#include "crawl/plan.hpp"

#include <algorithm>

namespace tinwatch::crawl {
namespace {

/// `*` is any run of characters; everything else is itself.
bool fits(std::string_view pattern, std::string_view text) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  text.remove_prefix(star);
  pattern.remove_prefix(star + 1);
  while (true) {
    const auto next = pattern.find('*');
    const auto piece = pattern.substr(0, next);
    if (next == std::string_view::npos) return text.ends_with(piece);
    const auto found = text.find(piece);
    if (found == std::string_view::npos) return false;
    text.remove_prefix(found + piece.size());
    pattern.remove_prefix(next + 1);
  }
}

}  // namespace

fetchers::FetchRequest Plan::request(const SourcePlan& source, std::string url) const {
  fetchers::FetchRequest out;
  out.url = std::move(url);
  out.timeout = timeout;
  out.max_body = max_body;
  out.jar = source.name;
  out.allow_networks = source.allow_networks;
  out.scope = source.scope;
  return out;
}

std::vector<std::string> Plan::routed(std::string_view type) const {
  std::vector<std::string> out;
  for (const auto& route : routes) {
    if (!fits(route.type, type)) continue;
    for (const auto& receiver : route.receivers)
      if (std::find(out.begin(), out.end(), receiver) == out.end()) out.push_back(receiver);
  }
  return out;
}

}  // namespace tinwatch::crawl
