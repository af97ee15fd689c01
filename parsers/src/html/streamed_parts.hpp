#pragma once

#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// A page whose server sent it in parts, as a reader sees it. React's renderer leaves a place
/// (`<template id="B:1">`) where something is late, and sends it behind the page in a hidden box
/// (`<div hidden id="S:1">`) with a script that moves it there; the numbers of the two are one.
/// Parts have places for other parts (`<template id="P:2">`). What has no place stays where it is.
/// Linear in the page; each part stands once. Any other page comes back as it is.
[[nodiscard]] std::string parts_in_place(std::string_view html);

/// Whether there is anything to move: one search.
[[nodiscard]] bool is_sent_in_parts(std::string_view html);

}  // namespace tinwatch::parsers
