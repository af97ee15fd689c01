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
  if (!config) {
    for (const auto& fault : config.error()) complain(fault);
    return Exit::usage;
  }
  print_page(config->shown->yaml());
  return Exit::done;
}

}  // namespace tinwatch::cli
