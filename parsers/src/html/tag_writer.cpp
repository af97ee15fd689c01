#include "html/tag_writer.hpp"

#include "core/text.hpp"
#include "html/attributes.hpp"
#include "html/prune.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t longest_class = 1024;  // bytes, and of an id

/// Elements of which Gumbo itself reads attributes.
bool reads_attributes(GumboTag tag) { return tag == GUMBO_TAG_INPUT || tag == GUMBO_TAG_ISINDEX; }

/// Elements that are one in a page: it compares the attributes of each with those of all.
bool merges_attributes(GumboTag tag) { return tag == GUMBO_TAG_HTML || tag == GUMBO_TAG_BODY; }

/// Formatting elements are opened anew in every block while they stay open: of theirs only what
/// says something of the article is kept, and that short.
bool is_harmful(const HtmlAttribute& one, bool formatting) {
  return !is_plain_name(one.name) ||
         (formatting && (!is_telling(one.name) || one.value.size() > 128)) ||
         (one.value.size() > 256 && iequals(one.name, "style")) || one.value.starts_with("data:");
}

/// An order of names without their case: short ones first.
bool comes_before(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() < b.size();
  for (std::size_t i = 0; i < a.size(); ++i)
    if (ascii_lower(a[i]) != ascii_lower(b[i])) return ascii_lower(a[i]) < ascii_lower(b[i]);
  return false;
}

void append(const HtmlAttribute& one, std::string& out) {
  out += ' ';
  out.append(one.name);
  if (one.value.empty()) return;
  const char quote = one.value.find('"') == std::string_view::npos ? '"' : '\'';
  out += '=';
  out += quote;
  out.append(one.value);
  out += quote;
}

}  // namespace

TagWriter::Tag TagWriter::write(const Name& name, std::size_t& at) {
  out_ = '<';
  out_ += name.text;
  at += 1 + name.text.size();
  const bool formatting = name.treatment().formatting;
  const bool shared = merges_attributes(name.tag);
  // Gumbo compares those of formatting elements too.
  const bool aside = aside_ && !formatting && !shared && !reads_attributes(name.tag);
  std::size_t own_count = 0;
  auto& count = shared ? shared_count_ : own_count;
  names_.clear();
  bool all_aside = aside_;
  while (auto one = next_attribute(html_, at)) {
    if (one->name.empty() || is_harmful(*one, formatting)) continue;
    if (++count > most_attributes || !is_first(one->name)) continue;
    // Names longer than this are made by nobody, and are read once for every block inside.
    if (one->value.size() > longest_class &&
        (iequals(one->name, "class") || iequals(one->name, "id")))
      one->value = clip(one->value, longest_class);
    if (aside && tape_.take(one->name, one->value)) continue;
    append(*one, out_);
    all_aside = false;
  }
  const auto behind = tape_.end_tag(out_);
  if (at < html_.size()) ++at;
  out_ += '>';
  return {out_, all_aside ? std::optional(behind) : std::nullopt};
}

bool TagWriter::is_first(std::string_view name) {
  // Sorted: a tag of hundreds is not asked for pairs.
  const auto at = std::lower_bound(names_.begin(), names_.end(), name, comes_before);
  if (at != names_.end() && !comes_before(name, *at)) return false;
  names_.insert(at, name);
  return true;
}

}  // namespace tinwatch::parsers
