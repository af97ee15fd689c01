#pragma once

namespace tinwatch::cli {

/// The command line, from arguments to exit status: 0 done, 1 the answer is no, 2 usage or
/// configuration is wrong, 3 the work failed.
[[nodiscard]] int main(int argc, char** argv);

}  // namespace tinwatch::cli
