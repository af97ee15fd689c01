#pragma once

#include <string_view>

namespace tinwatch::fetchers {

/// Whether browsers refuse to speak HTTP to this port, because something else listens there that
/// could take a request for its own commands: mail, shells, printers (Fetch standard, "bad port").
/// `port` as in a URL; empty is the scheme's default and good.
[[nodiscard]] bool is_bad_port(std::string_view port);

}  // namespace tinwatch::fetchers
