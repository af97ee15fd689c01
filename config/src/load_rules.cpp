#include "load_parts.hpp"

#include <cstddef>

namespace tinwatch::config {

// In which a site of one's own can be: 10.0.0.0/8, fc00::/7.
bool is_very_wide(const fetchers::Network& network) {
  if (network.prefix < 7) return true;
  const auto all_v4 = fetchers::parse_network("0.0.0.0/0").value();
  if (network.prefix >= all_v4.prefix + 8) return false;
  // An IPv4 range, or one of IPv6 that the addresses of IPv4 (::ffff:a.b.c.d) are in, as ::/64.
  for (std::size_t bit = 0; bit < static_cast<std::size_t>(all_v4.prefix); ++bit) {
    if (bit == static_cast<std::size_t>(network.prefix)) return true;
    const auto differs = network.address[bit / 8] ^ all_v4.address[bit / 8];
    if (((differs >> (7 - bit % 8)) & 1) != 0) return false;
  }
  return true;
}

bool is_name(const std::string& text) {
  if (text.empty() || text.size() > 63 || text.front() == '_' || text.front() == '-') return false;
  for (const char c : text) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (!good) return false;
  }
  return true;
}

void require_name(YamlReader& in, const std::string& name) {
  if (!is_name(name)) in.reject("name '" + name + "' must match ^[a-z0-9][a-z0-9_-]{0,62}$");
}

std::shared_ptr<const std::vector<fetchers::Network>> read_networks(YamlReader& in) {
  std::vector<std::string> texts;
  in.read("allow_networks", texts);
  auto networks = std::make_shared<std::vector<fetchers::Network>>();
  for (const auto& text : texts) {
    auto network = fetchers::parse_network(text);
    if (!network) {
      in.reject("allow_networks: " + network.error());
      continue;
    }
    if (is_very_wide(*network))
      in.warn(in.take("allow_networks"),
              "allow_networks: " + text +
                  " is wider than any private range and may open this machine's own services; name "
                  "the range that is meant");
    networks->push_back(std::move(*network));
  }
  return networks;
}

RouteSettings read_route(YamlReader& in) {
  RouteSettings route;
  in.section("match", [&](YamlReader& match) { match.read("type", route.type); });
  in.read("receivers", route.receivers);
  return route;
}

}  // namespace tinwatch::config
