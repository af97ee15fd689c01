#include "commands.hpp"
#include "core/text.hpp"
#include "source_import.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <unistd.h>

/// OPML in and out: the sources of the configuration as other readers of feeds know them.
namespace tinwatch::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_opml = 16U << 20U;  // bytes; 10,000 feeds are some three million

/// The configuration, as far as it can be read: its secrets may be none of this user's business.
config::Config readable(const std::string& file) {
  auto config = config::load_despite_faults(file);
  if (!config.file.empty()) return config;
  const auto again = config::load(file);
  throw std::invalid_argument(again ? file + ": cannot be read" : again.error().front());
}

/// A file that is not there yet, there whole or not at all: the daemon may read it at any time.
void write_new(const std::string& file, const std::string& text) {
  const auto part = file + ".part";
  const auto give_up = [&](int error) {
    ::unlink(part.c_str());
    if (error == EEXIST)
      throw std::invalid_argument(file + " is there already; name another file with -o");
    throw std::runtime_error(file + ": " + std::generic_category().message(error));
  };
  errno = 0;
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) give_up(errno != 0 ? errno : EIO);
  if (::link(part.c_str(), file.c_str()) != 0) give_up(errno);
  ::unlink(part.c_str());
}

/// `sources.d/NAME.yaml` beside the configuration, NAME that of the OPML file; with a number behind
/// it where there is such a file.
std::string usual_file(const config::Config& config, const std::string& opml) {
  const auto folder = fs::path(config.file).parent_path() / "sources.d";
  auto name = name_from(fs::path(opml).stem().string());
  if (name.empty()) name = "imported";
  auto out = folder / (name + ".yaml");
  for (int number = 2; fs::exists(out); ++number)
    out = folder / (name + '-' + std::to_string(number) + ".yaml");
  return out.string();
}

std::string counted(std::size_t number, std::string_view one) {
  return std::to_string(number) + ' ' + std::string(one) + (number == 1 ? "" : "s");
}

/// How many feeds are no new sources, and why.
std::string left_out(const SourceImport& import) {
  std::string out;
  const auto say = [&](std::size_t number, std::string_view why) {
    if (number > 0) out += ", " + std::to_string(number) + ' ' + std::string(why);
  };
  say(import.known, "in the configuration already");
  say(import.repeated, "named twice");
  say(import.refused.size(), "refused");
  return out;
}

/// Writes the file and reads the configuration with it; one that makes it wrong does not stay.
Exit write_included(const std::string& config_file, const std::string& file,
                    const std::string& text) {
  const auto complain_of = [](const config::Faults& faults, const std::string& behind) {
    for (const auto& fault : faults) complain(fault);
    complain(behind);
    return Exit::usage;
  };
  if (const auto before = config::load(config_file); !before)
    return complain_of(before.error(), "nothing was imported: the configuration has faults");
  fs::create_directories(fs::path(file).parent_path());
  write_new(file, text);
  const auto with_it = config::load(config_file);
  if (with_it) return Exit::done;
  ::unlink(file.c_str());
  return complain_of(with_it.error(), "nothing was imported: with " + file +
                                          " the configuration would have these faults");
}

/// The feeds of a file; what is wrong with it is said here.
parsers::Opml opml_of(const std::string& file) {
  auto opml = parsers::read_opml(read_input(file, largest_opml));
  if (!opml) throw std::invalid_argument(file + ": " + opml.error());
  if (opml->is_cut) remark(file + ": breaks off before its end: feeds may be missing");
  return std::move(*opml);
}

}  // namespace

Exit import_sources(const std::string& config_file, const ImportOptions& options) {
  const auto config = readable(config_file);
  const auto opml = opml_of(options.file);
  const auto import = import_from(opml, config);
  for (const auto& refused : import.refused) remark(options.file + ':' + refused);
  const auto exit = import.refused.empty() && !opml.is_cut ? Exit::done : Exit::no;
  if (import.sources.empty()) {
    remark("nothing to add: " + counted(opml.feeds.size(), "feed") + left_out(import));
    return exit;
  }
  for (const auto& source : import.sources)
    if (const auto missing = config::missing_contact(config, source.url); !missing.empty())
      throw std::invalid_argument(missing);
  const auto usual = usual_file(config, options.file);
  const bool is_usual = options.output.empty() && config::is_included(config, usual);
  const auto output = is_usual ? usual : options.output;
  const auto number = counted(import.sources.size(), "source");
  const auto text = sources_file(import.sources, number + " from " + options.file);
  if (output.empty() || output == "-") {
    print_page(text);
    if (output.empty())
      remark(number + left_out(import) + ". Put them under 'sources:' of " + config.file +
             ", or write  include: [\"sources.d/*.yaml\"]  there and import again");
    return exit;
  }
  if (!config::is_included(config, output)) {
    write_new(output, text);
    print(number + " in " + output + left_out(import) + "; no include: of " + config.file +
          " names this file");
    return exit;
  }
  if (const auto written = write_included(config_file, output, text); written != Exit::done)
    return written;
  print(number + " in " + output + left_out(import) +
        "; `tinwatch reload` makes the daemon read them");
  return exit;
}

Exit export_sources(const std::string& config_file) {
  print_page(parsers::write_opml(export_of(readable(config_file))));
  return Exit::done;
}

}  // namespace tinwatch::cli
