#include "completion.hpp"

#include "core/text.hpp"

#include <stdexcept>
#include <vector>

namespace tinwatch::cli {
namespace {

struct Known {
  std::vector<std::string> names;  ///< with their dashes, the long one last
  std::string what;
  bool has_value = false;
  bool is_file = false;
  std::vector<std::string> choices;
};

/// A command with all that may stand behind it.
struct Command {
  std::vector<std::string> path;                              ///< without the program's name
  std::vector<std::pair<std::string, std::string>> commands;  ///< and what each is for
  std::vector<Known> options;
  bool takes_file = false;

  /// `tinwatch alerts list`
  [[nodiscard]] std::string name() const {
    return path.empty() ? "tinwatch" : "tinwatch " + join(path, " ");
  }
};

/// CLI11 keeps what a value may be as text: `TEXT:{table,json,csv}`.
std::vector<std::string> choices_of(const CLI::Option& option) {
  const auto type = option.get_type_name();
  const auto begin = type.find('{');
  const auto end = type.find('}');
  if (begin == std::string::npos || end == std::string::npos) return {};
  std::vector<std::string> out;
  for (const auto word : split(std::string_view(type).substr(begin + 1, end - begin - 1), ','))
    out.emplace_back(word);
  return out;
}

Known known_of(const CLI::Option& option) {
  Known out{.names = {}, .what = option.get_description(), .choices = choices_of(option)};
  for (const auto& name : option.get_snames()) out.names.push_back("-" + name);
  for (const auto& name : option.get_lnames()) out.names.push_back("--" + name);
  out.has_value = option.get_items_expected_max() != 0;
  for (const auto& name : out.names)
    out.is_file = out.is_file || name == "--config" || name == "--output" || name == "--directory";
  return out;
}

Command command_of(const CLI::App& app, std::vector<std::string> path) {
  Command out{.path = std::move(path), .commands = {}, .options = {}};
  for (const auto* option : app.get_options()) {
    if (option->nonpositional())
      out.options.push_back(known_of(*option));
    else if (option->get_name() == "FILE")
      out.takes_file = true;
  }
  for (const auto* sub : app.get_subcommands({}))
    out.commands.emplace_back(sub->get_name(), sub->get_description());
  return out;
}

/// The program, its commands, theirs.
std::vector<Command> commands_of(const CLI::App& program) {
  std::vector<Command> out;
  std::vector<std::pair<const CLI::App*, std::vector<std::string>>> open{{&program, {}}};
  for (std::size_t i = 0; i < open.size(); ++i) {
    const auto [app, path] = open[i];
    for (const auto* sub : app->get_subcommands({})) {
      auto longer = path;
      longer.push_back(sub->get_name());
      open.emplace_back(sub, std::move(longer));
    }
    out.push_back(command_of(*app, path));
  }
  return out;
}

/// For all three shells: nothing in it is special.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else
      out += c;
  }
  return out + '\'';
}

/// A `case` of bash and zsh that moves `path` on to each command that was typed.
std::string walk(const std::vector<Command>& all) {
  std::string out;
  for (const auto& command : all)
    if (!command.path.empty()) (out += out.empty() ? "" : "|") += quoted(command.name());
  return out;
}

std::string options_with_values(const std::vector<Command>& all, const std::string& files,
                                const std::string& words) {
  std::string out;
  for (const auto& command : all)
    for (const auto& option : command.options) {
      if (!option.has_value) continue;
      std::string cases;
      for (const auto& name : option.names)
        (cases += cases.empty() ? "" : "|") += quoted(command.name() + ' ' + name);
      std::string action;
      if (option.is_file) action = files + ' ';
      if (!option.choices.empty()) {
        action = words;
        action.replace(action.find("WORDS"), 5, join(option.choices, " "));
        action += ' ';
      }
      out += "    " + cases + ") " + action + "return ;;\n";
    }
  return out;
}

std::string bash(const std::vector<Command>& all) {
  std::string out =
      "# bash completion for tinwatch, made by: tinwatch completion bash\n"
      "_tinwatch() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} "
      "path=tinwatch words='' i\n"
      "  COMPREPLY=()\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case \"$path ${COMP_WORDS[i]}\" in\n"
      "    " +
      walk(all) +
      ") path=\"$path ${COMP_WORDS[i]}\" ;;\n"
      "    esac\n"
      "  done\n"
      "  case \"$path $prev\" in\n";
  out += options_with_values(all, "compopt -o default;",
                             "COMPREPLY=($(compgen -W 'WORDS' -- \"$cur\"));");
  out +=
      "  esac\n"
      "  case \"$path\" in\n";
  for (const auto& command : all) {
    std::string words;
    for (const auto& [name, what] : command.commands) words += name + ' ';
    for (const auto& option : command.options) words += join(option.names, " ") + ' ';
    if (!words.empty()) words.pop_back();
    out += "    " + quoted(command.name()) + ") words=" + cli::quoted(words);  // not std::quoted
    out += command.takes_file ? "; compopt -o default ;;\n" : " ;;\n";
  }
  return out +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
         "}\n"
         "complete -F _tinwatch tinwatch\n";
}

/// An entry of `_describe`.
std::string described(const std::string& name, const std::string& what) {
  std::string out;
  for (const char c : name) out += c == ':' ? std::string("\\:") : std::string(1, c);
  return quoted(out + ':' + what);
}

std::string zsh(const std::vector<Command>& all) {
  std::string out =
      "#compdef tinwatch\n"
      "# made by: tinwatch completion zsh\n"
      "_tinwatch() {\n"
      "  local at=tinwatch i\n"
      "  local -a list\n"
      "  for ((i = 2; i < CURRENT; i++)); do\n"
      "    case \"$at ${words[i]}\" in\n"
      "    " +
      walk(all) +
      ") at=\"$at ${words[i]}\" ;;\n"
      "    esac\n"
      "  done\n"
      "  case \"$at ${words[CURRENT-1]}\" in\n";
  out += options_with_values(all, "_files;", "compadd WORDS;");
  out +=
      "  esac\n"
      "  case \"$at\" in\n";
  for (const auto& command : all) {
    std::string entries;
    for (const auto& [name, what] : command.commands) entries += described(name, what) + ' ';
    for (const auto& option : command.options)
      for (const auto& name : option.names) entries += described(name, option.what) + ' ';
    if (!entries.empty()) entries.pop_back();
    out += "    " + quoted(command.name()) + ") list=(" + entries + ')';
    out += command.takes_file ? "; _files ;;\n" : " ;;\n";
  }
  return out +
         "  esac\n"
         "  _describe tinwatch list\n"
         "}\n"
         "_tinwatch \"$@\"\n";
}

/// When a command's words may be typed: all of its path are, none of its own commands, and no
/// command that has one of that name within.
std::string condition(const Command& command, const std::vector<Command>& all) {
  std::string out;
  for (const auto& word : command.path)
    out += (out.empty() ? "" : "; and ") + std::string("__fish_seen_subcommand_from ") + word;
  std::string next;
  for (const auto& [name, what] : command.commands) next += ' ' + name;
  if (command.path.size() == 1)
    for (const auto& other : all)
      if (other.path.size() == 1 && !other.commands.empty() && other.path != command.path)
        next += ' ' + other.path.front();
  if (next.empty()) return out;
  return out + (out.empty() ? "" : "; and ") + "not __fish_seen_subcommand_from" + next;
}

std::string fish(const std::vector<Command>& all) {
  std::string out =
      "# fish completion for tinwatch, made by: tinwatch completion fish\n"
      "complete -c tinwatch -f\n";
  for (const auto& command : all) {
    const auto line = "complete -c tinwatch -n " + quoted(condition(command, all));
    for (const auto& [name, what] : command.commands)
      out += line + " -a " + name + " -d " + quoted(what) + '\n';
    for (const auto& option : command.options) {
      out += line;
      for (const auto& name : option.names)
        out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (option.is_file)
        out += " -r -F";
      else if (option.has_value)
        out += " -x";
      if (!option.choices.empty()) out += " -a " + quoted(join(option.choices, " "));
      out += " -d " + quoted(option.what) + '\n';
    }
    if (command.takes_file) out += line + " -F\n";
  }
  return out;
}

}  // namespace

std::string completion(const CLI::App& app, const std::string& shell) {
  const auto all = commands_of(app);
  if (shell == "bash") return bash(all);
  if (shell == "zsh") return zsh(all);
  if (shell == "fish") return fish(all);
  throw std::invalid_argument("there is no completion for '" + shell + "'; bash, zsh, fish");
}

}  // namespace tinwatch::cli
