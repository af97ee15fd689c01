#include "html/writer.hpp"

#include "html/attributes.hpp"

#include <utility>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t shortest_run =
    2 * placeholder_width + 1;  // bytes; a shorter one costs Gumbo as little

}  // namespace

HtmlWriter::HtmlWriter(TextPlace place, std::size_t bytes)
    : all_literal_(place == TextPlace::in_html) {
  html_.reserve(bytes);
}

void HtmlWriter::literal(std::string_view html) {
  leave_phrase();
  html_.append(html);
}

void HtmlWriter::aside(const Text& text) {
  if (all_literal_) return write_text(text.html);
  auto rest = text.html;
  while (!rest.empty()) {
    const auto run = rest.substr(0, rest.find('&'));
    if (!run.empty()) write_run(run);
    rest.remove_prefix(run.size());
    if (rest.empty()) return;
    const auto reference = reference_at(rest);
    is_ambiguous_ = is_ambiguous_ || names_placeholder(reference);
    leave_phrase();
    write_text(reference);
    rest.remove_prefix(reference.size());
  }
}

/// Text that stays in the HTML. Where a tag was cut, it does not join a reference before it: its
/// first character is written as one itself, as of a '<' that is text.
void HtmlWriter::write_text(std::string_view text) {
  if (text.empty()) return;
  if (html_.size() == reference_end_ && continues_reference(text.front())) {
    html_.append("&#").append(std::to_string(static_cast<int>(text.front()))) += ';';
    text.remove_prefix(1);
  }
  html_.append(text);
  if (ends_in_reference(text)) reference_end_ = html_.size();
}

/// A text without references. White space at its beginning stays with Gumbo, because trees depend
/// on it, as one character.
void HtmlWriter::write_run(std::string_view text) {
  std::size_t blank = 0;
  while (blank < text.size() && is_html_blank(text[blank])) ++blank;
  if (blank > 0) html_ += text.front();
  const auto run = text.substr(blank);
  const auto begin = tape_.end();
  if (run.empty()) {
    if (open_.empty()) return;
    tape_.add_text(" ");
    return note_text(begin, true);
  }
  const bool is_short = run.size() < shortest_run && open_.empty();
  if (is_short || tape_.is_full() || !is_passed_on(run)) {
    is_ambiguous_ = is_ambiguous_ || holds_placeholder(run);
    leave_phrase();
    return write_text(run);
  }
  if (blank > 0) tape_.add_text(" ");
  const auto after_blank = tape_.end();
  tape_.add_text(run);
  using Kind = TextTape::Run::Kind;
  add_run({after_blank, tape_.end(), blank > 0 ? Kind::text_after_blank : Kind::text});
  note_text(begin, false);
}

/// A text was read that begins on the tape at `begin` and ends there.
void HtmlWriter::note_text(std::uint32_t begin, bool is_blank) {
  if (open_.empty()) return;
  tape_.add_text_step(begin);
  phrase_is_empty_ = phrase_is_empty_ && is_blank;
}

void HtmlWriter::aside(const StartTag& tag) {
  if (all_literal_) return literal(tag.html);
  if (open_.empty()) {
    phrase_begin_ = html_.size();
    phrase_steps_ = tape_.step_count();
    phrase_is_empty_ = true;
  }
  html_.append(tag.html);
  open_.push_back(tag.name.tag);
  tape_.add_step(
      {.kind = TextTape::Step::Kind::open, .tag = tag.name.tag, .attributes = tag.attributes});
  // Gumbo then takes no <frameset> any more, as after text.
  if (tag.name.tag == GUMBO_TAG_IMG || tag.name.tag == GUMBO_TAG_BR) phrase_is_empty_ = false;
  if (tag.name.treatment().empty) end_phrase();
}

void HtmlWriter::aside(const EndTag& tag) {
  if (!open_.empty() && open_.back() == tag.name.tag) {
    write_end_tag(tag.name);
    return end_phrase();
  }
  if (tag.name.tag == GUMBO_TAG_FORM) part_phrase();
  leave_phrase();
  write_end_tag(tag.name);
}

void HtmlWriter::write_end_tag(const Name& name) { html_.append("</").append(name.text) += '>'; }

/// The innermost element of the phrase ended; with the outermost all of it goes beside the HTML.
void HtmlWriter::end_phrase() {
  open_.pop_back();
  tape_.add_step({.kind = TextTape::Step::Kind::close});
  if (!open_.empty()) return;
  if (tape_.is_full() || (phrase_is_empty_ && !frameset_is_off_))
    return tape_.cut_steps(phrase_steps_);
  frameset_is_off_ = true;
  html_.resize(phrase_begin_);
  add_run({phrase_steps_, tape_.step_count(), TextTape::Run::Kind::elements});
  last_phrase_end_ = html_.size();
}

/// The elements that are open stay in the HTML, where they were written.
void HtmlWriter::leave_phrase() {
  if (open_.empty()) return;
  open_.clear();
  tape_.cut_steps(phrase_steps_);
}

/// Makes the last phrase stand apart from text behind it: Gumbo puts text at the end of a form
/// behind the form, but no elements.
void HtmlWriter::part_phrase() {
  if (last_phrase_end_ > 0) html_.insert(last_phrase_end_, "<!---->");
  last_phrase_end_ = 0;
}

HtmlWriter::Written HtmlWriter::take() { return {std::move(html_), std::move(tape_)}; }

}  // namespace tinwatch::parsers
