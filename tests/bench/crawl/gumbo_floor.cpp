// The floor of a parse: Gumbo alone over pages as the pruner leaves them, first as it comes, then
// on an arena as the daemon runs it. Prints microseconds of CPU a page for each.
#include "html/prune.hpp"
#include "html/tree.hpp"

#include <gumbo.h>

#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

namespace {

double cpu_us() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

void* take(void* arena, std::size_t bytes) {
  return static_cast<tinwatch::parsers::Arena*>(arena)->take(bytes);
}
void forget(void*, void*) {}

void parse(const std::string& page) {
  auto* const output = gumbo_parse_with_options(&kGumboDefaultOptions, page.data(), page.size());
  gumbo_destroy_output(&kGumboDefaultOptions, output);
}

void parse_on_arena(const std::string& page) {
  tinwatch::parsers::Arena arena;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &take;
  options.deallocator = &forget;
  options.userdata = &arena;
  gumbo_parse_with_options(&options, page.data(), page.size());
}

/// The best of some rounds: what disturbs a round only adds to it.
double best_us(const std::vector<std::string>& pages, void (*work)(const std::string&)) {
  constexpr int rounds = 7;
  double best = 0;
  for (int round = 0; round < rounds; ++round) {
    const auto begun = cpu_us();
    for (const auto& page : pages) work(page);
    const auto spent = (cpu_us() - begun) / static_cast<double>(pages.size());
    if (round == 0 || spent < best) best = spent;
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> pages;
  for (int i = 1; i < argc; ++i) {
    std::ifstream file(argv[i], std::ios::binary);
    const std::string html{std::istreambuf_iterator<char>(file), {}};
    pages.push_back(tinwatch::parsers::prune(html, tinwatch::parsers::TextPlace::in_html).html);
  }
  if (pages.empty()) {
    std::cerr << "usage: tinwatch_gumbo_floor PAGE...\n";
    return 2;
  }
  std::cout << best_us(pages, &parse) << ' ' << best_us(pages, &parse_on_arena) << '\n';
}
