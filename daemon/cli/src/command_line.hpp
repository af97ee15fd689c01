#pragma once

#include "command_db.hpp"
#include "commands.hpp"

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

namespace tinwatch::cli {

/// The options of all subcommands, and what the chosen one will do.
struct Options {
  std::string config = "/etc/tinwatch/tinwatch.yaml";
  std::string log_level;
  std::string colour = "auto";
  std::string target, format, to_receiver, event, sources_format, receivers_format, tokens_format,
      condition;
  int revision = 0, from = 0, to = 0;
  bool raw = false, at_once = false, dead = false, without_backup = false, running = false;
  EventsOptions events;
  ExportOptions exported;
  ArticlesOptions articles;
  SearchOptions search;
  ImportOptions imported;
  AlertsOptions alerts;
  TokenOptions token;
  ParseOptions parse;
  DateOptions date;
  MatchOptions match;
  BacktestOptions backtest;
  BackupOptions backup;
  std::function<Exit()> chosen;
};

/// All subcommands with their options, and the one that was chosen.
class CommandLine {
 public:
  CommandLine();
  /// The exit status.
  int run(int argc, char** argv);

 private:
  CLI::App* command(CLI::App* parent, const char* name, const char* what,
                    std::function<Exit()> action);
  CLI::App* command(const char* name, const char* what, std::function<Exit()> action) {
    return command(&app_, name, what, std::move(action));
  }
  static void format(CLI::App* sub, std::string& field, const std::vector<std::string>& choices);

  void daemon();
  void questions();
  void database();
  void receivers();
  void tokens();
  void parsing();

  CLI::App app_{"Tinwatch: what a newspaper publishes, changes and takes down"};
  Options options_;
};

}  // namespace tinwatch::cli
