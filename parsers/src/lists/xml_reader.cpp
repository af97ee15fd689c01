#include "lists/xml_reader.hpp"

#include "core/text.hpp"
#include "lists/xml_tags.hpp"
#include "lists/xml_text.hpp"

#include <algorithm>
#include <array>

namespace tinwatch::parsers {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t deepest = 100;
constexpr std::size_t levels_told = 5;
constexpr std::size_t most_text = 1024 * 1024;  // of one element
/// Vocabularies that hold none of a record's own elements.
constexpr std::array<std::string_view, 8> flat_prefixes = {"media",   "itunes", "dc",  "dcterms",
                                                           "content", "slash",  "wfw", "georss"};
/// HTML's, which nobody closes.
constexpr std::array<std::string_view, 4> void_elements = {"br", "hr", "img", "input"};
constexpr std::size_t most_spaces = 64;  // all are looked through for each prefix

class Reader {
 public:
  Reader(std::string_view text, const XmlShape& shape, const OnXmlElement& on_element)
      : text_(text), shape_(shape), on_element_(on_element) {}

  XmlOutcome read() {
    std::size_t at = std::min(text_.find('<'), text_.size());
    while (at < text_.size() && !enough_) {
      const auto tag = std::min(text_.find('<', at), text_.size());
      add_text(text_.substr(at, tag - at), true);
      at = tag;
      if (at < text_.size()) at += read_markup(text_.substr(at));
      here_ = at;
    }
    const bool cut = !open_.empty() && !enough_;
    if (cut) note_fault();
    close_down_to(0);
    if (fault_ != npos)
      outcome_.broken_at =
          static_cast<std::size_t>(std::count(
              text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(fault_), '\n')) +
          1;
    return outcome_;
  }

 private:
  struct Open {
    std::string_view name;  ///< as written
    bool record = false;
  };

  void note_fault() { fault_ = std::min(fault_, here_); }

  std::size_t read_markup(std::string_view rest) {
    if (XmlMarkup::is_any(rest)) {
      const auto size = markup_.size(rest);
      if (markup_.open()) note_fault();
      if (XmlMarkup::is_cdata(rest)) add_text(XmlMarkup::cdata(rest, size), false);
      return size;
    }
    const bool end = rest.size() > 1 && rest[1] == '/';
    const std::size_t name_at = end ? 2 : 1;
    if (rest.size() <= name_at || !may_start_xml_name(rest[name_at])) {
      if (!end) add_text("<", false);
      return name_at;
    }
    const auto tag = read_xml_tag(rest, name_at);
    if (end)
      close(tag.name);
    else
      start(tag);
    return tag.size;
  }

  void start(const XmlTag& tag) {
    const auto name = split_xml_name(tag.name);
    const bool record = is_record(name);
    if (record)
      close_down_to(parents());
    else if (ends_a_leaf(name))
      close_down_to(record_level_ + 1);
    else if (is_one_of(name.local, shape_.parents) && parents() == 0)
      close_down_to(0);  // what stands before the root is not around it
    outcome_.had_root = true;
    if (overflow_ > 0 || open_.size() == deepest) {
      if (!tag.empty) ++overflow_;
      return;
    }
    if (record && record_level_ == npos) record_level_ = open_.size();
    if (record) ++outcome_.records;
    open_.push_back({.name = tag.name, .record = record});
    if (open_.size() <= levels_told) fill(path_[open_.size() - 1], name, tag.inside);
    if (tag.empty) close_down_to(open_.size() - 1);
  }

  void fill(XmlElement& element, XmlName name, std::string_view inside) {
    element.name = name.local;
    element.prefix = name.prefix;
    element.text.clear();
    element.attributes.clear();
    const auto level = open_.size();
    each_xml_attribute(inside, [&](std::string_view attribute, std::string_view value) {
      std::string plain;
      references_.append(plain, value);
      const bool space = attribute == "xmlns" || attribute.starts_with("xmlns:");
      if (space && spaces_.size() < most_spaces)
        spaces_.push_back({.level = level,
                           .prefix = attribute.substr(std::min<std::size_t>(attribute.size(), 6)),
                           .space = plain});
      element.attributes.emplace_back(attribute, std::move(plain));
    });
    element.space.clear();
    for (auto one = spaces_.rbegin(); one != spaces_.rend(); ++one) {
      if (one->prefix != name.prefix) continue;
      element.space = one->space;
      break;
    }
  }

  /// A record has the prefix of the root or none.
  [[nodiscard]] bool is_record(XmlName name) const {
    return is_one_of(name.local, shape_.records) &&
           (name.prefix.empty() || open_.empty() || parents() == open_.size() ||
            name.prefix == split_xml_name(open_.front().name).prefix);
  }

  /// How many of the open elements may stand around a record.
  [[nodiscard]] std::size_t parents() const {
    std::size_t n = 0;
    while (n < open_.size() && n < 2 &&
           is_one_of(split_xml_name(open_[n].name).local, shape_.parents))
      ++n;
    return n;
  }

  /// Whether the field that is open was left open: the next field of its record begins.
  [[nodiscard]] bool ends_a_leaf(XmlName name) const {
    if (record_level_ == npos || open_.size() < record_level_ + 2) return false;
    const auto record = split_xml_name(open_[record_level_].name);
    const auto field = split_xml_name(open_[record_level_ + 1].name);
    const bool own = name.prefix == record.prefix && is_one_of(name.local, shape_.fields);
    if (field.prefix != record.prefix) return own && is_one_of(field.prefix, flat_prefixes);
    if (own) return is_one_of(field.local, shape_.leaves) || is_one_of(field.local, void_elements);
    // A title may hold elements of XHTML.
    return !name.prefix.empty() && is_one_of(field.local, shape_.leaves) && field.local != "title";
  }

  /// Elements that were left open inside of it end with it; what nothing opened ends nothing.
  void close(std::string_view name) {
    if (overflow_ > 0) {
      --overflow_;
      return;
    }
    for (auto level = open_.size(); level > 0; --level) {
      if (open_[level - 1].name != name) continue;
      if (level < open_.size()) note_sloppy_end(level);
      close_down_to(level - 1);
      return;
    }
  }

  /// An open <br> loses nothing; a record that ends with its channel does.
  void note_sloppy_end(std::size_t level) {
    for (auto inner = level; inner < open_.size(); ++inner)
      if (open_[inner].record) note_fault();
  }

  void close_down_to(std::size_t level) {
    overflow_ = open_.size() > level ? 0 : overflow_;
    while (open_.size() > level) {
      const auto size = open_.size();
      const bool told = size <= levels_told;
      if (told && !enough_) enough_ = !on_element_({path_.data(), size});
      if (told && record_level_ != npos && size > record_level_ + 2) hand_up(size);
      while (!spaces_.empty() && spaces_.back().level >= size) spaces_.pop_back();
      if (open_.back().record) record_level_ = npos;
      open_.pop_back();
    }
  }

  /// The text of an element inside of a field belongs to the field.
  void hand_up(std::size_t size) {
    static constexpr std::array<std::string_view, 8> lines = {"p",  "br", "div", "li",
                                                              "ul", "ol", "tr",  "td"};
    const auto& inner = path_[size - 1];
    if (inner.name == "script" || inner.name == "style") return;
    auto& outer = path_[size - 2].text;
    if (is_one_of(inner.name, lines)) append(outer, " ");
    append(outer, inner.text);
    if (is_one_of(inner.name, lines)) append(outer, " ");
  }

  static void append(std::string& out, std::string_view text) {
    if (out.size() < most_text) out += clip(text, most_text - out.size());
  }

  void add_text(std::string_view text, bool references) {
    if (open_.empty() || text.empty()) return;
    // What is deeper than told of is text of the deepest one in a record, and nobody's outside.
    if (open_.size() > levels_told && record_level_ == npos) return;
    auto& own = path_[std::min(open_.size(), levels_told) - 1].text;
    if (own.size() >= most_text) return;
    if (references)
      references_.append(own, text);
    else
      XmlText::append_plain(own, text);
    if (own.size() > most_text) own.resize(clip(own, most_text).size());
  }

  struct Space {
    std::size_t level;
    std::string_view prefix;
    std::string space;
  };

  std::string_view text_;
  const XmlShape& shape_;
  const OnXmlElement& on_element_;
  XmlText references_;
  XmlMarkup markup_;
  std::vector<Open> open_;
  std::array<XmlElement, levels_told> path_;
  std::vector<Space> spaces_;
  std::size_t overflow_ = 0;         // elements open below the deepest
  std::size_t record_level_ = npos;  // how many elements stand around the open record
  std::size_t here_ = 0;             // bytes read
  std::size_t fault_ = npos;
  bool enough_ = false;
  XmlOutcome outcome_;
};

}  // namespace

std::string_view XmlElement::attribute(std::string_view wanted) const {
  for (const auto& [known, value] : attributes)
    if (known == wanted) return value;
  return {};
}

XmlOutcome read_xml(std::string_view text, const XmlShape& shape, const OnXmlElement& on_element) {
  return Reader(text, shape, on_element).read();
}

}  // namespace tinwatch::parsers
