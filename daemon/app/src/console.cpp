#include "console.hpp"

#include "core/text.hpp"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <unistd.h>

namespace tinwatch::app {

void print(std::string_view text) { std::cout << text << '\n' << std::flush; }
void print_raw(std::string_view bytes) {
  std::cout.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush();
}
void complain(std::string_view message) {
  std::cerr << "tinwatch: " << escape_controls(trim(message)) << '\n';
}

bool wants_colour(const std::string& choice) {
  if (choice == "always") return true;
  // https://no-color.org: the variable's presence is enough.
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it
  if (choice == "never" || std::getenv("NO_COLOR")) return false;
  return ::isatty(STDOUT_FILENO) == 1;
}

std::string read_input(const std::string& file) {
  if (file == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(file + ": cannot read this file");
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

}  // namespace tinwatch::app
