#include "page/names.hpp"

#include "core/text.hpp"
#include "html/any_word.hpp"
#include "page/name_words.hpp"
#include "page/page.hpp"
#include "regex.hpp"
#include "rules.hpp"

#include <algorithm>
#include <re2/re2.h>
#include <unordered_map>
#include <unordered_set>

namespace tinwatch::parsers {
namespace {

// Vocabularies of chrome and content as news systems name it, English and Vietnamese. Each word was
// kept because pages without it lost or gained text (docs/extraction.md, "Names").
const std::unordered_set<std::string_view>& chrome_words() {
  static const std::unordered_set<std::string_view> words = {
      "nav", "navigation", "navbar", "navlist", "subnav", "menu", "breadcrumb", "breadcrumbs",
      "crumbs", "sidebar", "sidebars", "rail", "footer", "masthead", "toolbar", "pagination",
      "pager", "paging", "share", "sharing", "sharebar", "sharetools", "shares", "social",
      "sociable", "addthis", "addtoany", "sharedaddy", "follow", "followus", "newsletter",
      "newsletters", "subscribe", "subscription", "signup", "optin", "promo", "promos", "promotion",
      "promoted", "sponsor", "sponsored", "sponsors", "ad", "ads", "advert", "adverts",
      "advertisement", "advertising", "advertorial", "adslot", "adsbygoogle", "dfp", "gpt",
      "banner", "rennab", "outbrain", "taboola", "revcontent", "zergnet", "recirc", "recirculation",
      "mostpopular", "trending", "popular", "latest", "related", "relateds", "relatedposts",
      "relatedcontent", "relatedarticles", "relatedlinks", "relate", "readmore", "morefrom",
      "moreon", "recommended", "recommend", "recommendation", "recommendations", "suggested",
      "youmaylike", "youmightlike", "upnext", "teaser", "teasers", "comment", "comments",
      "commentlist", "disqus", "livefyre", "respond", "replies", "author", "authors", "authorbox",
      "authorbio", "bio", "byline", "bylines", "dateline", "timestamp", "pubdate", "publishdate",
      "posted", "postmeta", "entrymeta", "articlemeta", "meta", "metadata", "tag", "tags",
      "taglist", "tagcloud", "topics", "keywords", "categories", "filed", "cookie", "cookies",
      "consent", "gdpr", "modal", "popup", "overlay", "lightbox", "tooltip", "caption", "captions",
      "credit", "credits", "imagecaption", "copyright", "legal", "disclaimerbox", "print",
      "printonly", "noprint", "screenreader", "hidden", "hide", "visuallyhidden", "gallery",
      "slideshow", "carousel", "slider", "player", "toc", "widget", "widgets", "rating", "ratings",
      "poll", "quiz", "vote", "survey", "correctionbox", "jsrelated", "nextarticle", "prevnext",
      "postnav", "nextprev", "hatom", "infobox", "factbox", "login", "signin", "register", "donate",
      "donation", "support", "similar", "tts", "views",
      // Vietnamese
      "binhluan", "tinlienquan", "lienquan", "docthem", "xemthem", "quangcao", "tacgia", "chiase",
      "tinkhac", "tinmoi"};
  return words;
}

struct Patterns {
  RE2 layout{
      R"(\blabel-+(?:visually[-_]+)?hidden\b|(?:article|elementor|story|entry|post|body|with|has|w|no|and|two|right|left|l|layout|content|main|page|is|without|hide|full)[-_]*(?:side-?bar|rail|banner|ads?|share|social|author|related|comments?|tags?|meta|nav|menu|gallery|widget|caption|video|newsletter|paywall)s?\b)",
      any_case()};
  RE2 boilerplate{
      R"(relate[ds]|relatebox|outbrain|taboola|newsletter|share-?(?:bar|tools|buttons|links|this)|social|breadcrumb|advert|sponsor|recirc|recommend|most-?(?:read|popular|viewed)|read-?(?:more|next|also)|more-?(?:from|stories|on|news)|also-?(?:read|like)|you-?m(?:ay|ight)|comment(?:s|list|form)|author-?(?:bio|box|info|name|block|card|details)|byline|caption|article-?(?:tags|footer|meta|info|header)|post-?(?:tags|footer|meta|info|header|nav)|entry-?(?:tags|footer|meta|utility|header)|tag-?(?:list|cloud|s\b)|subscri|sign-?up|promo|read-?time|time-?stamp|jp-relatedposts|sharedaddy|wp-caption-text|instaread|inline-?(?:related|links?|promo|story|video)|up-?next|video-?(?:player|promo|container)|story-?(?:links|related)|trending|copyright|piano-|tooltip|follow-?us|app-?(?:promo|download)|disclaimer-?box|teaser|widget|lien-?quan|lienquan|bv-?lq|binh-?luan|xem-?them|doc-?them|tin-?(?:khac|moi)|quang-?cao|chia-?se|box-?comm|(?:^|[ _-])ads?[-_](?:text|box|slot|unit|banner|container|wrapper|label))",
      any_case()};
  RE2 content{
      R"(article-?_*-?(?:body|content|text|copy)|story-?_*(?:body|content|text|copy)|entry-?_*content|post-?_*(?:content|body|text|entry)|(?:content|body)-?_*(?:body|copy|text)|body-?_*(?:text|copy|content)|articletext|fulltext|(?:^| )(?:prose|rich-?text|article|story|text|content|entry|post|body)(?: |$)|main-?content|page-?content|td-post-content|field-?-?name-?body|zn-body|paragraph|(?:detail|news|singular)-?_*(?:content|body))",
      any_case()};
  RE2 discussion{R"(comment|relate|recirc|author|bio|binh-?luan)", any_case()};
  RE2 caption{R"(caption|chu-?thich|photo-?desc|img-?desc|image-?desc)", any_case()};
  RE2 related{
      R"(relate[ds]?(?:\b|[-_ ]|box|news|post|article|link|content|one|story)|similar|recommend|lien-?quan|bv-?lq|also-?(?:read|like)|read-?(?:more|next|also)|more-?(?:from|stories|on|news)|tin-?(?:khac|moi|cung))",
      any_case()};
  RE2 byline{R"(author|byline|tac-?gia|but-?danh|nguon-?tin)", any_case()};
  RE2 deck{
      R"((?:\b|[-_]|header|article|hed)(?:dek|deck)(?:\b|[-_]|s)|sub-?line\b|sub-?head(?:ing|line)?\b)",
      any_case()};
  RE2 lead{
      R"(\b(?:sapo|lead|standfirst|chapeau|chappeau|summary|intro|teaser-?text|excerpt|hometext)\b|[-_](?:sapo|lead|summary|standfirst))",
      any_case()};
  RE2 widget{"widgets?", any_case()};
  RE2 gallery{"galler(?:y|ies)|slide-?shows?|carousel", any_case()};
  RE2 setting{"meta(?:data)?|overlay|galler(?:y|ies)|slide(?:r|show)s?|carousel|lightbox",
              any_case()};
};

const Patterns& patterns() {
  static const Patterns all;
  return all;
}

constexpr std::size_t longest_remembered = 200;
constexpr std::size_t longest_type = 200;  // bytes
constexpr std::size_t most_remembered = 4096;
constexpr std::ptrdiff_t least_dashes = 2;
constexpr std::size_t least_slug = 12;  // bytes
constexpr Dom::Index nodes_to_heading = 12;
constexpr std::size_t longest_heading = 400;  // bytes

NameSigns read(const std::string& name) {
  NameSigns out;
  std::string cut = words_of_names(name);
  RE2::GlobalReplace(&cut, patterns().layout, " ");
  const auto is_chrome = [](const std::string& text) {
    return RE2::PartialMatch(text, patterns().boilerplate) ||
           any_word(text, [](std::string_view word) { return chrome_words().contains(word); });
  };
  out.boilerplate = RE2::PartialMatch(cut, patterns().boilerplate);
  out.chrome_word =
      any_word(cut, [](std::string_view word) { return chrome_words().contains(word); });
  const auto is_only = [&](const RE2& words) {
    std::string rest = cut;
    return RE2::GlobalReplace(&rest, words, "") > 0 && !is_chrome(rest);
  };
  if (out.boilerplate || out.chrome_word) {
    out.only_widget = is_only(patterns().widget);
    out.only_setting = is_only(patterns().setting);
    out.gallery = RE2::PartialMatch(cut, patterns().gallery);
  }
  out.content = RE2::PartialMatch(cut, patterns().content);
  out.discussion = RE2::PartialMatch(cut, patterns().discussion);
  out.caption = RE2::PartialMatch(cut, patterns().caption);
  out.related = RE2::PartialMatch(cut, patterns().related);
  out.byline = RE2::PartialMatch(cut, patterns().byline);
  out.deck = RE2::PartialMatch(cut, patterns().deck);
  out.lead = RE2::PartialMatch(cut, patterns().lead);
  return out;
}

/// Whether the id is made of the words of the heading inside, as documents and wikis make it: then
/// it says what the part is about and not what the box is for.
bool is_named_by_heading(const Dom& dom, Dom::Index at) {
  const auto id = dom.attribute(at, "id");
  if (std::count(id.begin(), id.end(), '-') < least_dashes || is_left_out("heading-ids"))
    return false;
  const auto end = std::min(dom[at].end, at + nodes_to_heading);
  for (auto i = at; i < end; ++i) {
    if (!is_heading(dom[i].tag)) continue;
    auto said = word_key(dom.brief_text(i, longest_heading));
    std::replace(said.begin(), said.end(), ' ', '-');
    const auto most = std::min(said.size(), id.size());
    return most >= least_slug && std::string_view(said).substr(0, most) == id.substr(0, most);
  }
  return false;
}

/// No pattern asks for a digit: `item-7` and `item-12` are one name.
void fold_numbers(std::string& name) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool digit = is_digit(name[i]);
    if (digit && end > 0 && name[end - 1] == '0') continue;
    name[end++] = digit ? '0' : name[i];
  }
  name.resize(end);
}

}  // namespace

NameSigns Names::of(Dom::Index at) {
  if (!read_[at]) read_[at] = look_up(at);
  return *read_[at];
}

NameSigns Names::look_up(Dom::Index at) {
  key_.assign(dom_.attribute(at, "class"));
  key_ += ' ';
  if (!is_named_by_heading(dom_, at)) key_ += dom_.attribute(at, "id");
  // Content systems that name no class say what a box is elsewhere: VCCorp's type="RelatedOneNews".
  if (dom_[at].tag == GUMBO_TAG_DIV) {
    key_ += ' ';
    key_ += clip(dom_.attribute(at, "type"), longest_type);
  }
  fold_numbers(key_);
  if (key_.size() > longest_remembered) return read(key_);
  thread_local std::unordered_map<std::string, NameSigns> known;
  const auto found = known.find(key_);
  if (found != known.end()) return found->second;
  if (known.size() >= most_remembered) known.clear();
  return known.emplace(key_, read(key_)).first->second;
}

}  // namespace tinwatch::parsers
