#include "app/cli.hpp"

int main(int argc, char** argv) { return tinwatch::app::main(argc, argv); }
