#include "monitor/word_share.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <set>

namespace tinwatch::monitor {

double share_of(std::string_view a, std::string_view b) {
  const auto in_a = words(a);
  const auto in_b = words(b);
  const std::set<std::string_view> wanted(in_a.begin(), in_a.end());
  const std::set<std::string_view> there(in_b.begin(), in_b.end());
  if (wanted.empty()) return there.empty() ? 1 : 0;
  const auto common = std::count_if(wanted.begin(), wanted.end(),
                                    [&](const auto& word) { return there.contains(word); });
  return static_cast<double>(common) / static_cast<double>(wanted.size());
}

}  // namespace tinwatch::monitor
