#pragma once

#include "article_page.hpp"
#include "parsers/article.hpp"
#include "visit.hpp"

#include <memory>
#include <optional>
#include <string>

namespace tinwatch::crawl {

/// Whether the bytes of a page hold the headline, as text or as markup.
[[nodiscard]] bool carries(const std::string& body, const std::string& headline);

/// One look at an address that is taken for an article's: as little work as tells that nothing
/// changed; else parse, compare, record. A page that is parsed costs three trips to the store.
class ArticleVisit : public Visit {
 public:
  using Visit::Visit;

  /// A failure of the network or of the page is written too; only the store's own is thrown.
  Task<> run();

 private:
  /// A page that was not known at sight.
  struct Page {
    fetchers::FetchResponse response;  ///< its body decoded
    std::string sha256;                ///< of the body
    std::string coding;                ///< of `sent`
    std::string sent;                  ///< the body as it was sent, unless that is the body
    std::string sent_sha256;           ///< of the body as it was sent
  };
  /// One behind the first of an article.
  struct FurtherPage {
    storage::CapturePtr capture = nullptr;  ///< null: it did not come
    bool is_gone = false;                   ///< nothing is there
    std::string why = {};                   ///< it did not come; for people
  };
  /// What a page that was read is compared with, all of it found in one trip to the store.
  struct Found;
  struct Search {
    bool learns = false;           ///< what the page is known by: the page kept is wanted
    bool site_lost_pages = false;  ///< the source's known addresses answer 404
    Instant copied_since{};        ///< copies of earlier articles do not count
  };

  Task<> look();
  /// The page is as `known_` has it; `result` says how that was told.
  Task<> unchanged(PollResult result);
  /// The address shows no article, or another one. `stored` is the one that it showed, where it was
  /// looked for.
  Task<> absent(bool gone, std::string why, std::optional<storage::StoredArticle> stored);
  /// Its page is none of an article.
  Task<> no_article(storage::CapturePtr page, parsers::NotAnArticle why_not);
  /// What such a page, which is no article, says of an address that never showed one.
  Task<Miss::Unknown> unknown_page(parsers::PageKind page);
  Task<> seen(Page page);
  /// Reads the pages behind the first, as far as the article names them, and makes one article of
  /// them. One that does not come for the moment stays as it was. False: the visit came to nothing,
  /// which is written.
  Task<bool> read_further(std::shared_ptr<Sighting> first);
  Task<FurtherPage> fetch_further(std::string url, std::size_t most);
  Task<std::optional<ArticleRecord>> parse_further(storage::CapturePtr capture, PageNoisePtr noise);
  /// Whether the address is no article's of its own, which is written: a page behind another one's
  /// first, or one that has to wait for its first to be read.
  Task<bool> is_further_page();
  [[nodiscard]] static storage::Capture capture_of(const std::string& url, Page& page, Instant at);
  /// The article as it is known, where its page says no more than that its text is not free.
  Task<std::optional<ReadArticle>> hidden_article(storage::CapturePtr page,
                                                  parsers::NotAnArticle why_not,
                                                  PageNoisePtr noise);
  /// Looks for what the page is compared with, and compares. False: it has to be done again,
  /// because the article changed meanwhile.
  Task<bool> compare(std::shared_ptr<const Sighting> sighting);
  /// Whether the address led to a page of another name.
  [[nodiscard]] bool is_detour(const Sighting& sighting) const;
  /// Whether an unknown address did, and nothing else of the source was seen since: then all its
  /// addresses may lead there.
  [[nodiscard]] bool is_unwitnessed_detour(const Sighting& sighting) const;
  [[nodiscard]] std::shared_ptr<Sighting> sighting_of(Page page) const;
  [[nodiscard]] static Found find(const storage::Reader& reader,
                                  std::shared_ptr<const Sighting> page, parsers::SitePtr site,
                                  std::optional<ArticleRow> known, Search search);
  /// What today's extractor makes of the page that is kept; nothing when it makes nothing of it.
  Task<std::optional<ReadArticle>> read_again(std::optional<storage::Capture> kept_page,
                                              PageNoisePtr noise);
  /// The same of an article that is set over several pages; nothing where one of them is none.
  Task<std::optional<ReadArticle>> join_kept(ArticleRecord first,
                                             std::vector<storage::CapturePtr> further,
                                             PageNoisePtr noise);
  /// What a page that was read in vain is known by from now on; `before`: one that shows the same.
  Task<storage::StoredArticle::Region> learn(std::shared_ptr<const Sighting> sighting,
                                             storage::StoredArticle stored,
                                             storage::Capture before);
  /// What this look saw of an article that was known.
  void note_look(ArticleRow article, monitor::Sign sign, std::uint64_t text);
  /// Writes a decision down, and into the report; false: the article changed meanwhile.
  Task<bool> commit(std::shared_ptr<const Decision> decision);
  /// The article that the address showed, as it stands now.
  Task<std::optional<storage::StoredArticle>> look_up();

  /// The article that the address is known by; nothing: another one's address, or nobody's.
  std::optional<storage::StoredArticle> known_;
  bool missed_ = false;  ///< the page did not show the region that it is known by
};

}  // namespace tinwatch::crawl
