#include "html/selector.hpp"

#include "core/text.hpp"
#include "html/attributes.hpp"

#include <algorithm>
#include <cstdint>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;
using Steps = std::vector<Selector::Step>;

bool has_word(std::string_view list, std::string_view word) {
  for (std::size_t at = 0; at < list.size();) {
    if (is_html_blank(list[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < list.size() && !is_html_blank(list[end])) ++end;
    if (list.substr(at, end - at) == word) return true;
    at = end;
  }
  return false;
}

bool has_value(const Selector::Attribute& wanted, std::string_view found) {
  if (found.data() == nullptr) return false;
  const std::string_view value = wanted.value;
  switch (wanted.how) {
    case 0: return true;
    case '=': return found == value;
    case '~': return !value.empty() && has_word(found, value);
    case '|':
      return found == value ||
             (found.starts_with(value) && found.substr(value.size()).starts_with('-'));
    case '^': return !value.empty() && found.starts_with(value);
    case '$': return !value.empty() && found.ends_with(value);
    case '*': return !value.empty() && found.find(value) != std::string_view::npos;
    default: return false;
  }
}

struct Place {
  bool first = false;
  bool last = false;
};

/// Type, id, classes and attributes.
bool matches_simple(const Dom& dom, Index at, const Selector::Compound& wanted) {
  if (!wanted.type.empty() && wanted.type != dom.type(at)) return false;
  if (!wanted.id.empty() && dom.attribute(at, "id") != wanted.id) return false;
  for (const auto& name : wanted.classes)
    if (!has_word(dom.attribute(at, "class"), name)) return false;
  for (const auto& attribute : wanted.attributes)
    if (!has_value(attribute, dom.attribute(at, attribute.name))) return false;
  return true;
}

bool matches(const Dom& dom, Index at, const Selector::Compound& wanted, Place place) {
  if ((wanted.first_child && !place.first) || (wanted.last_child && !place.last)) return false;
  if (!matches_simple(dom, at, wanted)) return false;
  for (const auto& negated : wanted.negated)
    if (matches_simple(dom, at, negated)) return false;
  return true;
}

/// Which steps, counted as bits, an element and its surroundings satisfy.
struct Marks {
  std::uint32_t own = 0;       ///< steps that end here
  std::uint32_t above = 0;     ///< steps that end at an ancestor
  std::uint32_t children = 0;  ///< steps that end at a child seen so far
  std::uint32_t last = 0;      ///< steps that end at the last child seen
  bool has_child = false;
};

/// Elements that are their parent's last one.
std::vector<bool> find_last_children(const Dom& dom) {
  std::vector<bool> out(dom.size(), false);
  std::vector<Index> last(dom.size(), Dom::none);
  for (Index i = 0; i < dom.size(); ++i)
    if (!dom[i].is_text && dom[i].parent != Dom::none) last[dom[i].parent] = i;
  for (const auto at : last)
    if (at != Dom::none) out[at] = true;
  return out;
}

void select_steps(const Dom& dom, const Steps& steps, const std::vector<bool>& last_children,
                  std::vector<bool>& out) {
  std::vector<Marks> marks(dom.size());
  for (Index i = 0; i < dom.size(); ++i) {
    if (!dom[i].is_element) continue;
    dom.step(steps.size());
    auto& mine = marks[i];
    Marks none;
    auto& parent = dom[i].parent == Dom::none ? none : marks[dom[i].parent];
    mine.above = parent.above | parent.own;
    const Place place{!parent.has_child, static_cast<bool>(last_children[i])};
    for (std::size_t step = 0; step < steps.size(); ++step) {
      const auto before = step == 0 ? 0U : 1U << (step - 1);
      bool reachable = step == 0;
      if (!reachable) {
        switch (steps[step].combinator) {
          case '>': reachable = (parent.own & before) != 0; break;
          case '+': reachable = (parent.last & before) != 0; break;
          case '~': reachable = (parent.children & before) != 0; break;
          default: reachable = (mine.above & before) != 0;
        }
      }
      if (reachable && matches(dom, i, steps[step].compound, place)) mine.own |= 1U << step;
    }
    parent.children |= mine.own;
    parent.last = mine.own;
    parent.has_child = true;
    if ((mine.own & (1U << (steps.size() - 1))) != 0) out[i] = true;
  }
}

}  // namespace

std::vector<Dom::Index> Selector::select(const Dom& dom) const {
  std::vector<bool> chosen(dom.size(), false);
  const auto last_children = find_last_children(dom);
  for (const auto& steps : alternatives_) select_steps(dom, steps, last_children, chosen);
  std::vector<Index> out;
  for (Index i = 0; i < dom.size(); ++i)
    if (chosen[i]) out.push_back(i);
  return out;
}

}  // namespace tinwatch::parsers
