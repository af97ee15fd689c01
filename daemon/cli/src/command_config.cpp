#include "answers.hpp"
#include "commands.hpp"
#include "store_access.hpp"

#include <boost/json.hpp>

/// What the configuration amounts to.
namespace tinwatch::cli {

Exit show_config(const std::string& path, bool is_running) {
  if (is_running)
    return refusable([&] {
      const StoreAccess store(path);
      const auto body = body_of(store.ask_daemon(request_for({"api", "v1", "status", "config"})));
      print_page(text_at(body.as_object(), "yaml"));
      return Exit::done;
    });
  const auto config = config::load(path);
  if (config) {
    print_page(config->shown->yaml());
    return Exit::done;
  }
  for (const auto& fault : config.error()) complain(fault);
  // What only the daemon can read (a credential, its environment) is no part of what is shown.
  if (const auto shown = config::load_despite_faults(path).shown) print_page(shown->yaml());
  return Exit::usage;
}

}  // namespace tinwatch::cli
