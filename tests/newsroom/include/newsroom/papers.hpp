#pragma once

#include "core/types.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::newsroom {

/// A page of a paper.
struct PaperPage {
  std::string type = "text/html; charset=utf-8";
  std::string body;
};

/// A newspaper on the newsroom's port in the place of its own site: in a language and with a form
/// of addresses of its own. All texts are written for it; names are invented.
class Paper {
 public:
  enum class Language { vi, en, ru, zh };
  /// How an article's address looks.
  enum class Shape {
    dated,     ///< `/2026/03/04/SLUG`
    numbered,  ///< `/SECTION/SLUG-1234567.html`
    queried,   ///< `/view.php?id=1234`
    bare,      ///< `/a/1234567`
    hashed     ///< `/story/c8x4zq1k9v0o`
  };
  struct Design {
    Language language = Language::en;
    Shape shape = Shape::dated;
    bool has_feed = true;     ///< and says so in its head
    bool has_sitemap = true;  ///< and names it in its robots.txt
    int pages = 1;            ///< that each article is set over; the sitemap names all of them
    bool counts = false;      ///< a line inside the text counts its readers
  };

  Paper(Design design, std::string origin);

  /// Publishes one more article in one of its sections.
  void publish(Instant at);
  /// Adds a sentence to a page of the `number`-th article, counted from 0.
  void edit(std::size_t number, int page, const std::string& sentence);
  /// The address of a page of the `number`-th article.
  [[nodiscard]] std::string address(std::size_t number, int page) const;
  /// `path` with its query; nothing: there is no such page.
  [[nodiscard]] std::optional<PaperPage> page(const std::string& path) const;
  /// Addresses of what was published, in that order.
  [[nodiscard]] const std::vector<std::string>& articles() const { return addresses_; }

 private:
  struct Article {
    std::string headline;
    std::string path;
    std::size_t section = 0;
    Instant published{};
    std::map<int, std::string> added;  ///< page -> what was added to its text
  };
  [[nodiscard]] std::string path_of_page(const Article& article, int page) const;
  [[nodiscard]] std::string path_of(std::size_t number, const Article& article) const;
  [[nodiscard]] std::vector<const Article*> newest(std::optional<std::size_t> section,
                                                   std::size_t most) const;
  [[nodiscard]] std::string frame(const std::string& title, const std::string& inside) const;
  [[nodiscard]] std::string cards(const std::vector<const Article*>& shown) const;
  [[nodiscard]] std::string text_of(const Article& article, int page) const;
  [[nodiscard]] std::string feed() const;
  [[nodiscard]] std::string sitemap() const;

  Design design_;
  mutable int readers_ = 1400;
  std::string origin_;
  std::vector<Article> articles_;
  std::vector<std::string> addresses_;
};

}  // namespace tinwatch::newsroom
