#include "lists/xml_mend.hpp"

#include "core/text.hpp"
#include "parsers/document.hpp"

#include <algorithm>
#include <charconv>
#include <libxml/HTMLparser.h>
#include <map>

namespace tinwatch::parsers {

namespace {

constexpr std::size_t longest_entity = 10;        // with its &: "thetasym" is the longest of HTML 4
constexpr std::size_t most_entity_names = 4096;   // HTML 4 has 252; libxml2 looks through a list
constexpr int most_attributes = 400;              // a tag, as in HTML
constexpr std::size_t longest_cdata = 1'000'000;  // libxml2's own limit is ten times that

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

/// Of elements and of processing instructions; libxml2 knows which letters beyond ASCII are none.
bool may_start_name(char c) {
  return is_ascii_letter(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80; }

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Of the entities that XML itself has; 0 for any other name.
unsigned predefined_value(std::string_view name) {
  if (name == "amp") return '&';
  if (name == "lt") return '<';
  if (name == "gt") return '>';
  if (name == "quot") return '"';
  return name == "apos" ? '\'' : 0;
}

/// Of XML 1.0's production 2.
bool is_xml_character(unsigned c) {
  return c == 9 || c == 10 || c == 13 || (c >= 0x20 && c <= 0xd7ff) ||
         (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
}

enum class Reference { good, not_a_character, not_a_reference };

/// What `#38` and `#x26` between & and ; are.
Reference judge_number(std::string_view text) {
  text.remove_prefix(1);
  const bool hexadecimal = text.starts_with('x');
  if (hexadecimal) text.remove_prefix(1);
  unsigned value = 0;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value, hexadecimal ? 16 : 10);
  if (text.empty() || read.ptr != end) return Reference::not_a_reference;
  if (read.ec != std::errc() || !is_xml_character(value)) return Reference::not_a_character;
  return Reference::good;
}

/// The charset that an XML declaration names; empty where there is none.
std::string_view declared_encoding(std::string_view xml) {
  constexpr std::string_view label = "encoding";
  if (!xml.starts_with("<?xml")) return {};
  auto rest = xml.substr(0, std::min(xml.find('>'), std::size_t{256}));
  const auto at = rest.find(label);
  if (at == std::string_view::npos) return {};
  rest = trim(rest.substr(at + label.size()));
  if (!rest.starts_with('=')) return {};
  rest = trim(rest.substr(1));
  if (!rest.starts_with('"') && !rest.starts_with('\'')) return {};
  const auto end = rest.find(rest.front(), 1);
  return end == std::string_view::npos ? std::string_view() : rest.substr(1, end - 1);
}

/// One pass over the bytes. What it believes about where it stands follows from what it has
/// written, and not from what it has read: so libxml2, which reads that, believes the same.
class Mender {
 public:
  explicit Mender(std::string_view text) : text_(text) {
    out_.reserve(text.size() + text.size() / 16);
  }

  std::string mended() && {
    skip_declaration();
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '<')
        read_markup();
      else if (c == '&')
        read_reference();
      else
        read_character(c);
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool starts_with(std::string_view word) const {
    return text_.substr(at_, word.size()) == word;
  }
  [[nodiscard]] char byte_after(std::size_t offset) const {
    return at_ + offset < text_.size() ? text_[at_ + offset] : '\0';
  }
  void skip_past(std::string_view end, std::size_t from) {
    const auto found = text_.find(end, at_ + from);
    at_ = found == std::string_view::npos ? text_.size() : found + end.size();
  }

  /// Broken ones end at a `>` too.
  void skip_declaration() {
    at_ = std::min(text_.find('<'), text_.size());
    if (starts_with("<?xml") && is_blank(byte_after(5))) skip_past(">", 0);
  }

  void read_markup() {
    const char next = byte_after(1);
    if (starts_with("<!--")) {
      skip_past("-->", 4);
    } else if (starts_with("<![CDATA[")) {
      copy_cdata();
    } else if (next == '?') {
      if (may_start_name(byte_after(2)))
        skip_past("?>", 2);
      else
        at_ += 2;
    } else if (in_prolog_ && iequals(text_.substr(at_, 9), "<!doctype")) {
      skip_doctype();
    } else if (may_start_name(next) && !is_noncharacter(at_ + 1)) {
      in_prolog_ = false;
      in_tag_ = true;
      quote_ = '\0';
      attributes_ = 0;
      write('<');
    } else if (next == '/') {
      in_tag_ = false;
      write('<');
    } else {
      ++at_;  // a bare one, over which libxml2 stumbles every time
    }
  }

  /// To the `>` behind the internal subset, where quotes and comments may hold others.
  void skip_doctype() {
    bool inside = false;
    for (at_ += 9; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '>' && !inside) {
        ++at_;
        return;
      }
      if (c == '[' || c == ']') inside = c == '[';
      if (c == '"' || c == '\'') {
        const auto close = text_.find(c, at_ + 1);
        if (close != std::string_view::npos) at_ = close;
      } else if (starts_with("<!--")) {
        skip_past("-->", 4);
        --at_;
      }
    }
  }

  /// A CDATA section holds text as it is. libxml2 leaves one that is too long in its middle and
  /// reads the rest as markup: so it becomes several.
  void copy_cdata() {
    in_tag_ = false;
    const auto end = std::min(text_.find("]]>", at_), text_.size() - 3) + 3;
    auto next_cut = at_ + longest_cdata;
    while (at_ < end) {
      if (at_ >= next_cut && end - at_ > 4 && !continues_character(text_[at_])) {
        out_ += "]]><![CDATA[";
        next_cut = at_ + longest_cdata;
      }
      if (!blank_forbidden()) write(text_[at_]);
    }
  }

  void read_character(char c) {
    if (blank_forbidden()) return;
    if (in_tag_) {
      read_in_tag(c);
    } else if (c == ']' && starts_with("]]>")) {
      out_ += "]]&#62;";
      at_ += 3;
    } else {
      write(c);
    }
  }

  void read_in_tag(char c) {
    const bool ends = quote_ == '\0' && (c == '>' || (c == '/' && byte_after(1) == '>'));
    if (attributes_ < most_attributes || ends)
      write(c);
    else
      ++at_;
    if (quote_ != '\0') {
      if (c != quote_) return;
      quote_ = '\0';
      ++attributes_;
    } else if (c == '"' || c == '\'') {
      quote_ = c;
    } else if (c == '>') {
      in_tag_ = false;
    }
  }

  void read_reference() {
    if (in_tag_ && attributes_ >= most_attributes) {
      ++at_;
      return;
    }
    const auto near = text_.substr(at_, longest_entity + 1).find(';');
    const auto name =
        near == std::string_view::npos ? std::string_view() : text_.substr(at_ + 1, near - 1);
    if (name.starts_with('#')) {
      const auto number = judge_number(name);
      if (number == Reference::not_a_character) at_ += near + 1;
      if (number == Reference::good) write('&');
      if (number == Reference::not_a_reference) escape();
    } else if (const auto value = entity_value(name); value != 0) {
      // As a number: libxml2 drops entities behind the first error.
      out_ += "&#" + std::to_string(value) + ';';
      at_ += near + 1;
    } else {
      escape();
    }
  }

  /// Of an entity of XML or HTML 4; 0 for any other name.
  unsigned entity_value(std::string_view name) {
    if (name.empty()) return 0;
    if (const auto value = predefined_value(name); value != 0) return value;
    const auto known = values_.find(name);
    if (known != values_.end()) return known->second;
    if (values_.size() == most_entity_names) return 0;
    const std::string terminated(name);
    const auto* html = htmlEntityLookup(reinterpret_cast<const unsigned char*>(terminated.c_str()));
    return values_.emplace(name, html ? html->value : 0).first->second;
  }

  /// A text that is hardly anything but bare ampersands loses some, so that it does not grow.
  void escape() {
    constexpr std::size_t growth = 4;
    constexpr std::size_t always = 1024;
    if (++escapes_ * growth > text_.size() + always) {
      write(' ');
      return;
    }
    out_ += "&#38;";
    ++at_;
  }

  /// U+FFFE and U+FFFF, which XML forbids.
  [[nodiscard]] bool is_noncharacter(std::size_t at) const {
    const auto three = text_.substr(at, 3);
    return three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF";
  }

  /// A blank for what XML forbids.
  bool blank_forbidden() {
    const bool noncharacter = text_[at_] == '\xEF' && is_noncharacter(at_);
    if (!noncharacter && !is_control(text_[at_])) return false;
    write(' ');
    if (noncharacter) at_ += 2;
    return true;
  }

  void write(char c) {
    out_ += c;
    ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
  bool in_prolog_ = true;
  bool in_tag_ = false;
  char quote_ = '\0';   // the one that an attribute's value of this tag is in
  int attributes_ = 0;  // of this tag
  std::size_t escapes_ = 0;
  std::map<std::string_view, unsigned> values_;
};

}  // namespace

std::string decode_xml(std::string_view body) {
  body = trim(body);
  return decode({}, "charset=" + std::string(declared_encoding(body)), body).html;
}

std::string mend_xml(std::string_view text) { return Mender(text).mended(); }

}  // namespace tinwatch::parsers
