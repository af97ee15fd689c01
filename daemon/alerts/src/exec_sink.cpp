#include "alerts/exec_sink.hpp"

#include "core/text.hpp"
#include "descriptor.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tinwatch::alerts {
namespace {

using namespace std::chrono_literals;

constexpr auto look_every = 100ms;  // whether the daemon stops
constexpr std::size_t most_said = 1000;
constexpr int try_again = 75;  // EX_TEMPFAIL of sysexits(3)

std::string problem(const std::string& what) {
  return what + ": " + std::generic_category().message(errno);
}

/// How a run ended.
struct Ended {
  bool has_run = false;
  bool timed_out = false;
  bool runs_on = false;  ///< it may not be ended by us, and is waited for another time
  int status = 0;        ///< as wait(2) gives it
  std::string said;
};

/// What `run` is told.
struct Run {
  ExecSettings settings;
  Message message;
  std::shared_ptr<const std::atomic<bool>> stopped;
  std::shared_ptr<std::vector<pid_t>>
      running_on;  ///< those of before; of the thread that runs them
};

struct Pipe {
  Descriptor read;
  Descriptor write;
};

bool open_pipe(Pipe& pipe) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  pipe.read = Descriptor(ends[0]);
  pipe.write = Descriptor(ends[1]);
  return true;
}

std::string variable(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return std::string(name) + '=' + (value ? value : otherwise);
}

/// The command, by way of setpriv(1) where another user runs it: between fork and exec of a process
/// with threads there is no safe way to change the groups.
std::vector<std::string> words_of(const ExecSettings& settings) {
  if (!settings.user) return settings.command;
  std::vector<std::string> out{"/usr/bin/setpriv",
                               "--reuid=" + settings.user->name,
                               "--regid=" + std::to_string(settings.user->group),
                               "--init-groups",
                               "--inh-caps=-all",
                               "--ambient-caps=-all",
                               "--"};
  out.insert(out.end(), settings.command.begin(), settings.command.end());
  return out;
}

/// The process, in a group of its own; an error number where there is none.
int spawn(const Run& run, const Pipe& in, const Pipe& error, pid_t& process) {
  auto words = words_of(run.settings);
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::array environment{variable("PATH", "/usr/local/bin:/usr/bin:/bin"),
                         variable("LANG", "C.UTF-8"), "TINWATCH_MESSAGE_ID=" + run.message.id};
  std::array<char*, 4> variables{environment[0].data(), environment[1].data(),
                                 environment[2].data(), nullptr};
  posix_spawn_file_actions_t files{};
  posix_spawnattr_t attributes{};
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_adddup2(&files, in.read.get(), STDIN_FILENO);
  ::posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_adddup2(&files, error.write.get(), STDERR_FILENO);
  ::posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
  sigset_t none{};
  sigset_t usual{};
  sigemptyset(&none);
  sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &usual);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  const int failed = ::posix_spawn(&process, arguments.front(), &files, &attributes,
                                   arguments.data(), variables.data());
  ::posix_spawn_file_actions_destroy(&files);
  ::posix_spawnattr_destroy(&attributes);
  return failed;
}

/// What there is; false: the program has closed it.
bool keep_reading(int file, std::string& said) {
  std::array<char, 512> buffer{};
  for (;;) {
    const auto bytes = ::read(file, buffer.data(), buffer.size());
    if (bytes <= 0) return bytes < 0;
    const auto room = most_said - std::min(said.size(), most_said);
    said.append(buffer.data(), std::min(static_cast<std::size_t>(bytes), room));
  }
}

/// Feeds the program and waits for its end.
Ended attend(const Run& run, pid_t process, Pipe in, Pipe error) {
  const auto deadline = std::chrono::steady_clock::now() + run.settings.timeout;
  in.read.close();
  error.write.close();
  ::fcntl(in.write.get(), F_SETFL, O_NONBLOCK);
  ::fcntl(error.read.get(), F_SETFL, O_NONBLOCK);
  const Descriptor end(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
  Ended out{.has_run = true};
  std::string_view left = run.message.body;
  for (;;) {
    if (left.empty()) in.write.close();
    std::array<pollfd, 3> waits{pollfd{end.get(), POLLIN, 0}, pollfd{error.read.get(), POLLIN, 0},
                                pollfd{in.write.get(), POLLOUT, 0}};
    ::poll(waits.data(), waits.size(), static_cast<int>(look_every.count()));
    if (waits[1].revents != 0 && !keep_reading(error.read.get(), out.said)) error.read.close();
    if (waits[2].revents != 0) {
      const auto written = ::write(in.write.get(), left.data(), left.size());
      if (written > 0) left.remove_prefix(static_cast<std::size_t>(written));
      if (written < 0 && errno != EAGAIN && errno != EINTR) left = {};  // it wants no more of it
    }
    if (::waitpid(process, &out.status, WNOHANG) == process) break;
    out.timed_out = std::chrono::steady_clock::now() > deadline || run.stopped->load();
    if (!out.timed_out) continue;
    if (::kill(-process, SIGKILL) != 0) {
      out.runs_on = true;
      run.running_on->push_back(process);
      break;
    }
    while (::waitpid(process, &out.status, 0) < 0 && errno == EINTR) {
    }
    break;
  }
  if (error.read.get() >= 0) static_cast<void>(keep_reading(error.read.get(), out.said));
  return out;
}

Ended run_program(Run run) {
  // Writing to a program that has ended must not end the daemon. The mask is this thread's.
  sigset_t pipe_signal{};
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &pipe_signal, nullptr);
  std::erase_if(*run.running_on, [](pid_t one) { return ::waitpid(one, nullptr, WNOHANG) != 0; });
  Pipe in;
  Pipe error;
  if (!open_pipe(in) || !open_pipe(error)) return {.said = problem("no pipe")};
  pid_t process = 0;
  if (const int failed = spawn(run, in, error, process); failed != 0) {
    errno = failed;
    return {.said = problem(run.settings.command.front())};
  }
  return attend(run, process, std::move(in), std::move(error));
}

DeliveryResult meaning_of(const Ended& ended, const ExecSettings& settings) {
  const auto& program = settings.command.front();
  const auto first_line = ended.said.substr(0, ended.said.find('\n'));
  const auto behind = first_line.empty() ? std::string() : ": " + clipped(first_line, 200);
  if (!ended.has_run) return fail(DeliveryError{Failure::misconfigured, ended.said, std::nullopt});
  if (ended.runs_on)
    return fail(DeliveryError{Failure::misconfigured,
                              program +
                                  " took too long, and the service may not end what another "
                                  "user runs (CAP_KILL)" +
                                  behind,
                              std::nullopt});
  if (ended.timed_out)
    return fail(DeliveryError{Failure::retry, program + " took too long" + behind, std::nullopt});
  if (WIFSIGNALED(ended.status))
    return fail(DeliveryError{
        Failure::retry,
        program + " was ended by signal " + std::to_string(WTERMSIG(ended.status)) + behind,
        std::nullopt});
  const int status = WEXITSTATUS(ended.status);
  if (status == 0) return true;
  if (settings.user && first_line.starts_with("setpriv: "))
    return fail(DeliveryError{Failure::misconfigured,
                              program + " cannot be run as " + settings.user->name + behind,
                              std::nullopt});
  return fail(DeliveryError{status == try_again ? Failure::retry : Failure::refused,
                            program + " ended with status " + std::to_string(status) + behind,
                            std::nullopt});
}

}  // namespace

ExecSink::~ExecSink() {
  stopped_->store(true);
  thread_.join();
}

Task<DeliveryResult> ExecSink::deliver(Message message) {
  Run run;
  run.settings = settings_;
  run.message = std::move(message);
  run.stopped = stopped_;
  run.running_on = running_on_;
  const auto ended = co_await run_on(thread_.get_executor(), &run_program, std::move(run));
  co_return meaning_of(ended, settings_);
}

}  // namespace tinwatch::alerts
