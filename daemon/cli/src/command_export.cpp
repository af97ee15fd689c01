#include "answers.hpp"
#include "commands.hpp"
#include "core/text.hpp"
#include "csv.hpp"
#include "list_output.hpp"
#include "store_access.hpp"

#include <boost/json.hpp>

#include <cstdio>
#include <fstream>
#include <memory>
#include <stdexcept>

/// Everything that is stored of a kind, row by row: one page of the API's answers is in memory.
namespace tinwatch::cli {
namespace {

namespace json = boost::json;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Standard output, or a file that is there whole or not at all.
class Output {
 public:
  explicit Output(std::string file) : file_(std::move(file)), part_(file_ + ".part") {
    if (file_.empty()) return;
    out_ = std::make_unique<std::ofstream>(part_, std::ios::binary | std::ios::trunc);
    if (!*out_) throw std::runtime_error(part_ + ": cannot write this file");
  }
  ~Output() {
    if (out_ && !is_done_) std::remove(part_.c_str());
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void mark() {
    if (out_) *out_ << byte_order_mark;
  }
  void object(const json::object& object) {
    if (out_)
      write(repair_utf8(json::serialize(object)));
    else
      print_json(object);
  }
  void row(const std::vector<std::string>& cells) {
    if (!out_) return print_csv(cells);
    std::string line;
    for (const auto& cell : cells) {
      if (&cell != &cells.front()) line += ',';
      line += csv_cell(cell);
    }
    write(repair_utf8(line));
  }
  /// The file has its name from now on.
  void finish() {
    if (!out_) return;
    out_->close();
    if (!*out_ || std::rename(part_.c_str(), file_.c_str()) != 0)
      throw std::runtime_error(file_ + ": cannot write this file");
    is_done_ = true;
  }

 private:
  void write(std::string_view line) {
    *out_ << line << '\n';
    if (!*out_) throw std::runtime_error(part_ + ": cannot write this file; is the disk full?");
  }

  std::string file_;
  std::string part_;
  std::unique_ptr<std::ofstream> out_;  // null: standard output
  bool is_done_ = false;
};

/// What of a kind is exported, and how.
struct Kind {
  std::string resource;         ///< of the API: its lists begin with the oldest
  std::vector<Column> columns;  ///< of CSV
  /// An item of the API as it is exported; nothing: it is not meant.
  std::function<std::optional<json::object>(const json::object&)> take;
};

Column record_member(const char* name) {
  return {.name = name, .cell = [name](const json::object& item) {
            return text_at(item.at("article").as_object(), name);
          }};
}

Column change_member(const char* name) {
  return {.name = name, .cell = [name](const json::object& item) {
            const auto* change = item.if_contains("change");
            return change ? text_at(change->as_object(), name) : std::string();
          }};
}

/// The elements of a list of the record, with "; " between; of objects their names.
Column record_list(const char* name) {
  return {.name = name, .cell = [name](const json::object& item) {
            std::string out;
            if (const auto* all = item.at("article").as_object().if_contains(name))
              for (const auto& one : all->as_array()) {
                if (!out.empty()) out += "; ";
                out += one.is_object() ? text_at(one.as_object(), "name")
                                       : std::string(one.as_string());
              }
            return out;
          }};
}

/// A revision as the API's other resources have it: its change and its record as objects.
json::object revision_of(const json::object& item) {
  json::object out{{"id", item.at("id")},
                   {"source", item.at("source")},
                   {"url", item.at("url")},
                   {"revision", item.at("revision")},
                   {"observedAt", item.at("observedAt")},
                   {"discovery", item.at("discovery")}};
  auto change = json::parse(item.at("change").as_string());
  if (!change.as_object().empty()) out["change"] = std::move(change);
  out["article"] = json::parse(item.at("record").as_string());
  return out;
}

std::vector<Column> revision_columns() {
  return {member("id"),
          member("source"),
          member("url"),
          member("revision"),
          member("observedAt"),
          member("discovery"),
          change_member("class"),
          change_member("significance"),
          change_member("wordsAdded"),
          change_member("wordsRemoved"),
          record_member("headline"),
          record_member("description"),
          record_member("datePublished"),
          record_list("author"),
          record_list("articleSection"),
          record_member("inLanguage"),
          record_member("wordCount"),
          record_member("articleBody")};
}

std::vector<Column> event_columns() {
  const auto of_data = [](const char* group, const char* name) {
    return Column{.name = name, .cell = [group, name](const json::object& event) {
                    const auto* part = event.at("data").as_object().if_contains(group);
                    return part && part->is_object() ? text_at(part->as_object(), name)
                                                     : std::string();
                  }};
  };
  return {member("seq"),
          member("id"),
          member("time"),
          member("type"),
          member("source"),
          member("subject"),
          member("discovery"),
          of_data("article", "headline"),
          of_data("article", "url"),
          of_data("change", "class"),
          of_data("watch", "name")};
}

bool is_of(const json::object& item, const std::string& source) {
  return source.empty() || text_at(item, "source") == source;
}

Kind kind_of(const ExportOptions& options) {
  const auto& source = options.source;
  if (options.what == "revisions")
    return {.resource = "history",
            .columns = revision_columns(),
            .take = [source](const json::object& item) -> std::optional<json::object> {
              if (!is_of(item, source)) return std::nullopt;
              return revision_of(item);
            }};
  const std::string type = options.what == "hits" ? "tinwatch.watch.hit" : "";
  return {.resource = "events",
          .columns = event_columns(),
          .take = [source, type](const json::object& item) -> std::optional<json::object> {
            if (!is_of(item, source)) return std::nullopt;
            if (!type.empty() && text_at(item, "type") != type) return std::nullopt;
            return item;
          }};
}

void write(const Kind& kind, const ExportOptions& options, const json::object& item, Output& out) {
  const auto row = kind.take(item);
  if (!row) return;
  if (options.format == "jsonl") return out.object(*row);
  std::vector<std::string> cells;
  cells.reserve(kind.columns.size());
  for (const auto& column : kind.columns) cells.push_back(column.cell(*row));
  out.row(cells);
}

}  // namespace

Exit export_rows(const std::string& config, const ExportOptions& options) {
  return refusable([&] {
    const StoreAccess store(config);
    const auto kind = kind_of(options);
    auto request = request_for({"api", "v1", kind.resource});
    put(request, "since", options.since);
    request.query["limit"] = "1000";
    auto body = body_of(store.get(request));  // what is asked wrongly leaves no file
    Output out(options.file);
    if (options.format == "csv") {
      if (options.mark) out.mark();
      std::vector<std::string> head;
      head.reserve(kind.columns.size());
      for (const auto& column : kind.columns) head.push_back(column.name);
      out.row(head);
    }
    for (;;) {
      const auto& items = body.at("items").as_array();
      for (const auto& item : items) write(kind, options, item.as_object(), out);
      // The stream's cursor stands at its end; history has none there.
      const auto& next = body.at("next");
      if (items.empty() || next.is_null()) break;
      request.query["after"] = std::string(next.as_string());
      body = body_of(store.get(request));
    }
    out.finish();
    return Exit::done;
  });
}

}  // namespace tinwatch::cli
