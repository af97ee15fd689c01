#include "html/prune.hpp"

#include "core/text.hpp"
#include "html/attributes.hpp"
#include "html/open_elements.hpp"
#include "html/phrasing.hpp"
#include "html/tag_writer.hpp"
#include "html/writer.hpp"

#include <gumbo.h>

#include <algorithm>
#include <utility>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t longest_server_tag = 4096;  // bytes
constexpr std::size_t longest_name = 64;          // bytes of an element's name
constexpr std::size_t most_scripts = 64;          // of each kind; a page has five

/// A position in the page, moving forward only.
class Pruner {
 public:
  Pruner(std::string_view html, TextPlace place)
      : html_(html), writer_(place, std::min(html.size(), most_markup)), tags_(html, place) {}

  /// To the end of the page, unless it turns out that nothing may stand beside its HTML.
  void run() {
    while (at_ < html_.size() && writer_.size() + bytes_aside() < most_markup &&
           !writer_.is_ambiguous()) {
      text(std::min(html_.find('<', at_), html_.size()));
      if (at_ < html_.size()) markup();
    }
  }
  [[nodiscard]] bool is_ambiguous() const { return writer_.is_ambiguous(); }

  /// The last call.
  [[nodiscard]] PrunedHtml take() {
    auto written = writer_.take();
    if (written.html.size() > most_markup)
      written.html.resize(clip(written.html, most_markup).size());
    return {.html = std::move(written.html),
            .placeholders = {.texts = std::move(written.texts), .attributes = tags_.take()},
            .json_ld = std::move(json_ld_),
            .state = std::move(state_)};
  }

 private:
  [[nodiscard]] std::size_t bytes_aside() const {
    return writer_.bytes_aside() + tags_.bytes_aside();
  }
  /// The page up to `end`, as it is written.
  void copy(std::size_t end) {
    writer_.literal(html_.substr(at_, end - at_));
    at_ = end;
  }
  /// The same for what Gumbo takes for text.
  void text(std::size_t end) {
    // The line feed that HTML drops there must not stand for the white space behind it.
    if (writer_.size() == after_pre_) {
      const auto line = html_.substr(at_, end - at_);
      copy(at_ + (line.starts_with("\r\n") ? 2 : line.find_first_of("\r\n") == 0 ? 1 : 0));
    }
    const auto room = most_markup - std::min(most_markup, bytes_aside());
    writer_.aside(HtmlWriter::Text{clip(html_.substr(at_, end - at_), room)});
    at_ = end;
  }
  [[nodiscard]] bool ends_name_at(std::size_t at) const {
    return at >= html_.size() || ends_name(html_[at]);
  }
  /// The text of a raw element. Gumbo may see no such element there (it takes no <title> inside a
  /// <select>): nothing in it may look like a tag.
  void raw_text(std::size_t end) {
    for (;;) {
      text(std::min(html_.find('<', at_), end));
      if (at_ == end) return;
      stray_bracket();
    }
  }
  /// As a reference: before what is left of a cut piece it could open a tag.
  void stray_bracket() {
    writer_.literal("&lt;");
    ++at_;
  }
  [[nodiscard]] char peek(std::size_t ahead) const {
    return at_ + ahead < html_.size() ? html_[at_ + ahead] : '\0';
  }
  void skip_past(std::string_view end) {
    const auto found = html_.find(end, at_);
    at_ = found == std::string_view::npos ? html_.size() : found + end.size();
  }

  void markup() {
    if (html_.substr(at_).starts_with("<!--")) {
      at_ += 2;  // "<!-->" is a whole comment
      // "--!>" ends one too (WHATWG HTML section 13.2.5.52).
      const auto end = html_.find("--", at_);
      for (auto look = end; look != std::string_view::npos; look = html_.find("--", look + 1)) {
        if (html_.substr(look + 2, 1) == ">" || html_.substr(look + 2, 2) == "!>") {
          at_ = look + (html_[look + 2] == '>' ? 3 : 4);
          return;
        }
      }
      at_ = html_.size();
    } else if (iequals(html_.substr(at_, 9), "<!doctype")) {
      copy(std::min(html_.find('>', at_), html_.size() - 1) + 1);
    } else if (peek(1) == '!' || peek(1) == '?' || (peek(1) == '/' && !is_ascii_letter(peek(2)))) {
      skip_past(">");  // a comment by mistake (WHATWG HTML section 13.2.5.41)
    } else if (peek(1) == '/') {
      end_tag();
    } else if (is_ascii_letter(peek(1))) {
      start_tag();
    } else if (!server_tag()) {
      stray_bracket();
    }
  }

  /// `<% ... %>`: a template (JSP, ERB, ASP) that its server did not run. Nobody wrote it to be
  /// read.
  bool server_tag() {
    if (peek(1) != '%') return false;
    if (server_tag_end_ <= at_) server_tag_end_ = html_.find("%>", at_);
    if (server_tag_end_ > at_ + longest_server_tag) return false;
    at_ = server_tag_end_ + 2;
    return true;
  }

  [[nodiscard]] Name name_at(std::size_t from) const {
    std::size_t end = from;
    while (end < html_.size() && end - from < longest_name && !ends_name(html_[end])) ++end;
    return Name(html_.substr(from, end - from));
  }

  void end_tag() {
    const auto name = name_at(at_ + 2);
    skip_attributes(at_ + 2 + name.text.size());  // they mean nothing, and may hold a '>'
    // Gumbo makes an element of each </p> and </br> without a start. Of the others, only one that
    // has its start closes anything.
    const auto& treatment = name.treatment();
    bool kept = ++tag_count_ <= 2 * most_tags;
    if (kept && !treatment.unclosed && !treatment.empty) {
      const auto depth = open_.close(name);
      kept = depth > 0 && depth <= deepest_nesting;
    }
    if (!kept) return;
    phrasing_.note_end(name.tag);
    writer_.aside(HtmlWriter::EndTag{name});
  }

  void start_tag() {
    const auto name = name_at(at_ + 1);
    const auto& treatment = name.treatment();
    const bool nests = !treatment.empty && !treatment.unclosed;
    const bool drop = treatment.dropped || (name.tag == GUMBO_TAG_OBJECT && object_ends());
    // Gumbo opens in every block anew what is not closed. It counts as if it were written there.
    tag_count_ += 1 + (treatment.formatting || treatment.empty ? 0 : open_.formatting());
    // Behind a <plaintext> no tag would count any more.
    const bool crowded = tag_count_ > most_tags || name.tag == GUMBO_TAG_PLAINTEXT ||
                         (treatment.formatting && open_.formatting() >= most_formatting);
    const bool deep =
        !drop && nests &&
        (open_.depth() >= deepest_nesting || open_.depth() + open_.astray() >= longest_stack);
    if (drop || crowded || deep) {
      const auto skipped = skip_attributes(at_ + 1 + name.text.size());
      if (drop && !skipped.closed && !(name.tag == GUMBO_TAG_TEMPLATE && skipped.shown))
        drop_element(name, skipped.type);
      if (drop) return;
    } else {
      tag(name);
    }
    if (crowded) return;
    if (treatment.raw) {
      const auto end = std::min(find_end_tag(name.text), html_.size());
      if (deep)
        at_ = end;
      else
        raw_text(end);
    }
    // A self-closing slash means nothing in HTML: the element stays open.
    if (nests && open_.depth() < longest_stack) open_.open(name);
  }

  struct Skipped {
    std::string type;     ///< the attribute, lower case
    bool closed = false;  ///< by a slash, which counts for svg and math only
    bool shown = false;   ///< a <template> that is a tree for the reader (WHATWG HTML, declarative
                          ///< shadow trees): what it holds stands in the page
  };
  /// Moves past the tag whose name ends at `name_end`.
  Skipped skip_attributes(std::size_t name_end) {
    at_ = name_end;
    Skipped out;
    while (const auto one = next_attribute(html_, at_)) {
      out.closed = one->name.empty() && at_ < html_.size() && html_[at_] == '>';
      if (one->name.size() == 4 && iequals(one->name, "type")) out.type = ascii_lower(one->value);
      out.shown = out.shown || iequals(one->name, "shadowrootmode");
    }
    if (at_ < html_.size()) ++at_;
    return out;
  }

  /// Copies the start tag at `at_`.
  void tag(const Name& name) {
    const auto tag = tags_.write(name, at_);
    phrasing_.note_start(name.tag);
    if (tag.aside && phrasing_.may_begin(name, open_))
      writer_.aside(HtmlWriter::StartTag{name, *tag.aside, tag.html});
    else
      writer_.literal(tag.html);
    if (name.tag == GUMBO_TAG_PRE || name.tag == GUMBO_TAG_LISTING ||
        name.tag == GUMBO_TAG_TEXTAREA)
      after_pre_ = writer_.size();
  }

  /// Position of `</name` at or after `at_`, or the end. An element without an end takes the rest
  /// of the page with it, so that a page of a million of them is still linear.
  std::size_t find_end_tag(std::string_view name) {
    for (auto found = html_.find("</", at_); found != std::string_view::npos;
         found = html_.find("</", found + 2))
      if (iequals(html_.substr(found + 2, name.size()), name) &&
          ends_name_at(found + 2 + name.size()))
        return found;
    return html_.size();
  }

  /// An <object> goes with its fallback; one that is never closed is a stray tag.
  bool object_ends() {
    constexpr std::string_view end = "</object";
    if (last_object_end_ == unknown) {
      last_object_end_ = html_.rfind(end);
      while (last_object_end_ != std::string_view::npos &&
             !ends_name_at(last_object_end_ + end.size()))
        last_object_end_ =
            last_object_end_ == 0 ? std::string_view::npos : html_.rfind(end, last_object_end_ - 1);
    }
    return last_object_end_ != std::string_view::npos && last_object_end_ > at_;
  }

  void drop_element(const Name& name, std::string_view type) {
    const auto end = find_end_tag(name.text);
    if (name.tag == GUMBO_TAG_SCRIPT && type.find("json") != std::string_view::npos) {
      auto& kept = type.find("ld+json") != std::string_view::npos ? json_ld_ : state_;
      if (kept.size() < most_scripts) kept.emplace_back(html_.substr(at_, end - at_));
    }
    at_ = end;
    if (at_ < html_.size()) skip_past(">");
  }

  std::string_view html_;
  HtmlWriter writer_;
  TagWriter tags_;
  std::size_t after_pre_ = std::string::npos;  // size of the HTML behind the last such tag
  std::size_t at_ = 0;
  std::size_t server_tag_end_ = 0;  // the "%>" found last; npos: there is no other
  OpenElements open_;
  Phrasing phrasing_;
  std::size_t tag_count_ = 0;
  static constexpr std::size_t unknown = std::string_view::npos - 1;
  std::size_t last_object_end_ = unknown;
  std::vector<std::string> json_ld_;
  std::vector<std::string> state_;
};

}  // namespace

PrunedHtml prune(std::string_view html, TextPlace place) {
  if (place == TextPlace::aside && is_valid_utf8(html)) {
    Pruner pruner(html, TextPlace::aside);
    pruner.run();
    if (!pruner.is_ambiguous()) return pruner.take();
  }
  Pruner pruner(html, TextPlace::in_html);
  pruner.run();
  return pruner.take();
}

}  // namespace tinwatch::parsers
