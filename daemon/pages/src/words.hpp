#pragma once

#include "core/event_words.hpp"

#include <map>
#include <string>
#include <string_view>

namespace tinwatch::pages {

/// What pages say, by name: daemon/pages/text/LANGUAGE.txt. The same names in every language.
[[nodiscard]] const std::map<std::string, std::string, std::less<>>& words(Language language);
/// One of them. Throws std::out_of_range for a name that there is not.
[[nodiscard]] const std::string& word(Language language, std::string_view name);

/// The language to answer in, of an Accept-Language header (RFC 9110 section 12.5.4): the one of
/// ours that is wanted most, English where none is.
[[nodiscard]] Language language_of(std::string_view accept_language);

}  // namespace tinwatch::pages
