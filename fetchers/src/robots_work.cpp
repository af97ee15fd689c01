#include "robots_work.hpp"

#include "async/counted.hpp"

#include <string_view>

namespace tinwatch::fetchers {
namespace {

constexpr std::size_t small_text = 16 * 1024;   // bytes
constexpr std::size_t small_look_up = 100'000;  // steps

bool allows(const Robots& rules, std::string_view path) { return rules.allows(path); }

}  // namespace

Task<FetchResult> decoded_robots(RobotsWork& work, FetchResult answer) {
  if (!answer || answer->coding.empty()) co_return std::move(answer);
  const Counted counted(work.running);
  auto text = co_await run_on(work.cpu, &decoded_prefix, answer->coding, std::move(answer->body),
                              robots_limit);
  if (!text) co_return fail(std::move(text.error()));
  answer->body = std::move(*text);
  answer->coding.clear();
  co_return std::move(answer);
}

Task<Robots> read_robots(RobotsWork& work, int status, std::string text, std::string agent) {
  if (text.size() <= small_text) co_return Robots::from_answer(status, text, agent);
  const Counted counted(work.running);
  co_return co_await run_on(work.cpu, &Robots::from_answer, status, std::move(text),
                            std::move(agent));
}

Task<bool> robots_allow(RobotsWork& work, Robots rules, std::string path_and_query) {
  if (rules.most_steps(path_and_query) <= small_look_up) co_return rules.allows(path_and_query);
  const Counted counted(work.running);
  co_return co_await run_on(work.cpu, &allows, std::move(rules), std::move(path_and_query));
}

}  // namespace tinwatch::fetchers
