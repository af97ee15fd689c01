#pragma once

#include "html/dom.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// What an element's class and id say of it. Words are told apart at camelCase, `-` and `_`, so
/// that `article-widget` is not an ad's and `badge` is none; layout words ("has-sidebar") say
/// nothing.
struct NameSigns {
  bool boilerplate = false;  ///< a whole phrase of chrome: `related-posts`, `share-bar`
  bool chrome_word = false;  ///< a single word of chrome: `nav`, `comments`
  bool only_widget =
      false;  ///< nothing of chrome but "widget", which is anything in a page builder
  /// Nothing of chrome but a word that is as often said of parts of pictures: `media__meta`.
  bool only_setting = false;
  bool gallery = false;     ///< pictures to leaf through
  bool content = false;     ///< `article-body`, `entry-content`
  bool discussion = false;  ///< comments, bios, related: never a quotation of the article
  bool caption = false;     ///< `wp-caption-text`, `PhotoCMS_Caption`
  bool related = false;     ///< teasers of other articles
  bool byline = false;
  bool lead = false;  ///< `sapo`, `standfirst`
  bool deck = false;  ///< `dek`, `subheadline`: a second headline rather than a lead
};

/// Reads names. Remembers what it read, for the next pages of the same thread too: a site's pages
/// repeat few names often.
class Names {
 public:
  explicit Names(const Dom& dom) : dom_(dom), read_(dom.size()) {}
  [[nodiscard]] NameSigns of(Dom::Index at);

 private:
  NameSigns look_up(Dom::Index at);

  const Dom& dom_;
  std::vector<std::optional<NameSigns>> read_;  // by node
  std::string key_;
};

}  // namespace tinwatch::parsers
