#pragma once

#include "console.hpp"

#include <boost/json.hpp>

#include <exception>
#include <iostream>
#include <string>

namespace tinwatch::cli {

/// Answers each line of standard input with a line; a bad line is answered with its error.
template <class Work>
Exit each_line(Work work) {
  std::string line;
  while (std::getline(std::cin, line)) {
    boost::json::object out;
    try {
      const auto value = boost::json::parse(line);
      const auto& in = value.as_object();
      if (const auto* id = in.if_contains("id")) out["id"] = *id;
      work(in, out);
    } catch (const std::exception& e) {
      out["error"] = e.what();
    }
    print_json(out);
  }
  return Exit::done;
}

/// A member that is a string; empty: there is none.
[[nodiscard]] inline std::string string_at(const boost::json::object& in, const char* name) {
  const auto* value = in.if_contains(name);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

}  // namespace tinwatch::cli
