#include "cli/cli.hpp"

#include "commands.hpp"
#include "telemetry/log.hpp"
#include "telemetry/version.hpp"

#include <CLI/CLI.hpp>
#include <functional>
#include <stdexcept>

namespace tinwatch::cli {
namespace {

/// The options of all subcommands, and what the chosen one will do.
struct Options {
  std::string config = "/etc/tinwatch/tinwatch.yaml";
  std::string log_level = "info";
  std::string colour = "auto";
  std::string target, since, format, to_receiver, event;
  int revision = 0, from = 0, to = 0;
  bool raw = false, follow = false, at_once = false, dead = false;
  ArticlesOptions articles;
  AlertsOptions alerts;
  ParseOptions parse;
  DateOptions date;
  MatchOptions match;
  BacktestOptions backtest;
  std::function<Exit()> chosen;
};

class CommandLine {
 public:
  CommandLine() {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", "tinwatch " + std::string(telemetry::version()) + " (" +
                                           std::string(telemetry::revision()) + ")");
    app_.failure_message(CLI::FailureMessage::simple);
    daemon();
    questions();
    receivers();
    parsing();
  }

  int run(int argc, char** argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
      return app_.exit(e) == 0 ? 0 : static_cast<int>(Exit::usage);
    }
    log::Level level = log::Level::info;
    static_cast<void>(log::level_from(options_.log_level, level));
    log::set_up(level);
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

 private:
  CLI::App* command(CLI::App* parent, const char* name, const char* what,
                    std::function<Exit()> action) {
    auto* sub = parent->add_subcommand(name, what);
    sub->add_option("--config", options_.config, "configuration file")->capture_default_str();
    sub->callback([this, action = std::move(action)] { options_.chosen = action; });
    return sub;
  }
  CLI::App* command(const char* name, const char* what, std::function<Exit()> action) {
    return command(&app_, name, what, std::move(action));
  }

  void format(CLI::App* sub, std::string& field, const std::vector<std::string>& choices) {
    field = choices.front();
    sub->add_option("--format", field, "how to print it")
        ->check(CLI::IsMember(choices))
        ->capture_default_str();
  }

  void daemon() {
    auto& o = options_;
    auto* run =
        command("run", "the daemon, in the foreground", [&o] { return run_daemon(o.config); });
    run->add_option("--log-level", o.log_level, "least level that is logged")
        ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
        ->capture_default_str();
    command("check", "validate the configuration; each fault as FILE:LINE:COLUMN: message",
            [&o] { return check_config(o.config); });
    command("reload", "make the running daemon read its configuration again",
            [&o] { return reload_daemon(o.config); });
    command("fetch", "one polite fetch by the daemon's own path, as JSON",
            [&o] { return fetch(o.config, o.target); })
        ->add_option("URL", o.target)
        ->required();
    auto* recheck_now = command("recheck", "look at an article or a source now",
                                [&o] { return recheck(o.config, o.target, o.at_once); });
    recheck_now->add_option("ARTICLE|SOURCE", o.target)->required();
    recheck_now->add_flag("--now", o.at_once,
                          "also lift a rest that the daemon gave a failing host");
  }

  void questions() {
    auto& o = options_;
    auto* sources = app_.add_subcommand("sources", "what is watched")->require_subcommand(1);
    command(sources, "list", "the sources and when they were last read",
            [&o] { return list_sources(o.config); });
    auto* test =
        command(sources, "test", "what a new source would find, without storing anything",
                [&o] { return test_source(o.config, o.target, o.parse.profile, o.format); });
    test->add_option("URL", o.target, "a start page, a feed or a sitemap")->required();
    test->add_option("--profile", o.parse.profile, "site profile; default: the generic rules");
    format(test, o.format, {"text", "json"});

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

    auto* events = command("events", "what happened, one JSON object a line",
                           [&o] { return follow_events(o.config, o.since, o.follow); });
    events->add_option("--since", o.since, "RFC 3339, a date, today, or an age such as 36h");
    events->add_flag("-f,--follow", o.follow, "go on with what happens from now on");

    auto* explain =
        command("explain", "why a URL was or was not fetched, revised; what happens next",
                [&o] { return explain_url(o.config, o.target, o.format); });
    explain->add_option("URL", o.target)->required();
    format(explain, o.format, {"text", "json"});

    auto* status = command("status", "sources, frontier, outbox and store at a glance",
                           [&o] { return show_status(o.config, o.format); });
    format(status, o.format, {"text", "json"});

    auto* db = app_.add_subcommand("db", "the database file")->require_subcommand(1);
    command(db, "check", "whether the file is sound", [&o] { return check_database(o.config); });
    command("verify", "whether what was stored is as it was stored", [&o] {
      return verify(o.config, o.target);
    })->add_option("ARTICLE", o.target, "only its source");
  }

  void receivers() {
    auto& o = options_;
    auto* alerts = app_.add_subcommand("alerts", "deliveries to receivers")->require_subcommand(1);
    auto* list = command(alerts, "list", "the newest deliveries and their state",
                         [&o] { return list_alerts(o.config, o.alerts); });
    list->add_option("--state", o.alerts.state,
                     "pending, written, snoozed, delivered, dead, settled, superseded, dropped");
    list->add_option("--receiver", o.alerts.receiver, "only this one's");
    list->add_option("--limit", o.alerts.limit, "how many")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    format(list, o.alerts.format, {"table", "json"});
    command(alerts, "show", "one delivery, or one message as it is sent",
            [&o] { return show_alert(o.config, o.target); })
        ->add_option("ID", o.target)
        ->required();
    auto* retry = command(alerts, "retry", "send now what is dead or waits for its next try", [&o] {
      return retry_alerts(o.config, o.target, o.dead, o.alerts.receiver);
    });
    retry->add_option("ID", o.target, "of a delivery or a message");
    retry->add_flag("--dead", o.dead, "all that are dead");
    retry->add_option("--receiver", o.alerts.receiver,
                      "all that waits for this one; with --dead, its dead ones");
    auto* move = command(alerts, "move", "what one receiver was not told goes to another",
                         [&o] { return move_alerts(o.config, o.target, o.to_receiver); });
    move->add_option("OLD", o.target, "may have left the configuration")->required();
    move->add_option("NEW", o.to_receiver)->required();
    command(alerts, "drop", "what a receiver was not told is not told any more",
            [&o] { return drop_alerts(o.config, o.target); })
        ->add_option("RECEIVER", o.target)
        ->required();

    auto* receivers = app_.add_subcommand("receivers", "who is told")->require_subcommand(1);
    command(receivers, "list", "each with its kind and what waits for it",
            [&o] { return list_receivers(o.config); });
    auto* test = command(receivers, "test", "send a made-up alert, which says that it is one",
                         [&o] { return test_receiver(o.config, o.target, o.event); });
    test->add_option("NAME", o.target)->required();
    test->add_option("--event", o.event, "a stored event instead, by its id");
  }

  void parsing() {
    auto& o = options_;
    auto* parse = app_.add_subcommand("parse", "files to records, without daemon or network")
                      ->require_subcommand(1);
    const auto file = [&o](CLI::App* sub) {
      return sub->add_option("FILE", o.parse.file, "a file, or - for standard input");
    };
    const auto place = [&o](CLI::App* sub) {
      sub->add_option("--url", o.parse.url, "where it was fetched");
      sub->add_option("--profile", o.parse.profile, "site profile; default: the generic rules");
    };
    auto* article = command(parse, "article", "HTML to one article record",
                            [&o] { return parse_article(o.config, o.parse); });
    place(article);
    auto* batch = article->add_flag("--jsonl", o.parse.jsonl,
                                    "one {\"id\",\"url\",\"path\"} a line of standard input");
    file(article)->excludes(batch);
    article->add_option("--fetched-at", o.parse.fetched_at,
                        "when it was fetched: no later date is the publication's");
    auto* listing = command(parse, "listing", "the links of a page, judged",
                            [&o] { return parse_listing(o.config, o.parse); });
    place(listing);
    file(listing)->required();
    auto* feed = command(parse, "feed", "RSS, Atom or JSON Feed",
                         [&o] { return parse_feed(o.config, o.parse); });
    place(feed);
    file(feed)->required();
    auto* sitemap = command(parse, "sitemap", "a sitemap, plain or gzip",
                            [&o] { return parse_sitemap(o.config, o.parse); });
    place(sitemap);
    file(sitemap)->required();
    auto* date = command(parse, "date", "a printed date to ISO 8601; an empty line for none",
                         [&o] { return parse_date(o.config, o.date); });
    date->add_option("TEXT", o.date.text, "as printed: \"Thứ tư, 04/03/2026, 16:44 (GMT+7)\"");
    date->add_option("--reference", o.date.reference,
                     "the time \"hôm qua\" and dates without a year are read at; default: now");
    date->add_option("--timezone", o.date.timezone,
                     "of texts that print no offset; default: the configuration's");
    date->add_flag("--jsonl", o.date.jsonl,
                   "standard input: {\"id\",\"text\",\"reference\"?} a line");
    auto* robots = command(parse, "robots", "whether a robots.txt allows a URL",
                           [&o] { return parse_robots(o.parse); });
    robots->add_option("--agent", o.parse.agent, "product token of the crawler")->required();
    robots->add_option("--url", o.parse.url, "what would be fetched")->required();
    robots->add_flag("--json", o.parse.json, "with crawl delay and sitemaps");
    file(robots)->required();

    auto* backtest = command("backtest", "what a watch would have raised on what is stored",
                             [&o] { return cli::backtest(o.config, o.backtest); });
    backtest->add_option("--watch", o.backtest.watch, "a watch of the configuration");
    backtest->add_option("--query", o.backtest.query, "instead: as in watches");
    backtest->add_option("--mode", o.backtest.mode, "what of the writing counts")
        ->check(CLI::IsMember({"exact", "tone", "fold", "auto"}))
        ->capture_default_str();
    backtest->add_option("--since", o.backtest.since,
                         "RFC 3339, a date, today, or an age such as 36h");
    backtest->add_option("--until", o.backtest.until, "likewise");
    backtest->add_flag("--baseline", o.backtest.baseline,
                       "also what a first sweep and archives brought");
    format(backtest, o.backtest.format, {"text", "json"});

    auto* match =
        command("match", "whether a text matches a query", [&o] { return match_text(o.match); });
    match->add_option("--query", o.match.query, "as in watches");
    match->add_option("--mode", o.match.mode, "what of the writing counts")
        ->check(CLI::IsMember({"exact", "tone", "fold", "auto"}))
        ->capture_default_str();
    match->add_flag(
        "--jsonl", o.match.jsonl,
        "standard input: {\"id\",\"query\",\"mode\"?,\"text\"|\"fields\",\"aliases\"?} a line");
    match->add_option("FILE", o.match.file, "a text, or - for standard input");
  }

  CLI::App app_{"Tinwatch: what a newspaper publishes, changes and takes down"};
  Options options_;
};

}  // namespace

int main(int argc, char** argv) { return CommandLine().run(argc, argv); }

}  // namespace tinwatch::cli
