#pragma once

#include "sqlite.hpp"

#include <cstdint>

namespace tinwatch::storage::sqlite {

/// Has a file that is still empty give back what becomes free in it.
void make_shrinkable(Connection& db);

/// Cuts off as many free pages of the file's end, at most, as long as more than a twentieth of it
/// is free; how many.
std::int64_t cut_free_pages(Connection& db, std::int64_t most);

}  // namespace tinwatch::storage::sqlite
