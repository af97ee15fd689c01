#include "core/image_identity.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace tinwatch {
namespace {

constexpr std::size_t least_signature = 20;  // characters of a segment that signs the address
constexpr std::size_t most_segments = 40;

/// Reads digits at `at`; false when there is none.
bool skip_digits(std::string_view text, std::size_t& at) {
  const auto from = at;
  while (at < text.size() && is_digit(text[at])) ++at;
  return at > from;
}

/// "800x450", "800x", "x450", and "1200x675c".
bool is_measure(std::string_view text) {
  std::size_t at = 0;
  const bool width = skip_digits(text, at);
  if (at >= text.size() || (text[at] | 0x20) != 'x') return false;
  ++at;
  const bool height = skip_digits(text, at);
  if (at < text.size() && is_ascii_lower(text[at])) ++at;
  return (width || height) && at == text.size();
}

/// A width that delivery networks are asked for; no year and no day of an address is one.
bool is_usual_width(std::string_view text) {
  int width = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), width);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return false;
  constexpr std::array usual = {160, 200, 240,  300,  320,  360,  400,  420,  450,  480,  500,
                                600, 624, 640,  660,  680,  700,  720,  750,  768,  800,  900,
                                960, 976, 1024, 1080, 1200, 1280, 1366, 1440, 1536, 1600, 1920};
  return std::find(usual.begin(), usual.end(), width) != usual.end();
}

/// "w_800", "h450", "q80", "c_fill", "f_auto", "rs:fill:800:450", "quality=90": what to deliver.
bool is_instruction(std::string_view text) {
  if (is_measure(text)) return true;
  const auto mark = text.find_first_of("_:=-");
  auto name = text.substr(0, mark);
  const bool valued = mark != std::string_view::npos && mark + 1 < text.size();
  if (valued && is_one_of(name, {"w",       "h",       "c",      "q",   "f",    "g",      "ar",
                                 "dpr",     "fl",      "e",      "rs",  "rt",   "el",     "width",
                                 "height",  "quality", "format", "fit", "crop", "resize", "size",
                                 "gravity", "sharp",   "cb",     "ex"})) {
    // "width-800", but not "c-12" or "size-matters".
    return text[mark] != '-' || (name.size() > 2 && is_digit(text[mark + 1]));
  }
  if (name.size() > 1 && is_one_of(name.substr(0, 1), {"w", "h", "q", "s"}) && !valued) {
    std::size_t at = 1;
    return skip_digits(name, at) && at == name.size() && name.size() <= 5;
  }
  return false;
}

/// All of "w_800,h_450,c_fill": one instruction after another.
bool is_instructions(std::string_view segment) {
  if (is_one_of(segment, {"fit-in", "unsafe", "insecure", "resize", "smart", "thumb_w", "zoom",
                          "thumb", "thumbs", "thumbnail", "crop", "resized", "resizer"}))
    return true;
  const auto parts = split(segment, ',');
  return !segment.empty() && std::all_of(parts.begin(), parts.end(), is_instruction);
}

/// A segment in base64: letters of both cases and digits mixed. Hashes in hex name pictures.
bool is_signature(std::string_view segment) {
  if (segment.starts_with("s:") || segment.starts_with("sig:")) return true;
  if (segment.size() < least_signature || segment.find('.') != std::string_view::npos) return false;
  if (segment.ends_with('=')) return true;
  std::size_t turns = 0;  // from a small letter to a capital or a digit and back
  for (std::size_t i = 1; i < segment.size(); ++i)
    turns += is_ascii_lower(segment[i]) != is_ascii_lower(segment[i - 1]) ? 1 : 0;
  const bool both = std::any_of(segment.begin(), segment.end(), is_ascii_upper) &&
                    std::any_of(segment.begin(), segment.end(), is_ascii_lower);
  return both && turns * 4 > segment.size();
}

bool is_picture_extension(std::string_view text) {
  return is_one_of(ascii_lower(text), {"jpg", "jpeg", "png", "gif", "webp", "avif", "bmp", "svg",
                                       "tif", "tiff", "jfif", "heic"});
}

/// The file's name without extensions, and without "-800x450", "_w800", "@2x", "-scaled".
std::string_view bare_name(std::string_view name, bool& is_picture) {
  for (;;) {
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || !is_picture_extension(name.substr(dot + 1))) break;
    is_picture = true;
    name = name.substr(0, dot);
  }
  // "photo=w640-h360" of Google's hosts.
  if (const auto equals = name.rfind('='); equals != std::string_view::npos && equals > 8)
    name = name.substr(0, equals);
  for (;;) {
    const auto mark = name.find_last_of("-_@");
    if (mark == std::string_view::npos || mark == 0) return name;
    const auto tail = name.substr(mark + 1);
    const bool at = name[mark] == '@' && tail.size() <= 3;
    const bool size = is_measure(tail) || tail == "scaled" ||
                      (tail.size() >= 4 && tail.front() == 'w' && is_usual_width(tail.substr(1)));
    if (!at && !size) return name;
    name = name.substr(0, mark);
  }
}

/// Parameters that size, sign or date what is delivered.
bool is_delivery_parameter(std::string_view name) {
  const auto key = ascii_lower(name);
  return is_one_of(
      key, {"w",         "h",       "q",       "s",     "t",        "v",           "width",
            "height",    "quality", "fit",     "crop",  "format",   "fm",          "auto",
            "dpr",       "size",    "resize",  "ssl",   "strip",    "sig",         "sign",
            "signature", "hash",    "token",   "ts",    "time",     "ver",         "version",
            "expires",   "exp",     "cb",      "rnd",   "rand",     "key-pair-id", "policy",
            "mode",      "scale",   "gravity", "bg",    "maxwidth", "maxheight",   "max",
            "min",       "itok",    "_",       "ixlib", "nocache",  "cache",       "d"});
}

std::string identity_in_query(std::string_view query) {
  std::vector<std::string_view> kept;
  for (const auto part : split(query, '&'))
    if (!part.empty() && !is_delivery_parameter(part.substr(0, part.find('='))))
      kept.push_back(part);
  std::sort(kept.begin(), kept.end());
  std::string out;
  for (const auto part : kept) out += std::string(out.empty() ? "" : "&") + std::string(part);
  return out;
}

/// A path whose last name is that of a program: it shows what its query asks for.
bool is_program(std::string_view name) {
  const auto dot = name.rfind('.');
  if (dot != std::string_view::npos)
    return is_one_of(ascii_lower(name.substr(dot + 1)),
                     {"php", "ashx", "aspx", "axd", "cgi", "jsp", "do", "asp"});
  return is_one_of(ascii_lower(name), {"image", "images", "img", "photo", "picture", "media",
                                       "file", "resize", "thumb", "thumbnail", "download", "get",
                                       "_image", "render", "asset", "proxy", ""});
}

}  // namespace

std::string image_identity(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos) {
    const auto path = url.find('/', scheme + 3);
    url = path == std::string_view::npos ? std::string_view() : url.substr(path);
  }
  url = url.substr(0, url.find('#'));
  const auto mark = url.find('?');
  const auto query = mark == std::string_view::npos ? std::string_view() : url.substr(mark + 1);
  const auto segments = split(url.substr(0, mark), '/');
  std::string path;
  std::string_view name;
  bool is_picture = false;
  for (std::size_t n = 0; n < segments.size() && n < most_segments; ++n) {
    const auto segment = segments[n];
    if (segment.empty()) continue;
    const bool last = n + 1 == segments.size();
    if (last) {
      name = bare_name(segment, is_picture);
    } else if (is_instructions(segment) || is_usual_width(segment) || is_signature(segment)) {
      continue;
    }
    path += '/';
    path += last ? name : segment;
  }
  if (!is_picture && is_program(name))
    if (const auto asked = identity_in_query(query); !asked.empty()) return path + '?' + asked;
  return path;
}

}  // namespace tinwatch
