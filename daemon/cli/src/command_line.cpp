#include "command_line.hpp"

#include "completion.hpp"

/// Subcommands about who is told, and those that need no daemon.
namespace tinwatch::cli {

void CommandLine::receivers() {
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
  format(list, o.alerts.format, {"table", "json", "csv"});
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
  auto* receivers_list = command(receivers, "list", "each with its kind and what waits for it",
                                 [&o] { return list_receivers(o.config, o.receivers_format); });
  format(receivers_list, o.receivers_format, {"table", "json", "csv"});
  auto* test = command(receivers, "test", "send a made-up alert, which says that it is one",
                       [&o] { return test_receiver(o.config, o.target, o.event); });
  test->add_option("NAME", o.target)->required();
  test->add_option("--event", o.event, "a stored event instead, by its id");
}

void CommandLine::tokens() {
  auto& o = options_;
  auto* token = app_.add_subcommand("token", "who may ask over the network")->require_subcommand(1);
  auto* create = command(token, "create", "make a token; it is printed once and kept nowhere",
                         [&o] { return create_token(o.config, o.token); });
  create
      ->add_option("--scope", o.token.scope,
                   "what it allows: read, watch, metrics, feed, admin, with a comma between")
      ->required();
  create->add_option("--name", o.token.name, "whose it is or what for; stands in the audit list");
  create->add_option("--expires", o.token.expires, "after so long, such as 90d; default: never");
  auto* list = command(token, "list", "the tokens, newest first; never themselves",
                       [&o] { return list_tokens(o.config, o.tokens_format); });
  format(list, o.tokens_format, {"table", "json", "csv"});
  command(token, "revoke", "from now on a token does not hold, nor who logged in with it",
          [&o] { return revoke_token(o.config, o.target); })
      ->add_option("ID", o.target)
      ->required();
}

void CommandLine::parsing() {
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

  command("completion", "the script by which a shell completes these commands",
          [this, &o] {
            print_page(completion(app_, o.target));
            return Exit::done;
          })
      ->add_option("SHELL", o.target)
      ->check(CLI::IsMember({"bash", "zsh", "fish"}))
      ->required();
}

}  // namespace tinwatch::cli
