#pragma once

#include "lists/feed_text.hpp"
#include "lists/xml_reader.hpp"
#include "parsers/dates.hpp"
#include "parsers/listing.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// What `xml:base` on the way down to an element makes of the document's address.
[[nodiscard]] std::string base_of(XmlPath path, const std::string& url);

/// An item as its elements stand there: what they mean is only asked of an item that is kept, and
/// once for each, however often a site repeats them. What is of the feed's own vocabulary goes
/// before Dublin Core's, and that before any other's (`media:title`).
class FeedItem {
 public:
  /// Of an element right in the item.
  void note(XmlPath path, const std::string& url);
  /// Of the item itself, at its end. Nothing where no address can be found.
  [[nodiscard]] std::optional<Item> finish(XmlPath path, const std::string& url,
                                           const DateContext& context, FeedText& text) const;

 private:
  /// A text of the best vocabulary met; of the same one the last that is not empty.
  struct Text {
    std::string value;
    std::string type;  ///< of Atom's text constructs
    int rank = 0;
    void set(std::string_view text, int of, std::string_view of_type = {});
    [[nodiscard]] std::string plain(FeedText& text) const;
  };
  struct Link {
    std::string target;
    std::string base;
    int rank = 0;
  };
  void note_link(XmlPath path, const std::string& url, int rank);
  [[nodiscard]] std::string address(XmlPath path, const std::string& url) const;

  Text headline_;
  Text description_;
  Text updated_;
  std::array<Text, 3> published_;  ///< the surest first; the first that is a date counts
  std::string guid_;
  std::string original_;
  Link link_;
};

}  // namespace tinwatch::parsers
