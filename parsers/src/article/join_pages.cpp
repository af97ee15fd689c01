#include "article/clipping.hpp"
#include "core/image_identity.hpp"
#include "page/page.hpp"
#include "parsers/article_pages.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_set>
#include <utility>

namespace tinwatch::parsers {
namespace {

/// What stands on each page and is no text of the article.
bool is_furniture(BlockType type) {
  return type == BlockType::byline || type == BlockType::series_link;
}

class Joiner {
 public:
  explicit Joiner(ArticleRecord first) : out_(std::move(first)), opening_(out_.body) {
    titles_.insert(word_key(out_.headline));
    for (const auto& block : out_.body) {
      if (block.type == BlockType::lead) titles_.insert(word_key(block.text));
      if (block.type == BlockType::caption || is_furniture(block.type))
        once_.insert(word_key(block.text));
    }
    for (const auto& image : out_.image) images_.insert(image_identity(image.url));
  }

  void add(ArticleRecord page) {
    auto& body = page.body;
    std::size_t tail = body.size();
    while (tail > 0 && is_furniture(body[tail - 1].type)) --tail;
    std::vector<Block> blocks;
    std::unordered_set<std::string> moved;
    for (auto n = repeated_opening(body); n < body.size(); ++n) {
      auto& block = body[n];
      if (block.type == BlockType::lead) block.type = BlockType::paragraph;
      auto key = word_key(block.text);
      if (titles_.contains(key)) continue;
      if (block.type == BlockType::caption || is_furniture(block.type)) {
        const bool is_new = once_.insert(key).second;
        if (!is_new && n < tail) continue;
        if (!is_new) moved.insert(std::move(key));
      }
      blocks.push_back(std::move(block));
    }
    // The names of the authors under each page stand under the last one.
    std::erase_if(out_.body, [&](const Block& block) {
      return is_furniture(block.type) && moved.contains(word_key(block.text));
    });
    // "To be continued": so does what every page ends with.
    if (!blocks.empty()) drop_ending(blocks);
    std::move(blocks.begin(), blocks.end(), std::back_inserter(out_.body));
    for (auto& image : page.image)
      if (images_.insert(image_identity(image.url)).second) out_.image.push_back(std::move(image));
    add_new(std::move(page.keywords), out_.keywords);
    take("author", page, out_.author, page.author);
    take("sourceOrganization", page, out_.source_organization, page.source_organization);
    take("correction", page, out_.correction, page.correction);
    out_.truncated = out_.truncated || page.truncated;
    out_.next_page = std::move(page.next_page);
  }

  ArticleRecord result() && {
    clip_text(out_);
    return std::move(out_);
  }

 private:
  /// How many blocks a page begins with as the first page does.
  [[nodiscard]] std::size_t repeated_opening(const std::vector<Block>& body) const {
    std::size_t n = 0;
    while (n < body.size() && n < opening_.size() && body[n].text == opening_[n].text) ++n;
    return n;
  }

  void drop_ending(const std::vector<Block>& blocks) {
    std::size_t n = 0;
    while (n < blocks.size() && n < out_.body.size() &&
           blocks[blocks.size() - 1 - n].text == out_.body[out_.body.size() - 1 - n].text)
      ++n;
    out_.body.resize(out_.body.size() - n);
  }

  static void add_new(std::vector<std::string> values, std::vector<std::string>& out) {
    std::unordered_set<std::string> known(out.begin(), out.end());
    for (auto& value : values)
      if (known.insert(value).second) out.push_back(std::move(value));
  }

  /// What the first page does not say.
  template <class Value>
  void take(const char* field, const ArticleRecord& page, Value& ours, Value& theirs) {
    if (!ours.empty() || theirs.empty()) return;
    ours = std::move(theirs);
    if (const auto from = page.provenance.find(field); from != page.provenance.end())
      out_.provenance[field] = from->second;
  }

  ArticleRecord out_;
  std::vector<Block> opening_;              // the body of the first page
  std::unordered_set<std::string> titles_;  // headline and lead, by `word_key`
  std::unordered_set<std::string> once_;    // captions and furniture, by the same
  std::unordered_set<std::string> images_;
};

}  // namespace

ArticleRecord join_pages(std::vector<ArticleRecord> pages) {
  Joiner joiner(std::move(pages.front()));
  for (std::size_t n = 1; n < pages.size() && n < most_article_pages; ++n)
    joiner.add(std::move(pages[n]));
  auto out = std::move(joiner).result();
  out.truncated = out.truncated || pages.size() > most_article_pages;
  return out;
}

}  // namespace tinwatch::parsers
