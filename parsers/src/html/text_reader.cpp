#include "html/text_reader.hpp"

#include "core/text.hpp"
#include "html/attributes.hpp"

#include <algorithm>

namespace tinwatch::parsers {

void TextReader::add_text(std::string_view text) {
  if (text_.empty()) {
    text_ = text;
    return;
  }
  if (!joined_) joined_ = &written_.emplace_back(text_);
  joined_->append(text);
  text_ = *joined_;
}

void TextReader::end_text() {
  if (!text_.empty()) pieces_.push_back({text_, {}});
  text_ = {};
  joined_ = nullptr;
}

std::span<const TextReader::Piece> TextReader::read(std::string_view shown) {
  using Kind = TextTape::Run::Kind;
  pieces_.clear();
  for (std::size_t i = 0; i < shown.size();) {
    const auto first =
        std::find_if(shown.begin() + static_cast<std::ptrdiff_t>(i), shown.end(), [](char c) {
          return static_cast<unsigned char>(c) >= 0xF3;  // the first byte of a placeholder
        });
    auto at = static_cast<std::size_t>(first - shown.begin());
    if (at > i) add_text(shown.substr(i, at - i));
    i = at;
    if (i == shown.size()) break;
    const auto number = tape_.run_at(shown, i);
    static_cast<void>(next_code_point(shown, i));
    if (!number || given_[*number]) {
      add_text(shown.substr(at, i - at));
      continue;
    }
    given_[*number] = true;
    auto run = tape_.run(*number);
    if (run.kind == Kind::elements) {
      end_text();
      pieces_.push_back({{}, tape_.steps(run)});
      continue;
    }
    // Nearly every text is one run, with or without the blank before it: then it stands in one
    // piece.
    if (run.kind == Kind::text_after_blank && text_.size() == 1 && is_html_blank(text_.front())) {
      text_ = {};
      --run.begin;
    }
    add_text(tape_.text(run));
  }
  end_text();
  return pieces_;
}

}  // namespace tinwatch::parsers
