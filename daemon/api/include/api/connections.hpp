#pragma once

#include "async/task_group.hpp"

#include <cstddef>
#include <functional>
#include <list>

namespace tinwatch::api {

/// The open connections of one door. When they are as many as may be, the one whose peer has been
/// waited for longest is closed for the next: whoever asks is answered, however many hang on.
/// Belongs to the io thread.
class Connections {
  enum class State { working, listening, sending, closed };
  struct Entry {
    std::function<void()> close;
    State state = State::working;
    std::size_t unsent = 0;
  };

 public:
  struct Limits {
    std::size_t connections = 256;
    /// Of answers that peers have not taken yet.
    std::size_t unsent_bytes = std::size_t{64} << 20U;
    /// Answers without an end. They are apart: who listens keeps nobody from asking.
    std::size_t streams = 1000;
  };

  Connections(const asio::any_io_executor& executor, Limits limits,
              TaskGroup::OnFailure on_failure);

  /// Starts `task`, which serves one connection. Waits while all connections are at work on an
  /// answer.
  Task<> spawn(Task<> task);
  /// The same of a task that sends an answer without an end: nobody is closed for it.
  Task<> spawn_stream(Task<> task) { return streams_.spawn(std::move(task)); }
  /// Completes when every connection has ended, streams when they were cancelled.
  Task<> join();
  void cancel();

  /// One connection, known to the others while it lives.
  class Connection {
   public:
    /// `close` ends whatever it waits for; called at most once.
    Connection(Connections& all, std::function<void()> close);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    /// From now on it waits for its peer to say something, and may be closed.
    void listens();
    /// From now on it waits for its peer to take so much, and may be closed.
    void sends(std::size_t bytes);
    /// From now on its peer waits for us.
    void works();

   private:
    Connections& all_;
    std::list<Entry>::iterator entry_;
  };

 private:
  void set(std::list<Entry>::iterator entry, State state, std::size_t unsent);
  /// Whoever listens, else whoever sends, the longest waiting first; nobody while all work.
  void close_one();
  void close(Entry& entry);

  Limits limits_;
  std::list<Entry> entries_;  // by the time of their last change, the oldest first
  std::size_t unsent_ = 0;
  // Last: their tasks use all of the above.
  TaskGroup streams_;
  TaskGroup tasks_;
};

}  // namespace tinwatch::api
