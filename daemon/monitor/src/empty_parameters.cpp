#include "monitor/empty_parameters.hpp"

#include "core/text.hpp"
#include "core/url.hpp"

#include <functional>
#include <optional>

namespace tinwatch::monitor {
namespace {

constexpr std::size_t most_parameters = 64;  // of a source
constexpr std::size_t most_shown = 4096;
constexpr std::size_t most_in_query = 16;
constexpr std::size_t longest_name = 64;
constexpr int least_aliases = 4;
constexpr std::size_t least_articles = 2;
constexpr int aliases_of_one_article = 8;

std::vector<std::string_view> parameters_of(std::string_view url) {
  const auto mark = url.find('?');
  if (mark == std::string_view::npos || mark + 1 == url.size()) return {};
  auto out = split(url.substr(mark + 1), '&');
  std::erase(out, std::string_view());
  return out;
}

std::string name_of(std::string_view parameter) {
  return std::string(parameter.substr(0, parameter.find('=')));
}

/// The address without the parameters of that name.
std::string without(std::string_view url, std::string_view name) {
  std::string out(without_query(url));
  char joint = '?';
  for (const auto one : parameters_of(url)) {
    if (one.substr(0, one.find('=')) == name) continue;
    out += joint;
    out += one;
    joint = '&';
  }
  return out;
}

std::uint64_t hash_of(const std::string& text) { return std::hash<std::string>{}(text); }

/// The name of the one parameter that the addresses differ in; nothing: they differ otherwise.
std::optional<std::string> only_difference(const std::string& one, const std::string& other) {
  if (one == other || without_query(one) != without_query(other)) return std::nullopt;
  for (const auto* url : {&one, &other})
    for (const auto parameter : parameters_of(*url))
      if (auto name = name_of(parameter); without(one, name) == without(other, name)) return name;
  return std::nullopt;
}

}  // namespace

EmptyParameters::Evidence* EmptyParameters::evidence(Source& source, const std::string& name) {
  if (name.empty() || name.size() > longest_name) return nullptr;
  const auto known = source.parameters.find(name);
  if (known != source.parameters.end()) return &known->second;
  if (source.parameters.size() == most_parameters) return nullptr;
  return &source.parameters[name];
}

void EmptyParameters::note_alias(const std::string& source, const std::string& one,
                                 const std::string& other) {
  const auto name = only_difference(one, other);
  if (!name) return;
  auto* const known = evidence(sources_[source], *name);
  if (!known || known->tells_apart || known->is_empty) return;
  ++known->aliases;
  if (known->articles.size() < least_articles) known->articles.insert(hash_of(without(one, *name)));
  known->is_empty = (known->aliases >= least_aliases && known->articles.size() >= least_articles) ||
                    known->aliases >= aliases_of_one_article;
}

void EmptyParameters::note_article(const std::string& source, const std::string& url) {
  const auto parameters = parameters_of(url);
  if (parameters.empty() || parameters.size() > most_in_query) return;
  auto& known = sources_[source];
  for (const auto parameter : parameters) {
    const auto name = name_of(parameter);
    const auto key = hash_of(name + ' ' + without(url, name));
    if (known.shown.contains(key)) {
      if (auto* const one = evidence(known, name)) *one = {.tells_apart = true};
    } else if (known.shown.size() < most_shown) {
      known.shown.insert(key);
    }
  }
}

std::string EmptyParameters::learnt(const std::string& source) const {
  const auto known = sources_.find(source);
  if (known == sources_.end()) return {};
  std::string out;
  for (const auto& [name, one] : known->second.parameters)
    if (one.is_empty) out += (out.empty() ? "" : " ") + name;
  return out;
}

void EmptyParameters::restore(const std::string& source, std::string_view names) {
  for (const auto name : split(names, ' '))
    if (auto* const one = evidence(sources_[source], std::string(name))) one->is_empty = true;
}

std::string EmptyParameters::strip(const std::string& source, const std::string& url) const {
  const auto known = sources_.find(source);
  if (known == sources_.end() || url.find('?') == std::string::npos) return url;
  auto out = url;
  for (const auto& [name, one] : known->second.parameters)
    if (one.is_empty) out = without(out, name);
  return out;
}

std::size_t EmptyParameters::size() const {
  std::size_t out = 0;
  for (const auto& [name, source] : sources_) out += source.parameters.size() + source.shown.size();
  return out;
}

}  // namespace tinwatch::monitor
