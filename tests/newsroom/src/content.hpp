#pragma once

#include "newsroom/script.hpp"

#include <string>
#include <vector>

/// The newsroom's words, all written for it. Names of people and places are invented.
namespace tinwatch::newsroom {

/// The pieces that stand there at the beginning.
[[nodiscard]] std::vector<Piece> first_pieces();
/// The pieces that the hand-written steps publish, in that order.
[[nodiscard]] std::vector<Piece> later_pieces();
/// A piece put together from sentences; the same for the same number.
[[nodiscard]] Piece made_piece(int id);
/// A sentence to add or put in place of another; the same for the same number.
[[nodiscard]] std::string made_sentence(int number);

[[nodiscard]] std::string category_name(int category);
[[nodiscard]] const std::vector<int>& categories();

/// `đường sắt` -> `duong-sat`
[[nodiscard]] std::string slug_of(const std::string& headline);

}  // namespace tinwatch::newsroom
