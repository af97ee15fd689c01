#include "core/text.hpp"
#include "lists/page_link.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace tinwatch::parsers {
namespace {

// Which whole points hold on sites nobody here has seen was measured with halves of the sites left
// out (docs/extraction.md, "Listings"). A signal that points twice is written once.
constexpr double start = -3;
constexpr double headline_words = 4.5;
constexpr double name_words = 2.5;  // "Sport", "Thể thao", "Contact us"
constexpr double name_slug_words = 2;
constexpr double short_slug_words = 4.5;
constexpr double lead_words = 10;  // beside a headline in its item
constexpr double a_few = 0.1;      // of the links of the page
constexpr double many = 0.25;
constexpr std::size_t most_short_name_words = 5;

// What was learned of a template decides between two votes and many; a single one says nothing.
constexpr double least_votes = 2;
constexpr double most_learned_points = 10;

/// Points with the words for `why`.
struct Reason {
  std::string_view name;
  double points = 0;
};

/// The sum of a link, and its reasons.
class Sum {
 public:
  void add(std::string_view name, double points) {
    if (points == 0) return;
    total_ += points;
    if (size_ < reasons_.size()) reasons_[size_++] = {name, points};
  }
  void add_if(bool holds, std::string_view name, double points) {
    if (holds) add(name, points);
  }
  [[nodiscard]] double total() const { return total_; }

  /// `dated +4, alike links are headlines +3, menu -2`
  [[nodiscard]] std::string largest() {
    const auto end = reasons_.begin() + static_cast<std::ptrdiff_t>(size_);
    std::stable_sort(reasons_.begin(), end, [](const Reason& a, const Reason& b) {
      return std::abs(a.points) > std::abs(b.points);
    });
    std::string out;
    for (std::size_t i = 0; i < std::min<std::size_t>(size_, 3); ++i) {
      const auto points = std::lround(reasons_[i].points);
      if (points == 0) break;
      if (!out.empty()) out += ", ";
      out += std::string(reasons_[i].name) + (points > 0 ? " +" : " ") + std::to_string(points);
    }
    return out.empty() ? "nothing speaks for it" : out;
  }

 private:
  double total_ = start;
  std::array<Reason, 24> reasons_;
  std::size_t size_ = 0;
};

/// Links that are alike in something.
struct Group {
  std::size_t links = 0;
  std::size_t headlines = 0;  ///< with a text as long as one
  std::size_t headings = 0;   ///< in or around h1 to h6

  void add(const PageLink& link) {
    ++links;
    headlines += link.words >= headline_words ? 1 : 0;
    headings += link.headings > 0 ? 1 : 0;
  }
  [[nodiscard]] double share(std::size_t of) const {
    return static_cast<double>(of) / static_cast<double>(links);
  }
};

double learned_points(const TemplateVotes& votes) {
  const double all = votes.articles + votes.others;
  if (all < least_votes) return 0;
  // With one imagined vote each way, so that two of three weigh little and nine of ten much.
  return most_learned_points * (votes.articles - votes.others) / (all + 2);
}

class Judge {
 public:
  Judge(std::vector<PageLink>& links, const AddressSigns& page, const LearnedTemplates& learned)
      : links_(links), page_(page), learned_(learned) {
    std::unordered_set<std::string_view> paths;
    for (const auto& one : links_) {
      const auto& address = one.address;
      by_template_[address.address_template].add(one);
      by_coarse_[address.coarse_template].add(one);
      by_path_[one.path].add(one);
      dated_ += address.dated ? 1 : 0;
      numbered_ += address.numbered ? 1 : 0;
      article_words_ += address.article_word ? 1 : 0;
      if (!paths.insert(address.path).second) continue;
      const std::string_view path = address.path;
      for (auto slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1))
        ++below_[path.substr(0, slash)];
    }
  }

  void run() {
    for (auto& one : links_)
      if (!one.profiled) judge(one);
  }

 private:
  [[nodiscard]] bool at_least(std::size_t links, double share) const {
    return static_cast<double>(links) >= share * static_cast<double>(links_.size());
  }

  /// The page itself, as its logo and its menu name it: another page of it may be an article
  /// (`/?id=1234`).
  [[nodiscard]] bool is_this_page(const PageLink& one) const {
    return one.address.path == page_.path && !one.address.query_number;
  }

  void weigh_address(const PageLink& one, Sum& sum) const {
    const auto& address = one.address;
    sum.add_if(address.dated, "dated", 4);
    sum.add_if(address.numbered, "numbered", 1);
    sum.add_if(address.query_number, "number in the query", 2);
    sum.add_if(address.slug_words <= short_slug_words, "short address", -2);
    sum.add_if(address.depth <= 1, "top of the site", -1);
    sum.add_if(address.topic, "topic", -6);
    sum.add_if(address.mixed, "topic or article", -1);
    sum.add_if(address.topic_last, "topic's name", -2);
    sum.add_if(address.service, "service", -1);
    sum.add_if(address.article_word, "article word", 1);
    const auto below = below_.find(address.path);
    sum.add_if(!address.query_number && below != below_.end() && below->second > 1,
               "others below it", -1);
  }

  void weigh_page(const PageLink& one, Sum& sum) const {
    const auto& address = one.address;
    sum.add_if(address.article_word && at_least(article_words_, a_few), "article word as others",
               2);
    sum.add_if(!address.article_word && at_least(article_words_, many),
               "no article word where others have one", -1);
    sum.add_if(!address.dated && at_least(dated_, many), "no date where others have one", -1);
    sum.add_if(!address.dated && !address.numbered && at_least(numbered_, many),
               "no number where others have one", -2);
  }

  void weigh_place(const PageLink& one, Sum& sum) const {
    const auto times = static_cast<double>(one.times);
    const bool name = one.words > 0 && one.words <= name_words;
    sum.add_if(name, "short text", -1);
    sum.add_if(one.words <= name_words && one.address.slug_words <= name_slug_words, "short name",
               -1);
    sum.add_if(one.picture, "picture", 2);
    sum.add_if(one.around >= lead_words, "text beside it", 1);
    sum.add("names of no headline", -static_cast<double>(one.sides) / times);
    sum.add("menu", -2 * static_cast<double>(one.menus) / times);
  }

  void weigh_groups(const PageLink& one, Sum& sum) const {
    const auto& same = by_template_.at(one.address.address_template);
    const auto& coarse = by_coarse_.at(one.address.coarse_template);
    const auto& place = by_path_.at(one.path);
    sum.add("headlines at such addresses", 3 * coarse.share(coarse.headlines));
    sum.add("headlines in such places", 2 * place.share(place.headlines));
    sum.add("headlines at this template", same.share(same.headlines));
    sum.add("headings at this template", same.share(same.headings));
  }

  void judge(PageLink& one) const {
    auto& link = one.link;
    const auto& address = one.address;
    if (address.asset || address.home || is_this_page(one)) {
      link.why = address.asset ? "asset" : address.home ? "home" : "this page";
      if (!address.asset && !address.home) link.kind = UrlKind::listing;
      return;
    }
    Sum sum;
    weigh_address(one, sum);
    weigh_page(one, sum);
    weigh_place(one, sum);
    weigh_groups(one, sum);
    if (const auto known = learned_.find(address.address_template); known != learned_.end())
      sum.add("learned", learned_points(known->second));
    link.points =
        static_cast<int>(sum.total() > 0 ? std::ceil(sum.total()) : std::floor(sum.total()));
    link.why = sum.largest();
    if (sum.total() > 0)
      link.kind = UrlKind::article;
    else if (reads_as_list(one))
      link.kind = UrlKind::listing;
  }

  /// Of what is no article: a section, a topic, an author; the rest is of no use.
  [[nodiscard]] static bool reads_as_list(const PageLink& one) {
    const auto& address = one.address;
    if (address.topic) return true;
    if (address.service) return false;
    const bool short_name = one.link.text.size() > 1 &&
                            words(one.link.text).size() <= most_short_name_words &&
                            address.slug_words < headline_words;
    return one.menus == one.times || short_name;
  }

  std::vector<PageLink>& links_;
  const AddressSigns& page_;
  const LearnedTemplates& learned_;
  std::unordered_map<std::string_view, Group> by_template_, by_coarse_;
  std::unordered_map<std::uint64_t, Group> by_path_;
  std::unordered_map<std::string_view, std::size_t> below_;  // addresses below a path
  std::size_t dated_ = 0;
  std::size_t numbered_ = 0;
  std::size_t article_words_ = 0;
};

}  // namespace

void judge_links(std::vector<PageLink>& links, const AddressSigns& page,
                 const LearnedTemplates& learned) {
  Judge(links, page, learned).run();
}

}  // namespace tinwatch::parsers
