#include "cli/cli.hpp"

int main(int argc, char** argv) { return tinwatch::cli::main(argc, argv); }
