#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

/// How lists are printed: the same formats wherever there is one.
namespace tinwatch::cli {

/// A column of a list: what the API calls it, and what it shows of an item.
struct Column {
  std::string name;
  std::size_t width = 0;  ///< of a table; 0: as wide as its text
  std::function<std::string(const boost::json::object&)> cell;
};

/// A column that shows a member as it is.
[[nodiscard]] Column member(const char* name, std::size_t width = 0);

/// `json`: all of them as one array; `csv` (RFC 4180): with a head, unless they go on behind
/// others; else a line each.
void print_list(const std::string& format, const std::vector<Column>& columns,
                const boost::json::array& items, bool with_head = true);

/// A time of the API without fractions, still in UTC and marked so: pasted into --since it means
/// the same.
[[nodiscard]] std::string to_the_second(const std::string& time);

}  // namespace tinwatch::cli
