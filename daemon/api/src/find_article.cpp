#include "api/find_article.hpp"

#include "core/url.hpp"

#include <array>

namespace tinwatch::api {
namespace {

/// The address with or without its last slash.
std::string with_other_end(UrlParts parts) {
  if (parts.path.size() > 1 && parts.path.ends_with('/'))
    parts.path.pop_back();
  else if (!parts.path.ends_with('/'))
    parts.path += '/';
  return parts.text();
}

UrlParts with_other_scheme(UrlParts parts) {
  parts.scheme = parts.scheme == "https" ? "http" : "https";
  return parts;
}

}  // namespace

std::optional<storage::ArticleView> find_article(const storage::Reader& reader,
                                                 const std::string& reference) {
  if (const auto parts = parse_url(reference)) {
    const auto other = with_other_scheme(*parts);
    for (const auto& url :
         std::array{parts->text(), with_other_end(*parts), other.text(), with_other_end(other)})
      if (auto found = reader.article_shown_at(url)) return found;
  }
  return reader.article(reference);
}

std::string why_no_article(const storage::Reader& reader, const std::string& reference) {
  const auto several = reader.articles_with_prefix(reference);
  if (several > 1)
    return (several >= storage::Reader::most_counted ? "at least " : "") + std::to_string(several) +
           " articles begin with '" + reference + "'; give more of the id";
  return "no article '" + reference +
         "': an id, a unique prefix of one (4 characters or more), or a URL";
}

}  // namespace tinwatch::api
