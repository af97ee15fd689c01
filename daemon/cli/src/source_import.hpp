#pragma once

#include "config/config.hpp"
#include "parsers/opml.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Feeds of an OPML file as sources of the configuration, and back.
namespace tinwatch::cli {

/// As a file of sources names it.
struct NewSource {
  std::string name;
  std::string title;
  std::string url;
  std::string host;  ///< of its articles, where that is another one's; empty: the feed's own
};

struct SourceImport {
  std::vector<NewSource> sources;    ///< in the order of the file
  std::size_t known = 0;             ///< feeds that the configuration has already
  std::size_t repeated = 0;          ///< feeds that stood before in the same file
  std::vector<std::string> refused;  ///< `LINE: what is wrong`, for people
};

/// What of the file's feeds is new to the configuration. An address is known whatever its scheme
/// and its last slash. Names are made of the titles, else of the addresses; the same file and
/// configuration give the same names.
[[nodiscard]] SourceImport import_from(const parsers::Opml& opml, const config::Config& config);

/// They as YAML, for `sources.d`. `comment`: its first line.
[[nodiscard]] std::string sources_file(const std::vector<NewSource>& sources,
                                       std::string_view comment);

/// The start pages of the configured sources.
[[nodiscard]] parsers::Opml export_of(const config::Config& config);

/// What of a text may stand in a name: `Báo Đời Sống 24/7` is `bao-doi-song-24-7`. At most 50
/// characters; empty where nothing of it may.
[[nodiscard]] std::string name_from(std::string_view text);

}  // namespace tinwatch::cli
