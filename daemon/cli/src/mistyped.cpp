#include "mistyped.hpp"

#include "core/text.hpp"
#include "nearest.hpp"

#include <algorithm>

namespace tinwatch::cli {
namespace {

std::vector<std::string> commands_of(const CLI::App& app) {
  std::vector<std::string> out;
  for (const auto* sub : app.get_subcommands({})) out.push_back(sub->get_name());
  return out;
}

std::vector<std::string> options_of(const CLI::App& app) {
  std::vector<std::string> out;
  for (const auto* option : app.get_options())
    for (const auto& one : option->get_lnames()) out.push_back("--" + one);
  return out;
}

std::string meant(const std::string& word, const std::vector<std::string>& known) {
  const auto near = nearest(word, known);
  return near ? "; did you mean '" + *near + "'?" : "; --help names them";
}

}  // namespace

std::string unknown_word(const CLI::App& app, const std::vector<std::string>& arguments) {
  const CLI::App* at = &app;
  std::string name = "tinwatch";
  for (const auto& argument : arguments) {
    if (argument == "--") break;
    const auto word = argument.substr(0, argument.find('='));
    if (word.size() > 1 && word.front() == '-') {
      if (at->get_option_no_throw(word)) continue;
      return "'" + name + "' has no option '" + word + "'" + meant(word, options_of(*at));
    }
    const auto commands = commands_of(*at);
    if (commands.empty()) continue;
    if (std::find(commands.begin(), commands.end(), word) == commands.end())
      return "'" + name + "' has no command '" + word + "'" + meant(word, commands);
    at = at->get_subcommand(word);
    name += ' ' + word;
  }
  return commands_of(*at).empty()
             ? std::string()
             : "'" + name + "' needs a command: " + join(commands_of(*at), ", ") +
                   "; --help says what each does";
}

}  // namespace tinwatch::cli
