#pragma once

#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

/// Standard output carries results only; messages go to standard error. Foreign text is escaped
/// here (core/screen_text.hpp), on a terminal in every format; what is piped is for programs and
/// stays as it is, but for the two that would be misread: JSON that is not UTF-8, and cells that a
/// spreadsheet would compute.
namespace tinwatch::cli {

enum class Exit { done = 0, no = 1, usage = 2, failed = 3 };

/// One line for a person, escaped, whoever wrote it.
void print(std::string_view line);
/// The same in columns, a TAB between.
void print_columns(const std::vector<std::string>& cells);
/// Words with escape sequences of our own between them: the words are escaped by the caller.
void print_coloured(std::string_view line);

/// One value, one line, always UTF-8.
void print_json(const boost::json::value& value);
/// JSON that is serialised already.
void print_json_text(std::string_view text);
/// A piece of HTML, of any number of lines.
void print_html(std::string_view html);
/// One row (RFC 4180); see csv.hpp.
void print_csv(const std::vector<std::string>& cells);
/// A page as it was fetched.
void print_page(std::string_view bytes);

/// `tinwatch: MESSAGE` on standard error.
void complain(std::string_view message);
/// A line on standard error that says itself where it is from.
void remark(std::string_view line);

/// `auto`, `always`, `never`.
[[nodiscard]] bool wants_colour(const std::string& choice);

/// The whole of a file, or of standard input for `-`. Throws std::runtime_error.
[[nodiscard]] std::string read_input(const std::string& file);
/// The same of at most `most` bytes, whatever the file is; larger ones throw.
[[nodiscard]] std::string read_input(const std::string& file, std::size_t most);

}  // namespace tinwatch::cli
