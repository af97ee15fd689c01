#pragma once

#include "html/dom.hpp"

#include <cstdint>
#include <vector>

namespace tinwatch::parsers {

/// What a node has from the elements it stands in, found once for each element that is asked for:
/// walking up from every node of a page costs as many steps as it has nodes times its depth.
class Inherited {
 public:
  using Value = std::uint8_t;

  explicit Inherited(const Dom& dom) : dom_(dom), known_(dom.size(), unknown) {}

  /// `derive(node, above)` is a node's value where its parent's is `above`; that of the root's
  /// parent is 0. Less than 255, and the same whenever it is asked.
  template <class Derive>
  Value of(Dom::Index at, Derive derive) {
    path_.clear();
    auto up = at;
    for (; up != Dom::none && known_[up] == unknown; up = dom_[up].parent) path_.push_back(up);
    Value value = up == Dom::none ? 0 : known_[up];
    for (auto node = path_.rbegin(); node != path_.rend(); ++node)
      known_[*node] = value = derive(*node, value);
    return value;
  }

 private:
  static constexpr Value unknown = 255;

  const Dom& dom_;
  std::vector<Value> known_;
  std::vector<Dom::Index> path_;
};

}  // namespace tinwatch::parsers
