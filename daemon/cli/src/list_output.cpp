#include "list_output.hpp"

#include "answers.hpp"
#include "console.hpp"

#include <utility>

namespace tinwatch::cli {

Column member(const char* name, std::size_t width) {
  return {.name = name, .width = width, .cell = [name](const boost::json::object& item) {
            return text_at(item, name);
          }};
}

void print_list(const std::string& format, const std::vector<Column>& columns,
                const boost::json::array& items, bool with_head) {
  if (format == "json") return print_json(items);
  const bool csv = format == "csv";
  if (csv && with_head) {
    std::vector<std::string> head;
    head.reserve(columns.size());
    for (const auto& column : columns) head.push_back(column.name);
    print_csv(head);
  }
  for (const auto& item : items) {
    std::vector<std::string> cells;
    cells.reserve(columns.size());
    for (const auto& column : columns) cells.push_back(column.cell(item.as_object()));
    if (csv) {
      print_csv(cells);
      continue;
    }
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) line += "  ";
      line += i + 1 < cells.size() ? padded(cells[i], columns[i].width) : cells[i];
    }
    while (line.ends_with(' ')) line.pop_back();
    print(line);
  }
}

std::string to_the_second(const std::string& time) {
  return time.size() > 19 ? time.substr(0, 19) + 'Z' : time;
}

}  // namespace tinwatch::cli
