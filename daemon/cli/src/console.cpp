#include "console.hpp"

#include "core/screen_text.hpp"
#include "core/text.hpp"
#include "csv.hpp"

#include <boost/json/serialize.hpp>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <limits>
#include <stdexcept>
#include <unistd.h>

namespace tinwatch::cli {
namespace {

bool to_a_terminal() {
  static const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  return terminal;
}

void write_line(std::string_view line) { std::cout << line << '\n' << std::flush; }

}  // namespace

void print(std::string_view line) { write_line(escape_controls(line)); }

void print_columns(const std::vector<std::string>& cells) {
  std::string line;
  for (const auto& cell : cells) {
    if (!line.empty()) line += '\t';
    line += escape_controls(cell);
  }
  write_line(line);
}

void print_coloured(std::string_view line) { write_line(line); }

void print_json(const boost::json::value& value) { print_json_text(boost::json::serialize(value)); }

void print_json_text(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  write_line(to_a_terminal() ? escape_controls_in_json(text) : repair_utf8(text));
}

void print_html(std::string_view html) {
  write_line(to_a_terminal() ? escape_controls_in_html(html) : std::string(html));
}

void print_csv(const std::vector<std::string>& cells) {
  std::string row;
  for (const auto& cell : cells) {
    if (&cell != &cells.front()) row += ',';
    row += csv_cell(to_a_terminal() ? escape_controls(cell) : cell);
  }
  write_line(row);
}

void print_page(std::string_view bytes) {
  if (to_a_terminal())
    std::cout << escape_controls_in_lines(bytes) << std::flush;
  else
    std::cout.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush();
}

void complain(std::string_view message) {
  std::cerr << "tinwatch: " << escape_controls(trim(message)) << '\n';
}

void remark(std::string_view line) { std::cerr << escape_controls(line) << '\n'; }

bool wants_colour(const std::string& choice) {
  if (choice == "always") return true;
  // https://no-color.org: the variable's presence is enough.
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it
  if (choice == "never" || std::getenv("NO_COLOR")) return false;
  return to_a_terminal();
}

std::string read_input(const std::string& file) {
  return read_input(file, std::numeric_limits<std::size_t>::max());
}

std::string read_input(const std::string& file, std::size_t most) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored))
    throw std::runtime_error(file + ": is a directory");
  std::ifstream opened;
  if (file != "-") {
    opened.open(file, std::ios::binary);
    if (!opened) throw std::runtime_error(file + ": cannot read this file");
  }
  auto& in = file == "-" ? std::cin : static_cast<std::istream&>(opened);
  std::string out;
  for (std::array<char, 65536> room{}; in;) {
    in.read(room.data(), room.size());
    out.append(room.data(), static_cast<std::size_t>(in.gcount()));
    if (out.size() > most)
      throw std::runtime_error(file + ": is larger than " + std::to_string(most >> 20U) + " MiB");
  }
  return out;
}

}  // namespace tinwatch::cli
