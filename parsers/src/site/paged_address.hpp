#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::parsers {

/// The address of a page of a list, or of an article, taken apart: `/tin?page=3`, `/tin/page/3/`,
/// `/tin/trang-3.html` and `/tin/3` are all the third page of `/tin`.
struct PagedAddress {
  std::string list;                     ///< origin and path without the number
  std::vector<std::string> parameters;  ///< the others, sorted
  std::size_t number = 0;               ///< 0: none, or one that counts no pages (`?start=40`)
  bool paged = false;                   ///< a number was there...
  bool by_query = false;                ///< ...in the query
};
[[nodiscard]] PagedAddress paged_address(std::string_view url);
/// The number of a page, where the text is nothing else. Of more digits it is an article's.
[[nodiscard]] std::optional<std::size_t> page_number(std::string_view text,
                                                     std::size_t most_digits = 4);
/// The same with the number left where it is: `/2024` need not be a page of `/`.
[[nodiscard]] PagedAddress unpaged_address(std::string_view url);

}  // namespace tinwatch::parsers
