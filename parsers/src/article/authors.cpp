#include "article/authors.hpp"

#include "article/author_elements.hpp"
#include "core/text.hpp"
#include "html/inherited.hpp"
#include "regex.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

using Index = Dom::Index;

constexpr std::size_t longest_name = 80;  // bytes
constexpr std::size_t most_name_words = 6;
constexpr std::size_t most_names = 50;  // of one byline
constexpr std::size_t longest_byline = 200;

struct Patterns {
  /// What opens a byline, in the languages of the benchmarks and Vietnamese.
  RE2 opening{
      R"(^\s*(?:(?:tin|bài|ảnh|bài viết|tin và ảnh|bài và ảnh|thực hiện|tác giả|theo|bài, ảnh|tin, ảnh|tin - ảnh)\s*:|(?:posted|published|written|reported|reporting|story|words|text|article|edited|verfasst|geschrieben|reported)?\s*(?:by|von|por|par|av|af|di|door|przez)\b\s*:?|(?:author|authors|autor|autorin|auteur|autore|redakteur|text|texte|skriven av|foto|author name)\s*:|@)\s*)",
      any_case()};
  RE2 address{R"((?:https?://|www\.)[^\s()\[\]]+|[^\s()\[\]]+@[^\s()\[\]]+\.[^\s()\[\]]+|@\w+)",
              any_case()};
  RE2 brackets{R"(\s*[(\[][^()\[\]]*[)\]])", any_case()};
  RE2 separators{
      R"(\s*(?:;|\||/|&|·|•|、|・|，|,|\n|\s[-–—]\s|\s(?:and|und|et|y|og|och|và|en|with|mit|con|ve|i)\s)\s*)",
      any_case()};
  RE2 rest{R"((?:\s+(?:in|from|aus|à|en)\s+\p{Lu}\S*(?:\s\p{Lu}\S*)?$)|\s+(?:for|für|pour)\s+.*$)",
           {}};
  /// A part that is no name: a role, a place in the system, a wish.
  RE2 no_name{
      R"(^(?:admin(?:istrator)?|root|editor(?:ial)?|webmaster|web ?desk|online desk|news ?desk|user|anonymous|unknown|author|autor|by|staff|updated|published|posted|read more|share|follow|contact|view (?:all|profile)|more|email|twitter|facebook|instagram|linkedin|google|rss|none|null|undefined|true|false|comments?|(?:facebook|twitter|whatsapp|instagram|linkedin|email|x|\s)+|contributors?|pm|am|edt|est|gmt|utc|cet|bst)$|\b(?:(?:senior|chief|staff|political|business|sports?|health|science|deputy|managing|associate|assistant|foreign|national|crime|investigative|special|freelance)\s+)?(?:reporter|correspondent|editor|writer|journalist|columnist|producer|redakteur(?:in)?|redaktør|journalistin|korrespondent(?:in)?|volontär(?:in)?|photographer|contributor|minutes? read|min read|min\. lesezeit)\b)",
      any_case()};
};

const Patterns& patterns() {
  static const Patterns all;
  return all;
}

bool has_letter(std::string_view text) {
  return !word_key(text).empty() && std::any_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

bool is_role(std::string_view text) { return RE2::PartialMatch(piece(text), patterns().no_name); }

void add_name(std::string_view part, std::vector<std::string>& out) {
  auto name = squeeze(part);
  for (bool cut = true; cut && !name.empty();) {
    cut = false;
    for (const std::string_view mark : {",", ":", "-", "–", "—", "*", "\"", "'", " "}) {
      if (!name.ends_with(mark)) continue;
      name.resize(name.size() - mark.size());
      cut = true;
    }
    // A full stop ends a sentence, or an initial.
    const bool initial = name.size() == 2 || (name.size() > 2 && name[name.size() - 3] == ' ');
    if (name.ends_with('.') && !initial) {
      name.pop_back();
      cut = true;
    }
  }
  if (name.empty() || name.size() > longest_name || words(name).size() > most_name_words) return;
  if (!has_letter(name) || has_digit(name) || is_role(name)) return;
  const auto key = word_key(name);
  const bool known = std::any_of(out.begin(), out.end(),
                                 [&](const std::string& other) { return word_key(other) == key; });
  if (!known && out.size() < most_names) out.push_back(std::move(name));
}

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
        site_key_(word_key(site_name)) {}

  Authors find() {
    // Vietnamese papers print the name under the text and declare themselves, initials or nothing
    // (docs/extraction.md, "Authors").
    if (page_.head.language.starts_with("vi"))
      if (auto out = printed(); !out.names.empty()) return out;
    if (auto out = declared(); !out.names.empty()) return out;
    if (auto out = printed(); !out.names.empty()) return out;
    // At last the paper or agency that JSON-LD declares as the author.
    std::vector<std::string> papers;
    for (const auto& author : ld_.author)
      if (words(author).size() <= most_name_words) papers.push_back(author);
    return {std::move(papers), "json-ld"};
  }

 private:
  [[nodiscard]] bool is_site(const std::string& name) const {
    const auto key = word_key(name);
    return !key.empty() && (key == site_key_ || key == word_key(ld_.publisher));
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
    for (const auto& author : ld_.author) {
      add_new(read_authors(author), people);
    }
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
    const auto near = [&](Index i) { return is_near(i); };
    if (auto names = by_markup([&](Index i) {
          return near(i) && dom_.attribute(i, "rel").find("author") != std::string_view::npos;
        });
        !names.empty())
      return {std::move(names), "microdata"};
    std::vector<std::string> under;
    for (const auto& byline : body_.bylines) add_new(read_authors(byline), under);
    if (!under.empty()) return {std::move(under), "text"};
    if (auto names = by_markup([&](Index i) {
          if (!near(i) || dom_[i].is_text || !page_.names.of(i).byline) return false;
          return !dom_.brief_text(i, 2 * longest_byline).empty();
        });
        !names.empty())
      return {std::move(names), "text"};
    if (auto names = by_markup([&](Index i) {
          const auto href = dom_.attribute(i, "href");
          return near(i) && dom_[i].tag == GUMBO_TAG_A &&
                 (href.find("/author/") != std::string_view::npos ||
                  href.find("/authors/") != std::string_view::npos ||
                  href.find("/autor/") != std::string_view::npos ||
                  href.find("/people/") != std::string_view::npos ||
                  href.find("/profile/") != std::string_view::npos ||
                  href.find("/tac-gia/") != std::string_view::npos);
        });
        !names.empty())
      return {std::move(names), "text"};
    if (auto names = opened_bylines(); !names.empty()) return {std::move(names), "text"};
    return {};
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
    auto text = dom_.attribute(at, "content").empty() ? dom_.brief_text(at, 4 * longest_byline)
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
      const bool any = !names.empty();
      add_new(std::move(names), out);
      if (any) i = dom_[i].end - 1;
      // The first byline is the article's; a second one stands beside it or belongs to a teaser.
      if (out.size() >= 6) break;
    }
    return out;
  }

  /// "By Name" as a line of its own near the headline.
  std::vector<std::string> opened_bylines() {
    static const RE2 opened(R"(^\s*(?i:by|von|por|par|av|af|di|door)\s+\p{Lu})");
    for (std::size_t n = 0; n < clean_.all.size(); ++n) {
      const auto& block = clean_.all[n];
      if (block.words < 2 || block.words > 12 || !is_near(block.owner)) continue;
      const auto& text = clean_.texts[n];
      if (!RE2::PartialMatch(text, opened)) continue;
      if (auto names = read_authors(text); !names.empty()) return names;
    }
    return {};
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
};

}  // namespace

std::vector<std::string> read_authors(std::string_view byline) {
  std::string text = squeeze(byline);
  if (text.size() > 4 * longest_byline) return {};
  // "Theo Lê Tỉnh (Người lao động)" names a person; "Theo Reuters" only a source.
  if (text.starts_with("Theo ")) {
    if (text.find('(') == std::string::npos) return {};
    text.erase(0, 5);
  }
  while (RE2::Replace(&text, patterns().opening, "")) {
  }
  RE2::GlobalReplace(&text, patterns().address, " ");
  RE2::GlobalReplace(&text, patterns().brackets, " ");
  RE2::GlobalReplace(&text, patterns().separators, "\n");
  std::vector<std::string> out;
  for (const auto part : split(text, '\n')) {
    std::string one(part);
    while (RE2::Replace(&one, patterns().opening, "")) {
    }
    RE2::Replace(&one, patterns().rest, "");
    add_name(one, out);
  }
  return out;
}

Authors find_authors(Page& page, const CleanPage& clean, const JsonLd& ld, const Body& body,
                     Index content, std::string_view site_name) {
  return Finder(page, clean, ld, body, content, site_name).find();
}

}  // namespace tinwatch::parsers
