#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tinwatch::watch {

/// How much of the writing counts. `exact`: NFC and case are folded. `tone`: also which vowel of a
/// syllable carries the tone mark (hòa = hoà). `fold`: no diacritics at all (hòa = hoa, đ = d).
/// `automatic`: each term for itself, `tone` where it has a diacritic, else `fold`.
enum class Mode : std::uint8_t { exact, tone, fold, automatic };
inline constexpr std::size_t ways_of_writing =
    3;  ///< all but `automatic`, which is none of its own

/// As it is written in a configuration: `auto` for `automatic`.
[[nodiscard]] std::string_view label(Mode mode);
[[nodiscard]] std::optional<Mode> mode_from(std::string_view word);

}  // namespace tinwatch::watch
