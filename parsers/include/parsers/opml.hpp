#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// An outline that names a feed. As the file has it, squeezed: nothing is checked.
struct OpmlFeed {
  std::string url;    ///< `xmlUrl`; empty: it says that it is a feed, and names none
  std::string title;  ///< `title`, else `text`; may be empty
  std::string site;   ///< `htmlUrl`; may be empty
  std::size_t line = 0;
};

/// The feeds that a file names, and what it calls itself.
struct Opml {
  std::string title;  ///< of the head; may be empty
  std::vector<OpmlFeed> feeds;
  bool is_cut = false;  ///< it breaks off: feeds may be missing
};

inline constexpr std::size_t most_opml_feeds = 10'000;

/// OPML 1.0 and 2.0 (opml.org/spec2.opml), read as feeds are: sloppy XML to its end, no entities
/// but those of XML and HTML, nothing loaded. The feeds of all groups, in document order: how deep
/// they stand costs nothing, for no tree is made. Linear. The error is for people: it is no OPML,
/// or names more than `most_opml_feeds`.
[[nodiscard]] Result<Opml, std::string> read_opml(std::string_view body);

/// OPML 2.0 of these feeds (their `url`, `title`, `site`), as UTF-8.
[[nodiscard]] std::string write_opml(const Opml& opml);

}  // namespace tinwatch::parsers
