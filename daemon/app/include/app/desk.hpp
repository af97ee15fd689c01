#pragma once

#include "api/answer.hpp"
#include "api/preview.hpp"
#include "api/routes.hpp"
#include "async/clock.hpp"
#include "async/task.hpp"
#include "config/own_watch.hpp"
#include "storage/hits.hpp"
#include "storage/store.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace tinwatch::app {

/// What people change while the daemon runs: watches of their own, what is snoozed, verdicts on
/// hits. The API and the forms of pages ask for the same changes here. Belongs to the io thread.
class Desk {
 public:
  /// What the daemon has and does for it.
  struct Hooks {
    std::function<const config::Config&()> config;  ///< in force
    std::function<api::Context()> context;
    std::function<Task<>()> follow;  ///< puts in force what the store says now
  };
  /// The references outlive it.
  Desk(storage::Store& store, Clock& clock, Hooks hooks);

  /// Answers a request of the API.
  Task<api::Reply> add_watch(api::Request request);
  Task<api::Reply> change_watch(api::Request request);
  Task<api::Reply> delete_watch(api::Request request);
  Task<api::Reply> preview_watch(api::Request request);
  Task<api::Reply> snooze(api::Request request);
  Task<api::Reply> end_snooze(api::Request request);
  Task<api::Reply> triage(api::Request request);
  /// Answers a form: with another page to go to, or the same one and what is wrong.
  Task<api::Reply> watch_form(api::Request request);
  Task<api::Reply> hit_form(api::Request request);

 private:
  /// Why something was not done. For people.
  struct Refusal {
    int status = 400;
    config::Faults sentences;
    std::optional<watch::QueryFault> query;
  };
  struct Previewed {
    api::Preview preview;
    std::vector<std::string> warnings;
  };
  using Fields = std::map<std::string, std::string>;
  static api::Reply reply_of(const Refusal& refusal);

  /// `is_new`: there is none of that name yet.
  Task<Result<bool, Refusal>> put(boost::json::object definition, bool is_new, std::string who);
  /// Answers whether the configuration has a watch of that name, which remains.
  Task<Result<bool, Refusal>> take_away(std::string name, std::string who);
  Task<Result<Previewed, Refusal>> preview(boost::json::object definition);
  Task<Result<bool, Refusal>> put_to_sleep(std::string name, Instant until, std::string who);
  Task<Result<bool, Refusal>> wake(std::string name, std::string who);
  Task<Result<bool, Refusal>> judge(storage::Triage triage);

  Task<api::Reply> watch_page(api::Request request, std::string name,
                              boost::json::object definition, Refusal refusal,
                              std::optional<Previewed> previewed);
  Task<Result<bool, Refusal>> obey(const std::string& action, const std::string& name,
                                   const Fields& fields, const std::string& who);
  /// The watch of that name, made here or not, as it is shown now.
  [[nodiscard]] api::Reply shown(const std::string& name) const;
  [[nodiscard]] bool is_of_file(const std::string& name) const;
  [[nodiscard]] Result<config::OwnWatch, Refusal> read(const boost::json::object& definition) const;
  [[nodiscard]] Result<Instant, Refusal> until_of(const Fields& fields) const;

  storage::Store& store_;
  Clock& clock_;
  Hooks hooks_;
  std::size_t previews_ = 0;  // under way
};

}  // namespace tinwatch::app
