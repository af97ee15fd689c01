# The version and revision shown by --version and tinwatch_build_info.
execute_process(COMMAND git -C ${CMAKE_SOURCE_DIR} rev-parse --short=12 HEAD
  OUTPUT_VARIABLE TINWATCH_REVISION OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT TINWATCH_REVISION)
  set(TINWATCH_REVISION unknown)
endif()
