#pragma once

#include "core/url.hpp"
#include "lists/address_segment.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// What a segment is like, without its words.
struct SegmentForm {
  bool is_long = false;   ///< a slug, a random name, a number: what articles end with
  bool is_small = false;  ///< a number of at most four digits: a day, a month, a year
  bool is_word = false;   ///< one or two words: the name of a section
  std::string text;       ///< `SLUG+n.html`, `N6`, `HASH`, `ww`, `w`
};
[[nodiscard]] SegmentForm form_of(const Segment& segment);

/// The form of an address with its words and numbers taken out, so that the articles of a site
/// share a few: `bao.vn/xa-hoi/mot-bai-viet-20221224191050762.htm` is `bao.vn/xa-hoi/SLUG+n.htm`.
/// The first directory of a short path stays: sections of one site may have pages of their own.
[[nodiscard]] std::string fine_template(const UrlParts& parts, const std::vector<Segment>& segments,
                                        const std::vector<SegmentForm>& forms);

/// The same without host and names, so that it groups what is alike on pages with few links.
[[nodiscard]] std::string coarse_template(const UrlParts& parts,
                                          const std::vector<Segment>& segments,
                                          const std::vector<SegmentForm>& forms, bool dated,
                                          bool article_word);

/// Whether a parameter tells where a reader came from and never what he reads.
[[nodiscard]] bool is_referrer(std::string_view parameter);

}  // namespace tinwatch::parsers
