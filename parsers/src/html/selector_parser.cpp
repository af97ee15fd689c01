#include "core/text.hpp"
#include "html/attributes.hpp"
#include "html/selector.hpp"

namespace tinwatch::parsers {
namespace {

using Steps = std::vector<Selector::Step>;

constexpr std::size_t most_steps = 32;  // one bit each
constexpr std::size_t most_alternatives = 32;
constexpr std::size_t longest_selector = 1000;

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
    while (at_ < text_.size() && is_html_blank(text_[at_])) ++at_;
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

}  // namespace

Result<Selector, std::string> Selector::parse(std::string_view text) {
  auto steps = Parser(text).parse();
  if (!steps) return fail(std::move(steps.error()));
  Selector out;
  out.alternatives_ = std::move(*steps);
  return out;
}

}  // namespace tinwatch::parsers
