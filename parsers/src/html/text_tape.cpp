#include "html/text_tape.hpp"

namespace tinwatch::parsers {

char32_t TextTape::add_run(const Run& run) {
  runs_.push_back(run);
  return first_run + static_cast<char32_t>(runs_.size() - 1);
}

void TextTape::add_text_step(std::uint32_t begin) {
  if (!steps_.empty() && steps_.back().kind == Step::Kind::text)
    steps_.back().end = end();
  else
    steps_.push_back({.kind = Step::Kind::text, .begin = begin, .end = end()});
}

std::optional<std::size_t> TextTape::run_at(std::string_view shown, std::size_t at) const {
  const auto c = next_code_point(shown, at);
  if (c < first_run || c >= first_tag || c - first_run >= runs_.size()) return std::nullopt;
  return c - first_run;
}

}  // namespace tinwatch::parsers
