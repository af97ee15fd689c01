#include "list_reply.hpp"

#include "api/envelope.hpp"
#include "core/text.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <new>

namespace tinwatch::api {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_text = 2048;  // as an address may be
constexpr std::size_t most_elements = 20;

constexpr std::array plain_fields = {"schemaVersion",
                                     "url",
                                     "canonicalUrl",
                                     "identifier",
                                     "pageType",
                                     "inLanguage",
                                     "siteName",
                                     "headline",
                                     "alternativeHeadline",
                                     "datePublished",
                                     "datePublishedRaw",
                                     "datePublishedPrecision",
                                     "dateModified",
                                     "dateline",
                                     "description",
                                     "sourceOrganization",
                                     "correction",
                                     "wordCount",
                                     "viewCount",
                                     "commentCount",
                                     "isAccessibleForFree",
                                     "truncated",
                                     "editorialHash"};
constexpr std::array lists = {"articleSection", "author", "keywords"};

json::value shortened(const json::value& value) {
  if (const auto* text = value.if_string()) return json::string(clipped(*text, longest_text));
  if (const auto* author = value.if_object())
    return json::object{
        {"name", json::string(clipped(author->at("name").as_string(), longest_text))}};
  return value;
}

}  // namespace

json::object list_record(const std::string& record) {
  const auto value = json::parse(record);
  const auto& in = value.as_object();
  json::object out;
  for (const auto* name : plain_fields)
    if (const auto* field = in.if_contains(name)) out[name] = shortened(*field);
  for (const auto* name : lists) {
    const auto* field = in.if_contains(name);
    if (!field) continue;
    auto& elements = out[name].emplace_array();
    for (const auto& element : field->as_array()) {
      if (elements.size() == most_elements) break;
      elements.push_back(shortened(element));
    }
  }
  return out;
}

json::object list_item(const storage::ArticleView& article, const storage::RevisionView& revision) {
  auto out = article_json(article, revision);
  out["article"] = list_record(revision.record);
  return out;
}

void unless_damaged(const std::string& name, std::vector<std::string>& damaged,
                    const std::function<void()>& make) {
  try {
    make();
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& e) {
    damaged.push_back(name + ": " + e.what());
  }
}

void ListReply::add(const std::string& name, const std::function<json::object()>& make) {
  unless_damaged(name, reply_.damaged, [&] {
    const auto item = repair_utf8(json::serialize(make()));
    reply_.body += reply_.body.empty() ? "{\"items\":[" : ",";
    reply_.body += item;
  });
}

Reply ListReply::finish(const json::value& next) && {
  if (reply_.body.empty()) reply_.body = "{\"items\":[";
  reply_.body += "],\"next\":" + json::serialize(next) + "}\n";
  return std::move(reply_);
}

}  // namespace tinwatch::api
