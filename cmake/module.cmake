# What most files include, read once a build. Each file includes what it needs all the same: clang-tidy reads it without.
set(tinwatch_standard_headers
  <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <set> <string> <unordered_map> <vector>)
set(tinwatch_asio_headers <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp> <boost/asio/use_awaitable.hpp>)

# tinwatch_precompiled(<target> <header>...): for REUSE_FROM. A header with fewer definitions than its reader is taken,
# one with more is not: so these stand in targets of their own, which link next to nothing.
function(tinwatch_precompiled target)
  add_library(${target} OBJECT ${CMAKE_SOURCE_DIR}/cmake/precompiled.cpp)
  target_link_libraries(${target} PRIVATE tinwatch::warnings)
  target_precompile_headers(${target} PRIVATE ${ARGN})
endfunction()

# tinwatch_module(<name> [ASYNC] [SOURCES ...] [LINK ...] [PRIVATE_LINK ...])
#
# One library per directory: target tinwatch_<name>, alias tinwatch::<name>.
# include/ is the module's API and travels with LINK; src/ stays private.
# A module can include exactly what it links, so this call *is* the layer diagram.
# ASYNC modules use coroutines and share Asio's precompiled header; the others share that of the standard library.
function(tinwatch_module name)
  cmake_parse_arguments(ARG "ASYNC" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  set(target tinwatch_${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  target_include_directories(${target} PUBLIC include PRIVATE src)
  target_link_libraries(${target} PUBLIC ${ARG_LINK} PRIVATE tinwatch::warnings ${ARG_PRIVATE_LINK})
  if(ARG_ASYNC)
    target_precompile_headers(${target} REUSE_FROM tinwatch_asio)
  else()
    target_precompile_headers(${target} REUSE_FROM tinwatch_standard_header)
  endif()
  set_property(TARGET ${target} PROPERTY tinwatch_async ${ARG_ASYNC})
  add_library(tinwatch::${name} ALIAS ${target})

  # Only tests may look behind the API (tinwatch::<name>_internals).
  add_library(${target}_internals INTERFACE)
  target_include_directories(${target}_internals INTERFACE ${CMAKE_CURRENT_SOURCE_DIR}/src)
  target_link_libraries(${target}_internals INTERFACE ${target} ${ARG_PRIVATE_LINK})
  add_library(tinwatch::${name}_internals ALIAS ${target}_internals)
endfunction()

# tinwatch_test(<module> <unit>...) builds tests/<module>/<unit>_test.cpp into tinwatch_<module>_tests.
function(tinwatch_test module)
  list(TRANSFORM ARGN REPLACE "(.+)" "${module}/\\1_test.cpp" OUTPUT_VARIABLE sources)
  add_executable(tinwatch_${module}_tests ${sources})
  target_link_libraries(tinwatch_${module}_tests PRIVATE
    tinwatch::${module}_internals tinwatch::test_support tinwatch::warnings GTest::gtest_main)
  get_target_property(uses_asio tinwatch_${module} tinwatch_async)
  if(uses_asio)
    target_precompile_headers(tinwatch_${module}_tests REUSE_FROM tinwatch_asio_tests_header)
  else()
    target_precompile_headers(tinwatch_${module}_tests REUSE_FROM tinwatch_tests_header)
  endif()
  set(labels unit)
  if(module MATCHES "^(async|fetchers|storage)$")
    set(labels unit-threads)  # also run under the thread sanitizer
  endif()
  gtest_discover_tests(tinwatch_${module}_tests TEST_PREFIX "${module}."
    DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 60 LABELS "${labels}")
endfunction()
