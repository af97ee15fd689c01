#pragma once

#include "html/gumbo_text.hpp"

#include <gumbo.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// The texts and plain phrases (phrasing.hpp) of a page that stand beside its HTML, in the order of
/// the page. Each is a run, with a private-use character in its place.
class TextTape {
 public:
  /// Of a walk through the elements of a phrase.
  struct Step {
    enum class Kind : std::uint8_t { text, open, close } kind;
    GumboTag tag = GUMBO_TAG_UNKNOWN;  ///< of an opened element
    std::uint32_t attributes = 0;      ///< of an opened element: AttributeTape::TagNumber
    std::uint32_t begin = 0;           ///< of a text, in bytes of the tape
    std::uint32_t end = 0;
  };
  struct Run {
    enum class Kind : std::uint8_t {
      text,
      text_after_blank,  ///< a blank stands before it, on the tape and in the HTML
      elements
    };
    std::uint32_t begin;  ///< in bytes of the tape; of elements in steps
    std::uint32_t end;
    Kind kind;
  };

  /// Bytes of all texts.
  [[nodiscard]] std::size_t bytes() const { return text_.size(); }

  /// Where the next text begins.
  [[nodiscard]] std::uint32_t end() const { return static_cast<std::uint32_t>(text_.size()); }
  void add_text(std::string_view text) { text_.append(text); }
  /// No more runs can be told apart.
  [[nodiscard]] bool is_full() const { return runs_.size() == most_placeholders; }
  /// Returns the character that stands for it. The tape is not full.
  char32_t add_run(const Run& run);

  [[nodiscard]] std::uint32_t step_count() const {
    return static_cast<std::uint32_t>(steps_.size());
  }
  void add_step(const Step& step) { steps_.push_back(step); }
  /// The text from `begin` to the end of the tape. Right behind another one it belongs to that: a
  /// comment, or a tag that is cut, stood between them.
  void add_text_step(std::uint32_t begin);
  /// Takes back the steps behind the first `count`.
  void cut_steps(std::uint32_t count) { steps_.resize(count); }

  [[nodiscard]] std::size_t run_count() const { return runs_.size(); }
  /// The number of the run that stands at `shown[at]`; nothing where no placeholder is.
  [[nodiscard]] std::optional<std::size_t> run_at(std::string_view shown, std::size_t at) const;
  [[nodiscard]] const Run& run(std::size_t number) const { return runs_[number]; }
  /// Of a run of text, without the blank before it.
  [[nodiscard]] std::string_view text(const Run& run) const {
    return std::string_view(text_).substr(run.begin, run.end - run.begin);
  }
  [[nodiscard]] std::string_view text(const Step& step) const {
    return std::string_view(text_).substr(step.begin, step.end - step.begin);
  }
  /// Of a run of elements.
  [[nodiscard]] std::span<const Step> steps(const Run& run) const {
    return std::span(steps_).subspan(run.begin, run.end - run.begin);
  }

 private:
  std::string text_;
  std::vector<Run> runs_;
  std::vector<Step> steps_;
};

}  // namespace tinwatch::parsers
