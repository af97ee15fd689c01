#include "article/authors.hpp"

#include "article/author_elements.hpp"
#include "article/byline_lines.hpp"
#include "core/text.hpp"
#include "html/inherited.hpp"
#include "page/line_parts.hpp"
#include "page/phrases.hpp"
#include "parsers/dates.hpp"
#include "regex.hpp"
#include "rules.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t lines_above = 4;  // of a headline's header
constexpr std::size_t lines_below = 12;
constexpr Index nodes_before = 250;  // of the headline or the text: what stands beside it
constexpr Index nodes_behind = 80;

class Finder {
 public:
  Finder(Page& page, const CleanPage& clean, const JsonLd& ld, const Body& body, Index content,
         std::string_view site_name)
      : page_(page),
        dom_(page.dom),
        clean_(clean),
        ld_(ld),
        body_(body),
        content_(content),
        prose_end_(end_of_prose(page.dom, clean, content)),
        comments_(page.dom),
        elements_(page.dom, page.body),
        site_key_(word_key(site_name)),
        publisher_key_(word_key(ld.publisher)) {}

  Authors find() {
    // Vietnamese papers print the name under the text and declare themselves, initials or nothing
    // (docs/extraction.md, "Authors").
    const bool printed_first = page_.head.language.starts_with("vi");
    if (printed_first)
      if (auto out = printed(); !out.names.empty()) return out;
    if (auto out = declared(); !out.names.empty()) return out;
    if (!printed_first)
      if (auto out = printed(); !out.names.empty()) return out;
    // At last the paper or agency that JSON-LD declares as the author.
    std::vector<std::string> papers = ld_.author;
    std::erase_if(papers, [](const auto& one) { return words(one).size() > most_name_words; });
    return {std::move(papers), "json-ld"};
  }

 private:
  [[nodiscard]] bool is_site(const std::string& name) const {
    const auto key = word_key(name);
    return !key.empty() && (key == site_key_ || key == publisher_key_);
  }

  /// Adds the names that are neither the site's nor there yet.
  void add_new(std::vector<std::string> names, std::vector<std::string>& out) const {
    for (auto& name : names)
      if (!is_site(name) && std::find(out.begin(), out.end(), name) == out.end())
        out.push_back(std::move(name));
  }

  /// A paper that names itself as the author says less than the name it prints.
  Authors declared() {
    std::vector<std::string> people;
    for (const auto& author : ld_.author) add_new(read_authors(author), people);
    order_as_printed(clean_, people);
    if (!people.empty()) return {std::move(people), "json-ld"};
    if (auto names = by_markup([&](Index i) {
          const auto itemprop = dom_.attribute(i, "itemprop");
          return (itemprop == "author" || itemprop == "creator") && clean_.why[i] != Drop::chrome;
        });
        !names.empty())
      return {std::move(names), "microdata"};
    for (const auto* name : {"author", "parsely-author", "dc.creator", "dcterms.creator", "byl",
                             "sailthru.author", "article:author", "cxenseparse:author",
                             "cxenseparse:recs:articleauthor", "dc.contributor"}) {
      const auto value = page_.head.first({name});
      if (value.empty() || value.starts_with("http") || value.find("facebook.com") != value.npos)
        continue;
      std::vector<std::string> names;
      add_new(read_authors(value), names);
      if (!names.empty()) return {std::move(names), "meta"};
    }
    return {};
  }

  Authors printed() {
    if (auto names = by_markup([&](Index i) {
          return is_near(i) && dom_.attribute(i, "rel").find("author") != std::string_view::npos;
        });
        !names.empty())
      return {std::move(names), "microdata"};
    std::vector<std::string> under;
    for (const auto& byline : body_.bylines) add_new(read_authors(byline), under);
    drop_places(under);
    if (!under.empty()) return {std::move(under), "text"};
    if (auto names = by_markup([&](Index i) {
          if (!is_near(i) || dom_[i].is_text || !page_.names.of(i).byline) return false;
          // Who took the picture did not write the text.
          if (clean_.why[i] == Drop::media) return false;
          return !dom_.brief_text(i, 2 * longest_byline).empty();
        });
        !names.empty())
      return {std::move(names), "text"};
    if (auto names = by_markup([&](Index i) {
          const auto href = dom_.attribute(i, "href");
          return is_near(i) && dom_[i].tag == GUMBO_TAG_A &&
                 (href.find("/author/") != std::string_view::npos ||
                  href.find("/authors/") != std::string_view::npos ||
                  href.find("/autor/") != std::string_view::npos ||
                  href.find("/people/") != std::string_view::npos ||
                  href.find("/profile/") != std::string_view::npos ||
                  href.find("/tac-gia/") != std::string_view::npos);
        });
        !names.empty())
      return {std::move(names), "text"};
    const BylineLines lines(dom_, clean_, {content_, prose_end_},
                            [this](Index i) { return beside_or_behind(i) && !is_in_comments(i); });
    if (auto names = cleaned(lines.behind_label()); !names.empty()) return {names, "text"};
    if (auto names = by_markup([&](Index i) { return is_card_name(i); }); !names.empty())
      return {std::move(names), "microdata"};
    if (auto names = cleaned(lines.opened([this](Index i) { return is_near(i); })); !names.empty())
      return {std::move(names), "text"};
    if (auto names = beside_date(); !names.empty()) return {std::move(names), "text"};
    if (auto names = cleaned(lines.introduced()); !names.empty()) return {names, "text"};
    if (auto names = cleaned(lines.signed_behind()); !names.empty()) return {names, "text"};
    return {};
  }

  /// The name of a person as microformats mark it (h-card's `p-name`, hCard's `fn`), beside the
  /// headline or just behind the text.
  [[nodiscard]] bool is_card_name(Index i) {
    if (dom_[i].is_text) return false;
    const auto names = dom_.attribute(i, "class");
    if (names.empty() || names.size() > longest_byline) return false;
    for (const auto one : split(names, ' '))
      if (one == "fn" || one == "p-author" || one == "h-card")
        return beside_or_behind(i) && !is_in_comments(i) && !is_left_out("card-name");
    return false;
  }

  /// Between the headline and a few lines behind the text, furniture or not.
  [[nodiscard]] bool beside_or_behind(Index i) const {
    const auto from = page_.headline == Dom::none ? content_ : page_.headline;
    return i + nodes_before > from && i < prose_end_ + nodes_behind;
  }

  /// A name needs no word before it where it shares a line with the date or a counter, or stands on
  /// the line above or below it, between headline and text.
  std::vector<std::string> beside_date() {
    if (page_.headline == Dom::none) return {};
    const auto& blocks = clean_.all;
    const auto headline =
        std::lower_bound(blocks.begin(), blocks.end(), page_.headline,
                         [](const TextBlock& block, Index at) { return block.first < at; });
    const auto middle = static_cast<std::size_t>(headline - blocks.begin());
    const auto from = middle > lines_above ? middle - lines_above : 0;
    std::vector<std::vector<LinePiece>> lines;
    for (auto n = from; n < blocks.size() && n < middle + lines_below; ++n) {
      // The text has begun: what follows is no header.
      if (blocks[n].first >= prose_end_ || (n > middle + 2 && blocks[n].words > 25)) break;
      const bool title = dom_.contains(page_.headline, blocks[n].owner);
      lines.push_back(title ? std::vector<LinePiece>() : pieces_of(dom_, blocks[n]));
    }
    const auto dated = [&](std::size_t n) {
      return n < lines.size() && std::any_of(lines[n].begin(), lines[n].end(), [](const auto& one) {
               return one.kind == PieceKind::date || one.kind == PieceKind::counter;
             });
    };
    std::vector<std::string> out;
    for (std::size_t n = 0; n < lines.size() && out.empty(); ++n) {
      if (!dated(n) && !dated(n + 1) && (n == 0 || !dated(n - 1))) continue;
      const bool pure = std::all_of(lines[n].begin(), lines[n].end(),
                                    [](const auto& one) { return one.kind != PieceKind::other; });
      const auto [first, behind] = lines_of_names(dom_, blocks, from, lines, n);
      for (auto k = first; k < behind; ++k)
        for (const auto& one : lines[k]) {
          const bool names = one.kind == PieceKind::names && (pure || dated(n));
          if ((one.kind != PieceKind::byline && !names) || leads_elsewhere(one.at)) continue;
          if (!page_.is_title(one.text)) add_new(read_authors(one.text), out);
        }
    }
    drop_places(out);
    // A page without a date: a line of names alone, under the headline or the lead.
    for (auto n = middle - from; n < lines.size() && n < middle - from + 3 && out.empty(); ++n)
      if (lines[n].size() == 1 && lines[n].front().kind == PieceKind::names &&
          words(lines[n].front().text).size() <= 4 && !leads_elsewhere(lines[n].front().at) &&
          !is_heading(dom_[blocks[from + n].owner].tag)) {
        const auto [first, behind] = lines_of_names(dom_, blocks, from, lines, n);
        for (auto k = first; k < behind; ++k) add_new(read_authors(lines[k].front().text), out);
      }
    return out;
  }

  /// In a link that is none to a person: a section's name beside the date.
  [[nodiscard]] bool leads_elsewhere(Index at) const {
    for (Index up = at; up != Dom::none && !is_block(dom_[up].tag); up = dom_[up].parent) {
      if (dom_[up].tag != GUMBO_TAG_A) continue;
      return !leads_to_person(dom_, up);
    }
    return false;
  }

  /// Beside the headline, in the content or just under it.
  [[nodiscard]] bool is_near(Index i) {
    const auto from = page_.headline == Dom::none ? content_ : page_.headline;
    const Index first = from > 250 ? from - 250 : 0;
    // Behind the text, furniture names the authors of other articles.
    const bool foreign = clean_.why[i] == Drop::chrome && i >= prose_end_;
    return i >= first && i < dom_[content_].end + 150 && !foreign && !is_in_comments(i);
  }

  [[nodiscard]] bool is_in_comments(Index i) {
    return comments_.of(i, [this](Index up, Inherited::Value above) -> Inherited::Value {
      const auto id = dom_.attribute(up, "id");
      const auto names = dom_.attribute(up, "class");
      return above != 0 || id.find("comment") != std::string_view::npos ||
             (names.find("comment") != std::string_view::npos && dom_[up].tag != GUMBO_TAG_BODY &&
              !dom_.contains(up, content_));
    }) != 0;
  }

  /// What the markup of an element names: each linked author by itself, else its text.
  std::vector<std::string> names_in(Index at) {
    std::vector<std::string> out;
    const auto end = dom_[at].end;
    for (auto one = elements_.next(at, end); one && out.size() < most_names;
         one = elements_.next(dom_[*one].end, end))
      for (const auto& name : elements_.names(*one))
        if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
    if (!out.empty() || ++bylines_ > most_bylines) return out;
    auto text = dom_.attribute(at, "content").empty() ? undated_text(dom_, at)
                                                      : squeeze(dom_.attribute(at, "content"));
    if (text.size() > longest_byline) return out;
    return read_authors(text);
  }

  template <class Wanted>
  std::vector<std::string> by_markup(Wanted wanted) {
    std::vector<std::string> out;
    for (Index i = page_.body; i < dom_[page_.body].end; ++i) {
      if (dom_[i].is_text || !wanted(i)) continue;
      auto names = names_in(i);
      if (!names.empty()) i = dom_[i].end - 1;
      add_new(std::move(names), out);
      // The first byline is the article's; a second one stands beside it or belongs to a teaser.
      if (out.size() >= 6) break;
    }
    return out;
  }

  std::vector<std::string> cleaned(std::vector<std::string> names) const {
    std::vector<std::string> out;
    add_new(std::move(names), out);
    drop_places(out);
    return out;
  }

  /// "Tác giả: Lê Minh Đức, Tân Phú": what the headline is about is the place, not another author.
  void drop_places(std::vector<std::string>& names) const {
    if (names.size() < 2 || page_.headline == Dom::none) return;
    const auto headline = word_key(dom_.brief_text(page_.headline, 16 * longest_byline));
    const auto first = names.front();
    std::erase_if(names, [&](const std::string& name) {
      return name != first && headline.find(word_key(name)) != std::string::npos;
    });
  }

  Page& page_;
  const Dom& dom_;
  const CleanPage& clean_;
  const JsonLd& ld_;
  const Body& body_;
  Index content_;
  Index prose_end_;
  Inherited comments_;
  AuthorElements elements_;
  std::size_t bylines_ = 0;  // other texts that were read
  std::string site_key_;
  std::string publisher_key_;
};

}  // namespace

Authors find_authors(Page& page, const CleanPage& clean, const JsonLd& ld, const Body& body,
                     Index content, std::string_view site_name) {
  return Finder(page, clean, ld, body, content, site_name).find();
}

}  // namespace tinwatch::parsers
