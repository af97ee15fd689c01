#pragma once

#include "async/task_group.hpp"
#include "async/wake_up.hpp"
#include "fetchers/polite_fetcher.hpp"
#include "pipeline/pipeline.hpp"
#include "storage/store.hpp"

#include <map>
#include <set>
#include <string>

namespace tinwatch::pipeline {

/// Hands what is due to the pipeline: new articles first, then lists, then known articles; each
/// host only when it may be asked, so that a slow or blocked one never fills the slots of the
/// others.
class Scheduler {
 public:
  Scheduler(const asio::any_io_executor& executor, Clock& clock, storage::Store& store,
            const fetchers::PoliteFetcher& fetcher, Pipeline& pipeline, TaskGroup& visits);

  /// Runs until cancelled.
  Task<> run();

  /// There may be something new to do.
  void ring() { bell_.ring(); }
  /// Visits under way.
  [[nodiscard]] std::size_t running() const { return running_.size(); }

 private:
  Task<> visit(storage::FrontierItem item);

  Clock& clock_;
  storage::Store& store_;
  const fetchers::PoliteFetcher& fetcher_;
  Pipeline& pipeline_;
  TaskGroup& visits_;
  WakeUp bell_;
  std::set<FrontierRow> running_;
  std::multiset<std::string> busy_hosts_;
  std::map<FrontierRow, Instant> resting_;  // rows whose visit could not be written, until when
};

}  // namespace tinwatch::pipeline
