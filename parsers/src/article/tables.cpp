#include "article/tables.hpp"

#include "article/body_signs.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

constexpr std::uint32_t largest_picture_table = 600;  // characters
constexpr std::size_t most_data_prose = 4;            // cells of prose in a row of data

}  // namespace

template <class Do>
void Tables::for_kept_in(Dom::Index at, Do action) const {
  auto kept = std::lower_bound(
      kept_.begin(), kept_.end(), at,
      [](const BodyBlock& one, Dom::Index wanted) { return one.block.first < wanted; });
  for (; kept != kept_.end() && kept->block.first < dom_[at].end; ++kept) action(*kept);
}

bool Tables::is_layout_row(Dom::Index row) {
  const auto [entry, first] = layout_rows_.emplace(row, false);
  if (!first) return entry->second;
  if (has_one_cell(dom_, row)) return entry->second = true;
  std::size_t prose = 0;
  for_kept_in(row, [&](const BodyBlock& kept) { prose += kept.block.prose() > 0 ? 1 : 0; });
  return entry->second = prose > most_data_prose;
}

bool Tables::is_picture_table(Dom::Index inside) {
  const auto table = ancestor(dom_, inside, GUMBO_TAG_TABLE, content_);
  if (table == Dom::none) return false;
  const auto [entry, first] = picture_tables_.emplace(table, false);
  if (!first) return entry->second;
  bool picture = false;
  for (auto i = table; i < dom_[table].end && !picture; ++i) picture = dom_[i].tag == GUMBO_TAG_IMG;
  if (!picture) return false;
  std::uint32_t chars = 0;
  for_kept_in(table, [&](const BodyBlock& kept) { chars += kept.block.chars; });
  return entry->second = chars < largest_picture_table;
}

}  // namespace tinwatch::parsers
