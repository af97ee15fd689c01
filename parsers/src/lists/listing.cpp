#include "parsers/listing.hpp"

#include "core/site_scope.hpp"
#include "core/text.hpp"
#include "core/url.hpp"
#include "html/dom.hpp"
#include "language/words.hpp"
#include "lists/page_link.hpp"
#include "lists/pager.hpp"

#include <algorithm>
#include <unordered_map>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t most_declared = 100;
constexpr std::size_t longest_link_text = 16 * 1024;     // bytes, white space included
constexpr std::size_t most_addresses = 2 * 1024 * 1024;  // bytes of all links: a page has 100 KB
constexpr std::size_t steps_a_link = 50;
constexpr auto no_link = static_cast<std::size_t>(-1);

bool is_feed_type(std::string_view type) {
  const auto plain = ascii_lower(trim(type.substr(0, type.find(';'))));
  return plain == "application/rss+xml" || plain == "application/atom+xml" ||
         plain == "application/feed+json" || plain == "application/rdf+xml";
}

/// The text of a link: its own, else what stands for it.
std::string text_of_link(const Dom& dom, Index at) {
  auto text = dom.brief_text(at, longest_link_text);
  if (!text.empty()) return text;
  text = squeeze(dom.attribute(at, "title"));
  if (text.empty()) text = squeeze(dom.attribute(at, "aria-label"));
  for (Index i = at; i < dom[at].end && text.empty(); ++i)
    if (dom[i].tag == GUMBO_TAG_IMG) text = squeeze(dom.attribute(i, "alt"));
  return text;
}

/// Reads the links of one page.
class Reader {
 public:
  Reader(const Dom& dom, const Document& document, const Site& site)
      : dom_(dom),
        site_(site),
        own_(site.canonical(document.url)),
        base_(document.url),
        pager_(own_) {
    const auto& profile = site.profile();
    rewrites_ =
        !profile.origin.empty() || !profile.strip_path.empty() || !profile.drop_parameters.empty();
    if (const auto parts = parse_url(document.url)) {
      host_ = bare_host(parts->host);
      domain_ = registrable_domain(parts->host);
    }
    // The first one counts for the whole page, wherever it stands (HTML 4.2.3).
    for (Index i = 0; i < dom.size(); ++i) {
      if (dom[i].tag != GUMBO_TAG_BASE || dom.attribute(i, "href").empty()) continue;
      base_ = resolve_url(document.url, dom.attribute(i, "href")).value_or(base_);
      break;
    }
  }

  Listing read(const LearnedTemplates& learned) {
    for (Index i = 0; i < dom_.size() && addresses_ <= most_addresses; ++i) {
      if (dom_[i].tag == GUMBO_TAG_LINK) read_head_link(i);
      if (dom_[i].tag == GUMBO_TAG_A) read_link(i);
    }
    const auto places = places_of(dom_, anchors_);
    for (std::size_t i = 0; i < anchors_.size(); ++i)
      links_[anchors_[i].link].add(places[i], anchors_[i].words);
    dom_.look();
    const auto own = parse_url(own_);
    judge_links(links_, own ? read_address(*own) : AddressSigns{}, learned);
    return finish();
  }

 private:
  [[nodiscard]] bool is_own(const std::string& url, const UrlParts& parts) const {
    if (!site_.holds(url)) return false;
    if (!site_.profile().hosts.empty() || bare_host(parts.host) == host_) return true;
    return !domain_.empty() && registrable_domain(parts.host) == domain_;
  }

  /// Feeds, and the next page of the list.
  void read_head_link(Index at) {
    const auto rel = dom_.attribute(at, "rel");
    if (rel.empty()) return;
    const bool feed =
        has_token(rel, "feed") || (has_token(rel, "alternate") && !has_token(rel, "stylesheet") &&
                                   is_feed_type(dom_.attribute(at, "type")));
    if (!feed && !has_token(rel, "next")) return;
    const auto url = resolve_url(base_, dom_.attribute(at, "href"));
    if (!url) return;
    if (feed) {
      if (out_.feeds.size() < most_declared) out_.feeds.push_back(*url);
    } else if (const auto parts = parse_url(*url); parts && is_own(*url, *parts)) {
      pager_.look_at(site_.canonical(*url), {}, true);
    }
  }

  void read_link(Index at) {
    const auto href = dom_.attribute(at, "href");
    if (href.empty() || href.front() == '#') return;
    // A teaser links twice or more, picture, headline and all: its address is read once.
    const auto [known, first] = by_href_.try_emplace(href, no_link);
    if (first) {
      dom_.step(steps_a_link);
      addresses_ += std::min(base_.size() + href.size(), longest_url);
      known->second = link_to(href);
    }
    if (known->second == no_link) return;
    auto& link = links_[known->second];
    auto text = text_of_link(dom_, at);
    pager_.look_at(link.link.url, text, has_token(dom_.attribute(at, "rel"), "next"));
    const auto words_there = language::count_words(text);
    anchors_.push_back({.node = at, .link = known->second, .words = words_there});
    // The headline tells more than "Read on".
    if (link.link.text.empty() || link.words < words_there) {
      link.link.text = std::move(text);
      link.words = words_there;
    }
  }

  /// The link of an address, new or met before; `no_link` where it leads elsewhere.
  std::size_t link_to(std::string_view href) {
    const auto absolute = resolve_url(base_, href);
    if (!absolute) return no_link;
    auto url = rewrites_ ? site_.canonical(*absolute) : *absolute;
    const auto parts = parse_url(url);
    if (!parts || !is_own(*absolute, *parts)) return no_link;
    const auto [entry, first] = by_address_.emplace(url, links_.size());
    if (!first) return entry->second;
    PageLink one{.address = read_address(*parts)};
    one.link.url = std::move(url);
    one.link.address_template = one.address.address_template;
    if (const auto kind = site_.kind(one.link.url)) {
      one.link.kind = *kind;
      one.link.why = "profile";
      one.profiled = true;
    }
    links_.push_back(std::move(one));
    return entry->second;
  }

  Listing finish() {
    // A profile that knows its articles is not overruled.
    const bool told = !site_.profile().article.empty();
    for (auto& one : links_) {
      if (told && !one.profiled && one.link.kind == UrlKind::article)
        one.link.kind = UrlKind::other;
      // "25" below a headline counts its comments.
      if (one.link.kind == UrlKind::article) pager_.drop(one.link.url);
      out_.links.push_back(std::move(one.link));
    }
    out_.next = pager_.pages();
    if (site_.kind(pager_.next()) != UrlKind::article) out_.next_page = pager_.next();
    return std::move(out_);
  }

  const Dom& dom_;
  const Site& site_;
  std::string own_;
  std::string base_;
  std::string host_;
  std::string domain_;
  Pager pager_;
  std::size_t addresses_ = 0;  // bytes read
  std::vector<PageLink> links_;
  std::vector<Anchor> anchors_;
  std::unordered_map<std::string_view, std::size_t> by_href_;  // as written
  std::unordered_map<std::string, std::size_t> by_address_;
  bool rewrites_ = false;  // whether the profile changes addresses
  Listing out_;
};

}  // namespace

Listing read_listing(const Document& document, const std::shared_ptr<const Site>& site) {
  WorkBudget budget;
  return read_listing(document, site, budget);
}

Listing read_listing(const Document& document, const std::shared_ptr<const Site>& site,
                     WorkBudget& budget, const LearnedTemplates& learned) {
  const HtmlTree tree(document.html);
  budget.look();
  const Dom dom(tree, &budget);
  return Reader(dom, document, *site).read(learned);
}

std::string address_template(std::string_view url) {
  const auto parts = parse_url(url);
  return parts ? read_address(*parts).address_template : std::string();
}

bool names_no_article(std::string_view url) {
  const auto parts = parse_url(url);
  if (!parts) return true;
  const auto address = read_address(*parts);
  return address.home || address.asset || address.topic;
}

}  // namespace tinwatch::parsers
