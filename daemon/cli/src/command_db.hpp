#pragma once

#include "console.hpp"

#include <cstddef>
#include <string>

/// The database as a file: copied, put back, moved to this version's schema.
namespace tinwatch::cli {

struct BackupOptions {
  std::string file;
  std::string directory;  ///< instead of a file: one more of those in there
  std::size_t keep = 24;  ///< of a directory
  bool force = false;     ///< over a file that is there
};

Exit back_up_database(const std::string& config, const BackupOptions& options);
Exit restore_database(const std::string& config, const std::string& file);
/// `with_backup`: a copy is made first.
Exit migrate_database(const std::string& config, bool with_backup);

}  // namespace tinwatch::cli
