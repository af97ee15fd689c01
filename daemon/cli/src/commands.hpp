#pragma once

#include "config/config.hpp"
#include "console.hpp"

#include <cstddef>
#include <string>

/// What the subcommands do, one function each. They throw std::runtime_error when the work fails.
namespace tinwatch::cli {

// command_config.cpp: what the configuration amounts to
/// Of the file, whatever faults it has besides: those are complaints, and Exit::usage.
/// `is_running`: of the daemon, which has taken no other since.
Exit show_config(const std::string& config, bool is_running);

// command_read.cpp: questions
struct ArticlesOptions {
  std::string source, since, until, by = "seen", format = "table";
  std::size_t limit = 50;
};
Exit list_articles(const std::string& config, const ArticlesOptions& options);
Exit show_article(const std::string& config, const std::string& article, int revision, bool raw,
                  const std::string& format);
Exit show_diff(const std::string& config, const std::string& article, int from, int to,
               const std::string& format, bool colour);

// command_events.cpp: what happened and happens
struct EventsOptions {
  std::string since, format = "json";  ///< json: an object a line
  std::size_t lines = 0;               ///< the last so many; 0: all, or ten when followed
  bool follow = false;
};
Exit follow_events(const std::string& config, const EventsOptions& options);

// command_search.cpp: what was ever printed
struct SearchOptions {
  std::string query, mode = "auto", source, change_class, since, until, sort = "newest",
                     format = "table";
  bool gone = false;  ///< only what no article says any more
  std::size_t limit = 20;
};
Exit search_texts(const std::string& config, const SearchOptions& options);

// command_export.cpp: all of it, for other programs
struct ExportOptions {
  std::string what = "revisions", format = "jsonl", since, source, file;
  bool mark = false;  ///< a byte order mark, which some spreadsheets need
};
Exit export_rows(const std::string& config, const ExportOptions& options);

// command_status.cpp: how things stand
/// `condition`: those that are in it, `any` of them; empty: all.
Exit list_sources(const std::string& config, const std::string& format,
                  const std::string& condition);
Exit show_status(const std::string& config, const std::string& format);

// command_alerts.cpp: what receivers are told
struct AlertsOptions {
  std::string state, receiver, format = "table";
  std::size_t limit = 1000;
};
Exit list_alerts(const std::string& config, const AlertsOptions& options);
Exit show_alert(const std::string& config, const std::string& id);
Exit retry_alerts(const std::string& config, const std::string& id, bool dead,
                  const std::string& receiver);
Exit move_alerts(const std::string& config, const std::string& from, const std::string& to);
Exit drop_alerts(const std::string& config, const std::string& receiver);
Exit list_receivers(const std::string& config, const std::string& format);
Exit test_receiver(const std::string& config, const std::string& name, const std::string& event);

// command_sources.cpp: sources from and for other readers of feeds
struct ImportOptions {
  std::string file, output;  ///< output: empty: sources.d beside the configuration, if it is read
};
Exit import_sources(const std::string& config, const ImportOptions& options);
Exit export_sources(const std::string& config);

// command_watches.cpp: what people judged, as cases
/// Of one watch, or of all: each verdict that the query as it is now does not do as asked is a
/// line.
Exit test_watches(const std::string& config, const std::string& name);
/// Says of which watches of a sound configuration that is so, by their newest hits; nothing where
/// nothing is stored, or the daemon does not answer at once.
void remark_contradicted_verdicts(const config::Config& config);

// command_token.cpp: who may ask over the network
struct TokenOptions {
  std::string scope, name, expires;
};
Exit create_token(const std::string& config, const TokenOptions& options);
Exit list_tokens(const std::string& config, const std::string& format);
Exit revoke_token(const std::string& config, const std::string& id);

// command_probe.cpp: what a new source would find; nothing is stored
Exit test_source(const std::string& config, const std::string& url, const std::string& profile,
                 const std::string& format);

// command_check.cpp: whether the file is sound and unchanged
Exit check_database(const std::string& config);
Exit verify(const std::string& config, const std::string& article);

// command_explain.cpp: why a URL is visited as it is
Exit explain_url(const std::string& config, const std::string& url, const std::string& format);

// command_write.cpp: the daemon, and what it is asked to do
/// `log_level` empty: that of the configuration.
Exit run_daemon(const std::string& config, const std::string& log_level);
Exit check_config(const std::string& config);
Exit reload_daemon(const std::string& config);
Exit recheck(const std::string& config, const std::string& target, bool now);
Exit fetch(const std::string& config, const std::string& url);

// command_parse.cpp: files in, records out; no daemon, no network
struct ParseOptions {
  std::string url, profile, file, fetched_at, agent = "tinwatch";
  bool jsonl = false, json = false;
};
Exit parse_article(const std::string& config, const ParseOptions& options);
Exit parse_listing(const std::string& config, const ParseOptions& options);
Exit parse_feed(const std::string& config, const ParseOptions& options);
Exit parse_sitemap(const std::string& config, const ParseOptions& options);
Exit parse_robots(const ParseOptions& options);
struct DateOptions {
  std::string text, reference, timezone;
  bool jsonl = false;
};
Exit parse_date(const std::string& config, const DateOptions& options);

// command_match.cpp
struct MatchOptions {
  std::string query, mode = "tone", file;
  bool jsonl = false;
};
Exit match_text(const MatchOptions& options);

// command_backtest.cpp
struct BacktestOptions {
  std::string watch, query, mode = "tone", since, until, format = "text";
  bool baseline = false;  ///< also what a first sweep and archives brought
};
Exit backtest(const std::string& config, const BacktestOptions& options);
/// Says which watches of a sound configuration would have hit too often, by what is stored; nothing
/// where nothing is, or the daemon does not answer at once.
void remark_busy_watches(const config::Config& config);

}  // namespace tinwatch::cli
