#include "command_line.hpp"

/// Subcommands about the database as a file.
namespace tinwatch::cli {

void CommandLine::database() {
  auto& o = options_;
  auto* db = app_.add_subcommand("db", "the database file")->require_subcommand(1);
  command(db, "check", "whether the file is sound", [&o] { return check_database(o.config); });
  auto* backup = command(db, "backup", "a copy, made beside the running daemon",
                         [&o] { return back_up_database(o.config, o.backup); });
  auto* file = backup->add_option("FILE", o.backup.file, "where to");
  auto* directory = backup->add_option("--directory", o.backup.directory,
                                       "instead: a copy more in there, named by its time");
  backup->add_option("--keep", o.backup.keep, "how many of those, the newest")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str()
      ->needs(directory);
  backup->add_flag("--force", o.backup.force, "in place of a file that is there")->needs(file);
  command(db, "restore", "put a backup in the database's place, which is kept beside it",
          [&o] { return restore_database(o.config, o.target); })
      ->add_option("FILE", o.target, "as 'db backup' made it")
      ->required();
  command(db, "migrate", "move a database of an earlier version to this one's schema", [&o] {
    return migrate_database(o.config, !o.without_backup);
  })->add_flag("--without-backup", o.without_backup, "make no copy first");
}

}  // namespace tinwatch::cli
