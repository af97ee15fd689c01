#include "lists/address_date.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>

namespace tinwatch::parsers {
namespace {

/// Reads a path from left to right.
class Reader {
 public:
  Reader(std::string_view path, std::size_t at) : path_(path), at_(at) {}

  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] char before() const { return at_ == 0 ? '/' : path_[at_ - 1]; }
  [[nodiscard]] char now() const { return at_ < path_.size() ? path_[at_] : '/'; }
  [[nodiscard]] std::string_view run() const {
    std::size_t end = at_;
    while (end < path_.size() && is_digit(path_[end])) ++end;
    return path_.substr(at_, end - at_);
  }
  [[nodiscard]] std::string_view letters() const {
    std::size_t end = at_;
    while (end < path_.size() && is_ascii_letter(path_[end])) ++end;
    return path_.substr(at_, end - at_);
  }
  void skip(std::size_t bytes) { at_ += bytes; }
  bool skip_one_of(std::string_view chars) {
    if (at_ >= path_.size() || chars.find(path_[at_]) == std::string_view::npos) return false;
    ++at_;
    return true;
  }

 private:
  std::string_view path_;
  std::size_t at_;
};

int number(std::string_view digits) {
  int out = 0;
  for (const char c : digits) out = out * 10 + (c - '0');
  return out;
}

bool is_year(std::string_view digits) {
  return digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
}
bool is_month(std::string_view digits) {
  return !digits.empty() && digits.size() <= 2 && number(digits) >= 1 && number(digits) <= 12;
}
bool is_day(std::string_view digits) {
  return !digits.empty() && digits.size() <= 2 && number(digits) >= 1 && number(digits) <= 31;
}
bool is_month_and_day(std::string_view digits) {
  return digits.size() == 4 && is_month(digits.substr(0, 2)) && is_day(digits.substr(2));
}

/// Addresses of every language write the English ones.
bool is_month_name(std::string_view letters) {
  constexpr std::array<std::string_view, 12> names = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
  return letters.size() == 3 &&
         std::find(names.begin(), names.end(), ascii_lower(letters)) != names.end();
}

constexpr std::string_view between = "-/_.";

/// Behind a year: `/11/28`, `-11-28`, `/nov/28`, `/1128`, `/11`.
bool skip_month_and_day(Reader& in) {
  static_cast<void>(in.skip_one_of(between));
  const auto digits = in.run();
  if (is_month_and_day(digits)) {
    in.skip(4);
    return true;
  }
  const auto letters = in.letters();
  if (is_month(digits))
    in.skip(digits.size());
  else if (is_month_name(letters))
    in.skip(letters.size());
  else
    return false;
  Reader day = in;
  static_cast<void>(day.skip_one_of(between));
  if (is_day(day.run())) {
    day.skip(day.run().size());
    in = day;
  }
  return true;
}

/// `26_novembre_28`, `26/11/28`, `26/1128` behind a slash.
bool skip_short_year(Reader& in) {
  if (in.before() != '/') return false;
  in.skip(2);
  if (in.skip_one_of("_")) {
    const auto month = in.letters();
    if (month.size() < 4 || month.size() > 10) return false;
    in.skip(month.size());
    if (!in.skip_one_of("_") || in.run().size() != 2) return false;
    in.skip(2);
    return true;
  }
  if (!in.skip_one_of("/")) return false;
  const auto digits = in.run();
  if (is_month_and_day(digits)) {
    in.skip(4);
    return in.now() == '/';
  }
  if (digits.size() != 2 || !is_month(digits)) return false;
  in.skip(2);
  if (!in.skip_one_of("/") || in.run().size() != 2 || !is_day(in.run())) return false;
  in.skip(2);
  return in.now() == '/';
}

/// Moves behind the date that begins here, if one does.
bool skip_date(Reader& in) {
  const auto digits = in.run();
  const bool apart = std::string_view("/_-").find(in.before()) != std::string_view::npos;
  const auto is_year_and_month = [&] {
    return is_year(digits.substr(0, 4)) && digits.size() >= 6 && is_month(digits.substr(4, 2));
  };
  // Behind eight digits, a clock or a count of the day: 20261128191050762.
  if ((digits.size() == 8 || digits.size() >= 12) && digits.starts_with("20") &&
      is_year_and_month() && is_day(digits.substr(6, 2))) {
    in.skip(8);
    return true;
  }
  if (digits.size() == 6 && apart && is_year_and_month()) {
    in.skip(6);
    return true;
  }
  if (is_year(digits) && apart) {
    in.skip(4);
    return skip_month_and_day(in);
  }
  return digits.size() == 2 && skip_short_year(in);
}

}  // namespace

std::optional<AddressDate> date_in_path(std::string_view path) {
  for (std::size_t i = 0; i < path.size();) {
    if (!is_digit(path[i])) {
      ++i;
      continue;
    }
    Reader in(path, i);
    if (skip_date(in)) {
      const auto rest = path.substr(std::min(in.at(), path.size()));
      return AddressDate{.end = in.at(),
                         .closes_path = rest.find_first_not_of('/') == std::string_view::npos};
    }
    i += Reader(path, i).run().size();
  }
  return std::nullopt;
}

}  // namespace tinwatch::parsers
