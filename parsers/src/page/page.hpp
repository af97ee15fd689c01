#pragma once

#include "html/dom.hpp"
#include "page/head.hpp"
#include "page/names.hpp"
#include "page/text_block.hpp"

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace tinwatch::parsers {

/// A parsed page with what every step of the extraction asks: its body, its titles, its headline.
struct Page {
  Page(const Dom& dom, const Head& head, std::string url);

  const Dom& dom;
  const Head& head;
  const std::string url;  ///< where it was fetched
  Names names;
  Dom::Index body = Dom::none;
  std::vector<Dom::Index> h1;  ///< in document order, none without text
  /// The <h1> that repeats the page's title; else another element that does; else the first <h1>;
  /// else `Dom::none`.
  Dom::Index headline = Dom::none;
  std::unordered_set<std::string> titles;  ///< `word_key` of <title>, og:title, h1 and their parts

  [[nodiscard]] bool is_title(std::string_view text) const;
  /// Whether `text` names this page and not its site: all of the page's title, or most of it.
  [[nodiscard]] bool is_called(std::string_view text) const;

 private:
  [[nodiscard]] Dom::Index find_printed_title(const std::vector<std::string>& h1_keys,
                                              std::string_view title_key) const;

  std::unordered_set<std::string>
      main_titles_;        // those of `titles` that name the page, not the site
  std::string title_key_;  // of <title>
};

/// Words of a text, lower case, with a blank between: what two prints of one headline share.
[[nodiscard]] std::string word_key(std::string_view text);

}  // namespace tinwatch::parsers
