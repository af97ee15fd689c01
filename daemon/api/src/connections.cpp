#include "api/connections.hpp"

#include <algorithm>

namespace tinwatch::api {

Connections::Connections(const asio::any_io_executor& executor, Limits limits,
                         TaskGroup::OnFailure on_failure)
    : limits_(limits),
      streams_(executor, limits.streams, on_failure),
      tasks_(executor, limits.connections, std::move(on_failure)) {}

Task<> Connections::spawn(Task<> task) {
  if (tasks_.running() >= limits_.connections) close_one();
  co_await tasks_.spawn(std::move(task));
}

Task<> Connections::join() {
  co_await tasks_.join();
  co_await streams_.join();
}

void Connections::cancel() {
  tasks_.cancel();
  streams_.cancel();
}

void Connections::set(std::list<Entry>::iterator entry, State state, std::size_t unsent) {
  unsent_ += unsent - entry->unsent;
  entry->state = state;
  entry->unsent = unsent;
  entries_.splice(entries_.end(), entries_, entry);
}

void Connections::close_one() {
  for (const auto state : {State::listening, State::sending}) {
    const auto oldest = std::find_if(entries_.begin(), entries_.end(),
                                     [&](const Entry& entry) { return entry.state == state; });
    if (oldest == entries_.end()) continue;
    close(*oldest);
    return;
  }
}

void Connections::close(Entry& entry) {
  unsent_ -= entry.unsent;
  entry.unsent = 0;
  entry.state = State::closed;
  entry.close();
}

Connections::Connection::Connection(Connections& all, std::function<void()> close)
    : all_(all), entry_(all.entries_.insert(all.entries_.end(), Entry{std::move(close)})) {}

Connections::Connection::~Connection() {
  all_.unsent_ -= entry_->unsent;
  all_.entries_.erase(entry_);
}

void Connections::Connection::listens() { all_.set(entry_, State::listening, 0); }
void Connections::Connection::works() { all_.set(entry_, State::working, 0); }

void Connections::Connection::sends(std::size_t bytes) {
  all_.set(entry_, State::sending, bytes);
  while (all_.unsent_ > all_.limits_.unsent_bytes && all_.unsent_ > bytes) {
    const auto oldest = std::find_if(
        all_.entries_.begin(), all_.entries_.end(),
        [](const Entry& entry) { return entry.state == State::sending && entry.unsent > 0; });
    all_.close(*oldest);
  }
}

}  // namespace tinwatch::api
