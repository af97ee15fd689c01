#include "parsers/listing.hpp"

#include "core/text.hpp"
#include "core/url.hpp"
#include "html/dom.hpp"
#include "lists/url_shape.hpp"
#include "regex.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t most_next_pages = 8;
constexpr std::size_t longest_link_text = 16 * 1024;     // bytes, white space included
constexpr std::size_t most_addresses = 2 * 1024 * 1024;  // bytes of all links: a page has 100 KB

/// A <link> of the head: `rel` is a set of words, and a type may have parameters.
void read_head_link(const Dom& dom, Index at, const std::string& base, Listing& out) {
  const auto url = resolve_url(base, dom.attribute(at, "href"));
  if (!url) return;
  const auto rel = ascii_lower(dom.attribute(at, "rel"));
  const auto rels = words(rel);
  const auto is = [&](std::string_view wanted) {
    return std::find(rels.begin(), rels.end(), wanted) != rels.end();
  };
  const auto declared = ascii_lower(dom.attribute(at, "type"));
  const auto type = trim(std::string_view(declared).substr(0, declared.find(';')));
  const bool feed = type == "application/rss+xml" || type == "application/atom+xml" ||
                    type == "application/feed+json" || type == "application/rdf+xml";
  if ((is("alternate") && feed && !is("stylesheet")) || is("feed")) out.feeds.push_back(*url);
  if (is("next") && out.next.size() < most_next_pages) out.next.push_back(*url);
}

/// What addresses of the page are relative to: its first <base>, wherever that stands.
std::string base_of(const Dom& dom, const std::string& url) {
  for (Index i = 0; i < dom.size(); ++i)
    if (dom[i].tag == GUMBO_TAG_BASE)
      if (const auto href = dom.attribute(i, "href"); !href.empty())
        return resolve_url(url, href).value_or(url);
  return url;
}

/// Which nodes stand in a menu: one pass, parents before children.
std::vector<bool> mark_menus(const Dom& dom) {
  std::vector<bool> out(dom.size(), false);
  for (Index i = 0; i < dom.size(); ++i) {
    const auto& node = dom[i];
    if (node.parent != Dom::none && out[node.parent]) {
      out[i] = true;
    } else if (!node.is_text) {
      const auto names = dom.names(i);
      out[i] = node.tag == GUMBO_TAG_NAV || node.tag == GUMBO_TAG_FOOTER ||
               names.find("menu") != std::string::npos || names.find("nav") != std::string::npos;
    }
  }
  return out;
}

/// What is known of a link when the whole page was read.
struct Candidate {
  Link link;
  UrlParts parts;
  std::string shape;
  bool menu = true;  ///< stands in menus only
  bool profiled = false;
};

/// The text of a link: its own, else its title, else its picture's alternative.
std::string text_of_link(const Dom& dom, Index at) {
  auto text = dom.brief_text(at, longest_link_text);
  if (!text.empty()) return text;
  text = squeeze(dom.attribute(at, "title"));
  for (Index i = at; i < dom[at].end && text.empty(); ++i)
    if (dom[i].tag == GUMBO_TAG_IMG) text = squeeze(dom.attribute(i, "alt"));
  return text;
}

/// How the links of one shape read: headlines are longer than the names of sections.
struct ShapeSigns {
  std::size_t links = 0;
  std::size_t texts = 0;
  std::size_t words = 0;
  std::size_t menus = 0;
  [[nodiscard]] double mean_words() const {
    return texts == 0 ? 0 : static_cast<double>(words) / static_cast<double>(texts);
  }
};

constexpr double least_headline_words = 4;
constexpr double headline_words = 6;       // words a link; sections have two to five
constexpr std::size_t article_number = 5;  // digits
constexpr std::size_t steps_a_link = 50;
constexpr double most_in_menus = 0.5;

/// Judges all links of a page together: addresses of one shape are one kind of page, whatever a
/// single text says ("TIN BUỒN" is a headline too).
class Judge {
 public:
  explicit Judge(std::vector<Candidate>& all) : all_(all) {
    for (const auto& one : all_) {
      auto& signs = shapes_[one.shape];
      ++signs.links;
      signs.menus += one.menu ? 1 : 0;
      if (one.link.text.empty()) continue;
      ++signs.texts;
      signs.words += words(one.link.text).size();
    }
    for (const auto& one : all_)
      if (is_article_group(one)) {
        ++articles_;
        numbered_ += has_number(one.parts.path, article_number) ? 1 : 0;
      }
  }

  void run() {
    for (auto& one : all_)
      if (!one.profiled) judge(one);
  }

 private:
  [[nodiscard]] bool is_article_group(const Candidate& one) const {
    const auto& signs = shapes_.at(one.shape);
    // A long slug with a long number is an article's, however short its headline.
    const bool certain =
        one.shape.find("slug") != std::string::npos && has_number(one.parts.path, article_number);
    return has_article_shape(one.parts) &&
           signs.mean_words() >= (certain ? least_headline_words : headline_words) &&
           static_cast<double>(signs.menus) <= most_in_menus * static_cast<double>(signs.links);
  }

  void judge(Candidate& one) const {
    auto& link = one.link;
    if (is_asset(one.parts.path) || one.parts.path.starts_with("/cdn-cgi/")) {
      link.why = "asset";
    } else if (one.parts.path == "/" && one.parts.query.empty()) {
      link.why = "home";
    } else if (is_topic_path(one.parts.path)) {
      link.kind = UrlKind::listing;
      link.why = "topic";
    } else if (is_article_group(one)) {
      // Where nearly all articles carry a number, a long name without one is a section.
      const bool numbers = numbered_ * 10 >= articles_ * 9;
      const bool odd = numbers && !has_number(one.parts.path, 4) && words(link.text).size() < 8;
      link.kind = odd ? UrlKind::listing : UrlKind::article;
      link.why = odd ? "no number where articles have one" : "shape of headlines";
    } else if (one.menu || (link.text.size() > 1 && words(link.text).size() <= 5 &&
                            !has_article_shape(one.parts))) {
      link.kind = UrlKind::listing;
      link.why = one.menu ? "menu" : "short name";
    } else {
      link.why = "neither";
    }
  }

  std::vector<Candidate>& all_;
  std::unordered_map<std::string, ShapeSigns> shapes_;
  std::size_t articles_ = 0;
  std::size_t numbered_ = 0;
};

/// Of a page of a list, by its address.
std::optional<int> page_number(std::string_view url) {
  static const RE2 paged(
      R"((?i)(?:[?&/](?:page|trang|p|paged)[=/-]?|/trang-?|-p|/p)(\d{1,4})(?:[./?&#]|$))");
  int number = 0;
  if (!RE2::PartialMatch(piece(url), paged, &number)) return std::nullopt;
  return number;
}

constexpr auto next_words =
    "trang (?:sau|tiếp|kế)|tiếp(?: theo)?|next(?: page)?|older(?: posts)?|›";

/// "2", "Trang sau", rel=next: the rest of this list.
bool leads_to_further_page(const Dom& dom, Index at, const std::string& text) {
  static const RE2 further(std::string(R"((?i)^(?:\d{1,3}|trang cuối|xem thêm|»|>|>>|)") +
                           next_words + ")$");
  if (iequals(dom.attribute(at, "rel"), "next")) return true;
  return RE2::FullMatch(text, further) && page_number(dom.attribute(at, "href"));
}

/// What says that such a link leads to the page right behind this one, the `here`-th; the surest
/// first.
enum class NextBy { rel, number, word, nothing };
NextBy next_by(const Dom& dom, Index at, const std::string& text, int here) {
  static const RE2 word(std::string("(?i)^(?:") + next_words + ")$");
  if (iequals(dom.attribute(at, "rel"), "next")) return NextBy::rel;
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size())
    return number == here + 1 ? NextBy::number : NextBy::nothing;
  return RE2::FullMatch(text, word) ? NextBy::word : NextBy::nothing;
}

}  // namespace

Listing read_listing(const Document& document, const std::shared_ptr<const Site>& site) {
  WorkBudget budget;
  return read_listing(document, site, budget);
}

Listing read_listing(const Document& document, const std::shared_ptr<const Site>& site,
                     WorkBudget& budget) {
  const HtmlTree tree(document.html);
  budget.look();
  const Dom dom(tree, &budget);
  Listing out;
  std::vector<Candidate> all;
  std::unordered_map<std::string, std::size_t> seen;
  const auto menus = mark_menus(dom);
  const auto base = base_of(dom, document.url);
  std::size_t addresses = 0;  // bytes read
  const auto own = site->canonical(document.url);
  const int here = page_number(document.url).value_or(1);
  auto next_page_by = NextBy::nothing;
  for (Index i = 0; i < dom.size(); ++i) {
    const auto href = dom.attribute(i, "href");
    if (href.empty()) continue;
    if (dom[i].tag == GUMBO_TAG_LINK) {
      read_head_link(dom, i, base, out);
      continue;
    }
    if (dom[i].tag != GUMBO_TAG_A || href.front() == '#') continue;
    dom.step(steps_a_link);
    addresses += std::min(base.size() + href.size(), longest_url);
    if (addresses > most_addresses) break;
    const auto absolute = resolve_url(base, href);
    if (!absolute || !site->holds(*absolute)) continue;
    if (site->profile().hosts.empty() && !same_site(*absolute, document.url)) continue;
    auto url = site->canonical(*absolute);
    auto parts = parse_url(url);
    if (!parts) continue;
    auto text = text_of_link(dom, i);
    if (leads_to_further_page(dom, i, text)) {
      if (out.next.size() < most_next_pages &&
          std::find(out.next.begin(), out.next.end(), url) == out.next.end())
        out.next.push_back(url);
      const auto by = next_by(dom, i, text, here);
      if (by < next_page_by && url != own && site->kind(url) != UrlKind::article) {
        next_page_by = by;
        out.next_page = url;
      }
    }
    const auto [entry, first] = seen.emplace(url, all.size());
    if (first) {
      Candidate one{.parts = std::move(*parts), .menu = menus[i]};
      one.shape = url_shape(one.parts);
      one.link.url = std::move(url);
      one.link.text = std::move(text);
      if (const auto kind = site->kind(one.link.url)) {
        one.link.kind = *kind;
        one.link.why = "profile";
        one.profiled = true;
      }
      all.push_back(std::move(one));
    } else {
      // A teaser links twice, picture and headline: the headline tells more.
      auto& known = all[entry->second];
      if (known.link.text.size() < text.size()) known.link.text = std::move(text);
      known.menu = known.menu && menus[i];
    }
  }
  Judge(all).run();
  // A profile that knows its articles is not overruled.
  if (!site->profile().article.empty())
    for (auto& one : all)
      if (!one.profiled && one.link.kind == UrlKind::article) one.link.kind = UrlKind::other;
  for (auto& one : all) {
    // "25" below a headline counts its comments.
    if (one.link.kind == UrlKind::article && one.link.url == out.next_page) out.next_page.clear();
    out.links.push_back(std::move(one.link));
  }
  return out;
}

bool looks_like_article(std::string_view url) {
  const auto parts = parse_url(url);
  return parts && !is_asset(parts->path) && has_article_shape(*parts);
}

}  // namespace tinwatch::parsers
