#pragma once

#include "api/watch_list.hpp"
#include "config/config.hpp"
#include "crawl/plan.hpp"
#include "storage/own_watches.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tinwatch::app {

/// A configuration with the watches that were made here, and what is made of both.
struct Merged {
  /// Something about a watch made here that whoever runs the daemon may want to know.
  struct Note {
    std::string watch;
    std::string text;
  };

  config::Config config;
  std::shared_ptr<const crawl::Plan> plan;
  std::shared_ptr<const api::WatchList> watches;
  std::vector<Note> notes;
};

/// `config` is one from a file, or one that was made here before: its own watches are left out and
/// those of `own` come in. A name that the configuration has is the configuration's; a receiver
/// that it has no more is told nothing; a watch that is none any more is listed with the reason,
/// and not in force. Compiles all watches: not on the io thread.
[[nodiscard]] Merged merged(config::Config config, const storage::OwnSettings& own);

/// The watches of the file alone, as they are shown.
[[nodiscard]] std::shared_ptr<const api::WatchList> listed(const config::Config& config);

}  // namespace tinwatch::app
