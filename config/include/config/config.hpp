#pragma once

#include "alerts/receiver.hpp"
#include "core/result.hpp"
#include "core/scope.hpp"
#include "core/site_scope.hpp"
#include "fetchers/polite_fetcher.hpp"
#include "monitor/removal.hpp"
#include "monitor/revisit.hpp"
#include "monitor/shortcuts.hpp"
#include "parsers/site.hpp"
#include "telemetry/log_settings.hpp"
#include "watch/query.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tinwatch::config {

using namespace std::chrono_literals;

struct StorageSettings {
  std::string path = "/var/lib/tinwatch/tinwatch.db";
  Duration keep_raw = 90 * 24h;
  Duration keep_readings{0};  ///< view counts and declared dates of edits; 0: for ever
  friend bool operator==(const StorageSettings&, const StorageSettings&) = default;
};

struct HttpSettings {
  std::vector<std::string> listen = {"127.0.0.1:8390"};
  std::string external_url = "http://127.0.0.1:8390/";
  std::vector<std::string> allowed_hosts;
  std::string socket = "/run/tinwatch/tinwatch.sock";
  bool require_token = false;  ///< on loopback, too
  bool behind_proxy = false;   ///< what comes from other machines comes through a proxy with TLS
  std::vector<fetchers::Network> trusted_proxies;  ///< whose word on who asks is taken
  std::string proxy_user_header;                   ///< in small letters; empty: none
  Scopes proxy_user_scopes{Scope::read, Scope::watch};
  friend bool operator==(const HttpSettings&, const HttpSettings&) = default;
};

struct FetchSettings {
  std::string contact;
  Duration timeout = 30s;
  std::size_t max_body = 10 * 1024 * 1024;
  fetchers::PolitenessSettings per_host;
  /// To one host, over a day and its night (docs/scheduling.md).
  double requests_an_hour = 240;
  monitor::Shortcuts shortcuts;
  int new_urls_a_day = 10'000;  ///< that one host may bring
  friend bool operator==(const FetchSettings&, const FetchSettings&) = default;
};

struct SourceSettings {
  std::string name;
  std::string title;
  std::shared_ptr<const parsers::Site> site;  ///< never null; the generic one without a profile
  std::vector<std::string> start;
  std::vector<std::string> hosts;          ///< that its pages may lead to besides, as configured
  std::shared_ptr<const SiteScope> scope;  ///< never null; where its pages may lead
  monitor::Interval poll;
  std::optional<Duration> recheck;  ///< articles at a fixed interval instead of by their age
  monitor::RemovalSettings removal;
  std::shared_ptr<const std::vector<fetchers::Network>> allow_networks;
};

/// Where a watch was made: in the configuration, or by a person in the daemon.
enum class Origin { file, api };

struct WatchSettings {
  std::string name;
  std::string title;
  std::string team = "default";
  Origin origin = Origin::file;
  watch::Mode mode = watch::Mode::tone;
  std::string written;      ///< the query as it stands there; empty: it has phrases
  std::size_t phrases = 0;  ///< how many
  std::shared_ptr<const watch::Query> query;  ///< never null in a configuration without faults
  std::vector<std::string> receivers;
  bool include_baseline = false;
  bool include_backfill = false;
  bool metrics = false;
  std::optional<Instant> snooze_until;  ///< as configured
};

struct RouteSettings {
  std::string type = "*";  ///< of the event, with `*` for any run of characters
  std::vector<std::string> receivers;
};

/// What the files amount to, with the defaults, as YAML; secrets are masked
/// (docs/configuration.md).
struct ShownConfig {
  struct Section {
    std::string key;
    std::string yaml;  ///< with the key
  };
  std::vector<Section> sections;  ///< each key once; storage first, routes last

  /// The whole, which `load` takes again but for what is masked.
  [[nodiscard]] std::string yaml() const;
  /// Takes a section from another; whichever has none of that key loses it.
  void take(const std::string& key, const ShownConfig& from);
};

/// The whole configuration, checked. Its initialisers are the documented defaults.
struct Config {
  std::string file;                  ///< empty: it could not be read
  std::vector<std::string> include;  ///< patterns of the files with more of it, as configured
  StorageSettings storage;
  HttpSettings http;
  log::Settings log;
  std::string timezone = "Asia/Ho_Chi_Minh";
  FetchSettings fetch;
  std::vector<SourceSettings> sources;
  std::vector<alerts::ReceiverSettings> receivers;
  std::vector<WatchSettings> watches;
  std::shared_ptr<const watch::Aliases> aliases;  ///< of the watches; null: none
  std::vector<RouteSettings> routes;
  std::shared_ptr<const ShownConfig> shown;  ///< null: it was not read
  /// What works and is hardly meant so, each as `FILE:LINE:COLUMN: warning: message`.
  std::vector<std::string> warnings;
};

/// Every fault found, each as `FILE:LINE:COLUMN: message`; of a file that cannot be read, as
/// `FILE: message`.
using Faults = std::vector<std::string>;

/// Reads and checks `file` and all it names (profiles, secrets): regular files only.
[[nodiscard]] Result<Config, Faults> load(const std::string& file);

/// The same, taking what can be read and leaving the rest at its defaults: for commands that only
/// need to find the database and the daemon, such as those of a user who may not read the secrets.
[[nodiscard]] Config load_despite_faults(const std::string& file);

/// Names of sources, watches and receivers: `^[a-z0-9][a-z0-9_-]{0,62}$`.
[[nodiscard]] bool is_name(const std::string& text);

/// Whether a file of that name would be read with the configuration, by one of its `include`
/// patterns.
[[nodiscard]] bool is_included(const Config& config, const std::string& path);

/// Whether a listener is reached by this machine alone; false, too, where it is no address at all.
[[nodiscard]] bool is_loopback_listener(const std::string& listen);

/// A fault, for people, of an address that a source shall begin at; empty: none.
[[nodiscard]] std::string bad_start(const std::string& url);

/// A fault, for people, where a host that is not this machine would be asked by nobody it can write
/// to; empty: none.
[[nodiscard]] std::string missing_contact(const Config& config, const std::string& url);

/// One profile by name, looked for beside `config_file`, then in the installed share folder.
[[nodiscard]] Result<std::shared_ptr<const parsers::Site>, Faults> load_profile(
    const std::string& name, const std::string& config_file, const TimeZone& zone);

/// Extracts the pages that a profile keeps as its fixtures and compares them with what it expects
/// of them; every difference is a fault. Fixtures lie in `fixtures/` beside the profile.
[[nodiscard]] Faults check_fixtures(const std::shared_ptr<const parsers::Site>& site,
                                    const std::string& config_file);

}  // namespace tinwatch::config
