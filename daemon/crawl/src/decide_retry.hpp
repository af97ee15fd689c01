#pragma once

#include "storage/frontier.hpp"

#include <optional>
#include <string>

/// What becomes of an address whose visit came to nothing.
namespace tinwatch::crawl {

/// Why a visit did not see what it went for.
struct Miss {
  enum class Kind {
    unreadable,  ///< no answer, or none that can be read
    dead_link,   ///< nothing is there, and no article ever was
    no_article,  ///< the page is read and is none
    killer,      ///< not asked: its parse brought the daemon down
    full_disk    ///< not asked: its source may store no more today
  };
  Kind kind = Kind::unreadable;
  bool is_alias = false;   ///< its article is known at another address, and looked at there
  std::string why;         ///< for people
  Duration least_wait{0};  ///< asking again earlier is useless; of a full disk: until it is not
};

/// Whether the address is tried again and when, or is given up. `item` is as the visit found it.
[[nodiscard]] storage::FrontierUpdate decide_retry(const storage::FrontierItem& item, Miss miss,
                                                   Instant now);

/// Until it is tried again; nothing: it is not.
[[nodiscard]] std::optional<Duration> wait_of(const storage::FrontierUpdate& update);

}  // namespace tinwatch::crawl
