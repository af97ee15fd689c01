#include "selector.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cstdint>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;
using Steps = std::vector<Selector::Step>;

constexpr std::size_t most_steps = 32;  // one bit each
constexpr std::size_t most_alternatives = 32;
constexpr std::size_t longest_selector = 1000;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<std::vector<Steps>, std::string> parse() {
    std::vector<Steps> out;
    if (text_.size() > longest_selector) return fail(std::string("longer than 1000 characters"));
    do {
      out.emplace_back();
      if (!steps(out.back())) return fail(fault_);
      if (out.size() > most_alternatives) return fail(std::string("more than 32 alternatives"));
    } while (eat(','));
    if (at_ < text_.size()) return fail(unexpected());
    return out;
  }

 private:
  [[nodiscard]] std::string unexpected() const {
    return (at_ < text_.size() ? "unexpected '" + std::string(1, text_[at_]) + "'"
                               : std::string("unexpected end")) +
           " at character " + std::to_string(at_ + 1);
  }
  bool refuse() {
    if (fault_.empty()) fault_ = unexpected();
    return false;
  }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool eat(char c) {
    if (peek() != c || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }
  void blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  bool name(std::string& out) {
    const auto start = at_;
    while (at_ < text_.size() && is_name(text_[at_])) ++at_;
    out = text_.substr(start, at_ - start);
    return !out.empty() || refuse();
  }

  bool steps(Steps& out) {
    blanks();
    char combinator = ' ';
    while (true) {
      Selector::Step step{.combinator = combinator};
      if (!compound(step.compound)) return false;
      out.push_back(std::move(step));
      if (out.size() > most_steps) {
        fault_ = "more than 32 steps";
        return false;
      }
      const auto before = at_;
      blanks();
      if (at_ >= text_.size() || peek() == ',') return true;
      combinator = ' ';
      if (peek() == '>' || peek() == '+' || peek() == '~') {
        combinator = text_[at_++];
        blanks();
      } else if (at_ == before) {
        return refuse();
      }
    }
  }

  bool compound(Selector::Compound& out) {
    bool any = simple_compound(out);
    if (!fault_.empty()) return false;
    while (eat(':')) {
      if (!pseudo(out)) return false;
      any = true;
      // Whatever may follow a type may follow a pseudo-class too.
      simple_parts(out, any);
      if (!fault_.empty()) return false;
    }
    return any || refuse();
  }

  /// A compound without pseudo-classes; whether there was anything. A fault is in `fault_`.
  bool simple_compound(Selector::Compound& out) {
    bool any = eat('*');
    if (!any && is_name(peek())) {
      if (!name(out.type)) return false;
      out.type = ascii_lower(out.type);
      any = true;
    }
    simple_parts(out, any);
    return any;
  }

  void simple_parts(Selector::Compound& out, bool& any) {
    for (bool good = true; good;) {
      if (eat('#'))
        good = name(out.id);
      else if (eat('.'))
        good = name(out.classes.emplace_back());
      else if (eat('['))
        good = attribute(out.attributes.emplace_back());
      else
        return;
      any = true;
    }
  }

  bool attribute(Selector::Attribute& out) {
    blanks();
    if (!name(out.name)) return false;
    out.name = ascii_lower(out.name);
    blanks();
    if (eat(']')) return true;
    if (eat('=')) {
      out.how = '=';
    } else {
      const char how = peek();
      if (std::string_view("~|^$*").find(how) == std::string_view::npos || how == '\0')
        return refuse();
      ++at_;
      if (!eat('=')) return refuse();
      out.how = how;
    }
    blanks();
    if (peek() == '"' || peek() == '\'') {
      const char quote = text_[at_++];
      const auto end = text_.find(quote, at_);
      if (end == std::string_view::npos) {
        at_ = text_.size();
        return refuse();
      }
      out.value = text_.substr(at_, end - at_);
      at_ = end + 1;
    } else if (!name(out.value)) {
      return false;
    }
    blanks();
    return eat(']') || refuse();
  }

  bool pseudo(Selector::Compound& out) {
    const auto start = at_;
    std::string word;
    if (!name(word)) return false;
    if (word == "first-child") {
      out.first_child = true;
    } else if (word == "last-child") {
      out.last_child = true;
    } else if (word == "not" && eat('(')) {
      blanks();
      if (!simple_compound(out.negated.emplace_back())) return refuse();
      blanks();
      return eat(')') || refuse();
    } else {
      fault_ = "unknown pseudo-class ':" + word + "' at character " + std::to_string(start);
      return false;
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string fault_;
};

bool has_word(std::string_view list, std::string_view word) {
  for (std::size_t at = 0; at < list.size();) {
    if (is_blank(list[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < list.size() && !is_blank(list[end])) ++end;
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
    if (!has_value(attribute, dom.attribute(at, attribute.name.c_str()))) return false;
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
    if (dom[i].is_text || !dom[i].element) continue;
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

Result<Selector, std::string> Selector::parse(std::string_view text) {
  auto steps = Parser(text).parse();
  if (!steps) return fail(std::move(steps.error()));
  Selector out;
  out.alternatives_ = std::move(*steps);
  return out;
}

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
