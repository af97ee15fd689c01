#include "shown_config.hpp"

#include "core/login_mask.hpp"
#include "core/text.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace tinwatch::config {
namespace {

namespace json = boost::json;

// A configuration is a tree, and its depth is bounded by the parser's own limit.
// NOLINTBEGIN(misc-no-recursion)

// --- What is a secret in it.

/// Addresses that are shown elsewhere anyway: what one logs in with alone.
void mask_login_of(json::string& text) { text = mask_login(text); }

/// Whoever knows the address of a receiver can often write there: its host alone is shown.
void mask_address(json::string& text) {
  text = mask_user(text);
  const auto scheme = std::string_view(text).find("://");
  if (scheme == std::string_view::npos) return;
  const auto path = std::string_view(text).find_first_of("/?#", scheme + 3);
  if (path == std::string_view::npos || text.size() <= path + 1) return;
  text.erase(path);
  (text += '/') += secret_mask;
}

bool is_variable(std::string_view text) { return text.starts_with("${") && text.ends_with('}'); }

template <class Mask>
void mask_all(json::value& value, Mask one) {
  if (auto* text = value.if_string()) return one(*text);
  if (auto* list = value.if_array())
    for (auto& item : *list) mask_all(item, one);
  if (auto* object = value.if_object())
    for (auto& member : *object) mask_all(member.value(), one);
}

void mask_headers(json::object& headers) {
  constexpr std::array open{"accept", "content-type", "user-agent"};
  for (auto& header : headers)
    if (std::find(open.begin(), open.end(), ascii_lower(header.key())) == open.end())
      header.value() = json::string(secret_mask);
}

/// One way by which a receiver is reached.
void mask_way(json::object& way) {
  if (auto* headers = way.if_contains("headers"); headers && headers->is_object())
    mask_headers(headers->get_object());
  // Some programs are told their secrets so.
  if (auto* command = way.if_contains("command"); command && command->is_array())
    for (std::size_t i = 1; i < command->get_array().size(); ++i)
      command->get_array()[i] = json::string(secret_mask);
  for (const auto* key : {"token", "password"})
    if (auto* secret = way.if_contains(key);
        secret && !(secret->is_string() && is_variable(secret->get_string())))
      *secret = json::string(secret_mask);
}

void mask_secrets(json::object& all) {
  for (auto& section : all) {
    if (section.key() != "receivers") {
      mask_all(section.value(), mask_login_of);
      continue;
    }
    mask_all(section.value(), mask_address);
    if (!section.value().is_array()) continue;
    for (auto& receiver : section.value().get_array())
      for (auto& member : receiver.as_object())
        if (auto* way = member.value().if_object()) mask_way(*way);
  }
}

// --- As YAML.

/// Whether it is the same text without quotation marks, to every reader of YAML: a word, a path, an
/// address of mail, a duration or a size.
bool is_plain(std::string_view text) {
  constexpr std::array taken{"true", "false", "yes", "no", "on", "off", "null", "y", "n"};
  constexpr std::string_view units = "smhdwKMG";
  const auto is_safe = [](char c) {
    return is_digit(c) || is_ascii_letter(c) ||
           std::string_view("/_.@-+").find(c) != std::string_view::npos;
  };
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_safe)) return false;
  const auto lower = ascii_lower(text);
  if (std::find(taken.begin(), taken.end(), lower) != taken.end()) return false;
  if (is_ascii_letter(text.front()) || text.front() == '/') return true;
  const auto unit = std::find_if_not(text.begin(), text.end(), is_digit);
  return is_digit(text.front()) && unit != text.end() &&
         units.find(*unit) != std::string_view::npos;
}

/// JSON's texts are YAML's in quotation marks.
std::string scalar(const json::value& value) {
  const auto* text = value.if_string();
  return text && is_plain(*text) ? std::string(*text) : json::serialize(value);
}

std::string key_text(std::string_view key) { return scalar(json::value(key)); }

/// On one line; empty: it has mappings in it, or is too long.
std::string on_one_line(const json::array& list) {
  constexpr std::size_t longest = 100;
  std::string out = "[";
  for (const auto& item : list) {
    const auto* inner = item.if_array();
    if (item.is_object() || out.size() > longest) return {};
    const auto text = inner ? on_one_line(*inner) : scalar(item);
    if (text.empty()) return {};
    (out += out.size() > 1 ? ", " : "") += text;
  }
  return out.size() > longest ? std::string() : out + ']';
}

/// Behind a key or a `-`, with the end of the line.
void write(std::string& out, const json::value& value, std::size_t indent);

void write_members(std::string& out, const json::object& object, std::size_t indent,
                   bool begins_line) {
  for (const auto& member : object) {
    if (begins_line) out.append(indent, ' ');
    begins_line = true;
    (out += key_text(member.key())) += ':';
    write(out, member.value(), indent + 2);
  }
}

void write_list(std::string& out, const json::array& list, std::size_t indent) {
  if (const auto line = on_one_line(list); !line.empty()) {
    out += ' ' + line + '\n';
    return;
  }
  out += '\n';
  for (const auto& item : list) {
    out.append(indent, ' ') += '-';
    const auto* object = item.if_object();
    if (!object || object->empty()) {
      write(out, item, indent + 2);
      continue;
    }
    out += ' ';
    write_members(out, *object, indent + 2, false);
  }
}

void write(std::string& out, const json::value& value, std::size_t indent) {
  if (const auto* list = value.if_array()) return write_list(out, *list, indent);
  const auto* object = value.if_object();
  if (!object || object->empty()) {
    out += ' ' + scalar(value) + '\n';
    return;
  }
  out += '\n';
  write_members(out, *object, indent, true);
}

// NOLINTEND(misc-no-recursion)

}  // namespace

void add_included(json::object& all, json::object part) {
  for (auto& member : part) {
    auto* list = member.value().if_array();
    if (!list) continue;
    auto& known = all[member.key()];
    if (!known.is_array()) known.emplace_array();
    for (auto& item : *list) known.get_array().push_back(std::move(item));
  }
}

ShownConfig shown_from(json::object all) {
  all.erase("include");
  mask_secrets(all);
  ShownConfig out;
  for (const auto& member : all) {
    ShownConfig::Section section{.key = member.key(), .yaml = key_text(member.key()) + ':'};
    write(section.yaml, member.value(), 2);
    out.sections.push_back(std::move(section));
  }
  // In whichever file a section stands, and whichever is read first.
  constexpr std::array order{"storage",   "http",    "log",     "timezone", "fetch",
                             "receivers", "sources", "aliases", "watches",  "routes"};
  const auto place = [&](const ShownConfig::Section& section) {
    return std::find(order.begin(), order.end(), section.key) - order.begin();
  };
  std::stable_sort(out.sections.begin(), out.sections.end(),
                   [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return out;
}

std::string ShownConfig::yaml() const {
  std::string out;
  for (const auto& section : sections) out += section.yaml;
  return out;
}

void ShownConfig::take(const std::string& key, const ShownConfig& from) {
  const auto is_it = [&](const Section& section) { return section.key == key; };
  const auto theirs = std::find_if(from.sections.begin(), from.sections.end(), is_it);
  const auto ours = std::find_if(sections.begin(), sections.end(), is_it);
  if (theirs == from.sections.end()) {
    if (ours != sections.end()) sections.erase(ours);
  } else if (ours == sections.end()) {
    sections.push_back(*theirs);
  } else {
    *ours = *theirs;
  }
}

}  // namespace tinwatch::config
