#include "cli/cli.hpp"

#include "command_line.hpp"
#include "mistyped.hpp"
#include "telemetry/log.hpp"
#include "telemetry/version.hpp"

#include <stdexcept>

namespace tinwatch::cli {

CommandLine::CommandLine() {
  app_.require_subcommand(1);
  app_.set_version_flag("--version", "tinwatch " + std::string(telemetry::version()) + " (" +
                                         std::string(telemetry::revision()) + ")");
  app_.failure_message(CLI::FailureMessage::simple);
  daemon();
  questions();
  database();
  receivers();
  tokens();
  parsing();
}

int CommandLine::run(int argc, char** argv) {
  try {
    app_.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() == 0) return app_.exit(e);  // help, version
    const auto unknown = unknown_word(app_, {argv + 1, argv + argc});
    if (unknown.empty()) return app_.exit(e), static_cast<int>(Exit::usage);
    complain(unknown);
    return static_cast<int>(Exit::usage);
  }
  log::set_up({});
  try {
    return static_cast<int>(options_.chosen());
  } catch (const std::invalid_argument& e) {
    complain(e.what());
    return static_cast<int>(Exit::usage);
  } catch (const std::exception& e) {
    complain(e.what());
    return static_cast<int>(Exit::failed);
  }
}

CLI::App* CommandLine::command(CLI::App* parent, const char* name, const char* what,
                               std::function<Exit()> action) {
  auto* sub = parent->add_subcommand(name, what);
  sub->add_option("--config", options_.config, "configuration file")->capture_default_str();
  sub->callback([this, action = std::move(action)] { options_.chosen = action; });
  return sub;
}
void CommandLine::format(CLI::App* sub, std::string& field,
                         const std::vector<std::string>& choices) {
  field = choices.front();
  sub->add_option("--format", field, "how to print it")
      ->check(CLI::IsMember(choices))
      ->capture_default_str();
}

void CommandLine::daemon() {
  auto& o = options_;
  auto* run = command("run", "the daemon, in the foreground",
                      [&o] { return run_daemon(o.config, o.log_level); });
  run->add_option("--log-level", o.log_level,
                  "least level that is logged, whatever the configuration says; default: its "
                  "log.level")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
  command("check", "validate the configuration; each fault as FILE:LINE:COLUMN: message",
          [&o] { return check_config(o.config); });
  auto* config = app_.add_subcommand("config", "the configuration")->require_subcommand(1);
  command(config, "show", "what it amounts to with its defaults, as YAML; secrets are masked",
          [&o] { return show_config(o.config, o.running); })
      ->add_flag("--running", o.running, "that of the daemon, not of the file");
  command("reload", "make the running daemon read its configuration again",
          [&o] { return reload_daemon(o.config); });
  command("fetch", "one polite fetch by the daemon's own path, as JSON",
          [&o] { return fetch(o.config, o.target); })
      ->add_option("URL", o.target)
      ->required();
  auto* recheck_now = command("recheck", "look at an article or a source now",
                              [&o] { return recheck(o.config, o.target, o.at_once); });
  recheck_now->add_option("ARTICLE|SOURCE", o.target)->required();
  recheck_now->add_flag("--now", o.at_once, "also lift a rest that the daemon gave a failing host");
}

void CommandLine::questions() {
  auto& o = options_;
  auto* sources = app_.add_subcommand("sources", "what is watched")->require_subcommand(1);
  auto* listed = command(sources, "list", "the sources and when they were last read",
                         [&o] { return list_sources(o.config, o.sources_format, o.condition); });
  listed->add_option("--condition", o.condition, "only those in this trouble")
      ->check(CLI::IsMember({"any", "unreachable", "never_read", "drifted", "silent", "nothing_new",
                             "no_articles", "feed_cut"}));
  format(listed, o.sources_format, {"table", "json", "csv"});
  auto* test = command(sources, "test", "what a new source would find, without storing anything",
                       [&o] { return test_source(o.config, o.target, o.parse.profile, o.format); });
  test->add_option("URL", o.target, "a start page, a feed or a sitemap")->required();
  test->add_option("--profile", o.parse.profile, "site profile; default: the generic rules");
  format(test, o.format, {"text", "json"});
  auto* imported = command(sources, "import", "the feeds of an OPML file as a file of sources",
                           [&o] { return import_sources(o.config, o.imported); });
  imported->add_option("FILE", o.imported.file, "OPML, or - for standard input")->required();
  imported->add_option("-o,--output", o.imported.output,
                       "a new file, or - for standard output; default: sources.d/NAME.yaml beside "
                       "the configuration, if its include: names that");
  command(sources, "export", "the sources as OPML 2.0", [&o] { return export_sources(o.config); });

  auto* watches = app_.add_subcommand("watches", "what is watched for")->require_subcommand(1);
  command(watches, "test", "whether watches do as people judged their hits", [&o] {
    return test_watches(o.config, o.target);
  })->add_option("NAME", o.target, "one of them; default: all");

  auto* articles = command("articles", "stored articles, newest first",
                           [&o] { return list_articles(o.config, o.articles); });
  articles->add_option("--source", o.articles.source, "only of this source");
  articles->add_option("--since", o.articles.since,
                       "RFC 3339, a date, today, or an age such as 36h");
  articles->add_option("--until", o.articles.until, "likewise");
  articles->add_option("--by", o.articles.by, "order and time that count")
      ->check(CLI::IsMember({"published", "seen", "changed"}))
      ->capture_default_str();
  articles->add_option("--limit", o.articles.limit, "how many")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  format(articles, o.articles.format, {"table", "json", "csv"});

  auto* search = command("search", "what was ever printed, newest first",
                         [&o] { return search_texts(o.config, o.search); });
  search->add_option("QUERY", o.search.query, "in the language of watches")->required();
  search->add_option("--mode", o.search.mode, "how much of the writing counts")
      ->check(CLI::IsMember({"exact", "tone", "fold", "auto"}))
      ->capture_default_str();
  search->add_option("--source", o.search.source, "only of this source");
  search->add_option("--class", o.search.change_class, "only edits of this class");
  search->add_option("--since", o.search.since,
                     "when it was seen first: RFC 3339, a date, today, or an age such as 36h");
  search->add_option("--until", o.search.until, "likewise");
  search->add_flag("--gone", o.search.gone, "only what the article no longer says");
  search->add_option("--sort", o.search.sort, "the best of the newest come first by relevance")
      ->check(CLI::IsMember({"newest", "relevance"}))
      ->capture_default_str();
  search->add_option("--limit", o.search.limit, "how many")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  format(search, o.search.format, {"table", "json", "csv"});

  auto* show = command("show", "one article", [&o] {
    return show_article(o.config, o.target, o.revision, o.raw, o.format);
  });
  show->add_option("ARTICLE", o.target, "id, unique prefix of one, or URL")->required();
  show->add_option("--revision", o.revision, "default: the newest")->check(CLI::PositiveNumber);
  show->add_flag("--raw", o.raw, "the page's bytes as they were fetched");
  format(show, o.format, {"text", "json", "jsonld"});

  auto* diff = command("diff", "what changed between two revisions, word by word", [&o] {
    return show_diff(o.config, o.target, o.from, o.to, o.format, wants_colour(o.colour));
  });
  diff->add_option("ARTICLE", o.target, "id, unique prefix of one, or URL")->required();
  diff->add_option("--from", o.from, "default: the one before --to")->check(CLI::PositiveNumber);
  diff->add_option("--to", o.to, "default: the newest")->check(CLI::PositiveNumber);
  diff->add_option("--color", o.colour, "colour the words")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  format(diff, o.format, {"text", "html", "json"});

  auto* events = command("events", "what happened, oldest first",
                         [&o] { return follow_events(o.config, o.events); });
  auto* since = events->add_option("--since", o.events.since,
                                   "RFC 3339, a date, today, or an age such as 36h");
  events->add_option("-n,--lines", o.events.lines, "only the last so many; with -f, 10")
      ->check(CLI::Range(1, 1000))
      ->excludes(since);
  events->add_flag("-f,--follow", o.events.follow, "go on with what happens from now on");
  format(events, o.events.format, {"json", "table", "csv"});

  auto* exported = command("export", "all revisions, events or hits, oldest first",
                           [&o] { return export_rows(o.config, o.exported); });
  exported->add_option("--what", o.exported.what, "what is exported")
      ->check(CLI::IsMember({"revisions", "events", "hits"}))
      ->capture_default_str();
  format(exported, o.exported.format, {"jsonl", "csv"});
  exported->add_option("--since", o.exported.since,
                       "RFC 3339, a date, today, or an age such as 36h");
  exported->add_option("--source", o.exported.source, "only of this source");
  exported->add_flag("--bom", o.exported.mark,
                     "of a CSV file: begin with a byte order mark, for spreadsheets");
  exported->add_option("-o,--output", o.exported.file,
                       "a file, which is there whole or not at all; default: standard output");

  auto* explain = command("explain", "why a URL was or was not fetched, revised; what happens next",
                          [&o] { return explain_url(o.config, o.target, o.format); });
  explain->add_option("URL", o.target)->required();
  format(explain, o.format, {"text", "json"});

  auto* status = command("status", "sources, frontier, outbox and store at a glance",
                         [&o] { return show_status(o.config, o.format); });
  format(status, o.format, {"text", "json"});

  command("verify", "whether what was stored is as it was stored", [&o] {
    return verify(o.config, o.target);
  })->add_option("ARTICLE", o.target, "only its source");
}

int main(int argc, char** argv) { return CommandLine().run(argc, argv); }

}  // namespace tinwatch::cli
