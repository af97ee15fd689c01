#include "article/json_ld.hpp"

#include "article/json_ld_objects.hpp"
#include "core/text.hpp"
#include "html/dom.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <deque>
#include <map>

namespace tinwatch::parsers {
namespace {

namespace json = boost::json;

constexpr std::size_t most_objects = 2000;
constexpr std::size_t deepest = 64;
constexpr std::size_t longest_script = 2 * 1024 * 1024;  // bytes
constexpr std::size_t most_people = 50;

/// A list, a single text, or a text with commas.
std::vector<std::string> texts_at(const json::object& in, std::string_view name,
                                  bool split_commas) {
  std::vector<std::string> out;
  const auto add = [&](std::string_view text) {
    auto plain = plain_text(text);
    if (!plain.empty() && plain.size() < 200) out.push_back(std::move(plain));
  };
  const auto* value = in.if_contains(name);
  if (!value) return out;
  if (value->is_string()) {
    if (split_commas)
      for (const auto part : split(value->as_string(), ',')) add(part);
    else
      add(value->as_string());
  } else if (value->is_array()) {
    for (const auto& item : value->as_array())
      if (item.is_string()) add(item.as_string());
  }
  return out;
}

/// All values of a script: one after another, between comments, with line breaks in strings.
std::vector<json::value> values_of(std::string_view script) {
  std::string text(script.substr(0, longest_script));
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20; }, ' ');
  // Comments and CDATA marks wrap the whole of a script, if anything.
  std::string_view rest = trim(text);
  for (const std::string_view wrapper : {"//<![CDATA[", "<![CDATA[", "<!--"})
    if (rest.starts_with(wrapper)) rest = trim(rest.substr(wrapper.size()));
  for (const std::string_view wrapper : {"//]]>", "]]>", "-->", "//"})
    if (rest.ends_with(wrapper)) rest = trim(rest.substr(0, rest.size() - wrapper.size()));
  json::parse_options options;
  options.max_depth = deepest;
  options.allow_trailing_commas = true;
  options.allow_invalid_utf8 = true;
  std::vector<json::value> out;
  while (!rest.empty() && out.size() < 64) {
    if (rest.front() == ';' || rest.front() == ',') {
      rest = trim(rest.substr(1));
      continue;
    }
    json::stream_parser parser({}, options);
    boost::system::error_code error;
    const auto used = parser.write_some(rest.data(), rest.size(), error);
    if (!error && !parser.done()) parser.finish(error);
    if (error || !parser.done()) break;
    out.push_back(parser.release());
    rest = trim(rest.substr(used));
  }
  return out;
}

class Reader {
 public:
  explicit Reader(const PageIdentity& page) : page_(page) {}

  JsonLd read(const std::vector<std::string>& scripts) {
    std::vector<json::value> values;
    for (const auto& script : scripts)
      for (auto& value : values_of(script)) values.push_back(std::move(value));
    collect(values);
    const json::object* article = nullptr;
    int most = 0;
    for (const auto* object : objects_) {
      for (const auto type : types_of(*object)) {
        if (is_article_type(type)) {
          const auto score = belonging(*object, page_, listed_.contains(object));
          if (score > most) {
            most = score;
            article = object;
            out_.type = type;
          }
        }
        read_page(type, *object);
      }
    }
    if (article) read_article(*article);
    return std::move(out_);
  }

 private:
  /// Every object of the graph, breadth first: an article nested in another thing counts too.
  void collect(const std::vector<json::value>& values) {
    std::deque<const json::value*> waiting;
    for (const auto& value : values) waiting.push_back(&value);
    while (!waiting.empty() && objects_.size() < most_objects) {
      const auto* value = waiting.front();
      waiting.pop_front();
      if (value->is_array()) {
        for (const auto& inner : value->as_array()) waiting.push_back(&inner);
      } else if (value->is_object()) {
        const auto& object = value->as_object();
        objects_.push_back(&object);
        if (const auto* id = object.if_contains("@id");
            id && id->is_string() && object.contains("name"))
          by_id_.emplace(std::string(id->as_string()), &object);
        for (const auto& [name, inner] : object) {
          if (!inner.is_object() && !inner.is_array()) continue;
          waiting.push_back(&inner);
          if (name == "itemListElement" || name == "hasPart" || name == "relatedLink" ||
              listed_.contains(&object))
            mark_listed(inner);
        }
      }
    }
  }

  void mark_listed(const json::value& value) {
    if (value.is_object()) listed_.insert(&value.as_object());
    if (!value.is_array()) return;
    for (const auto& one : value.as_array())
      if (one.is_object()) listed_.insert(&one.as_object());
  }

  void read_page(std::string_view type, const json::object& object) {
    if (type == "WebPage" || type == "ItemPage") {
      if (out_.page_published.empty()) out_.page_published = text_at(object, "datePublished");
      if (out_.page_modified.empty()) out_.page_modified = text_at(object, "dateModified");
    }
    if (type == "CollectionPage" || type == "ItemList" || type == "SearchResultsPage")
      out_.is_collection = true;
    if (type == "VideoObject") out_.is_video = true;
    if (type == "BreadcrumbList" && out_.breadcrumb.empty()) read_breadcrumb(object);
  }

  void read_breadcrumb(const json::object& object) {
    const auto* items = object.if_contains("itemListElement");
    if (!items || !items->is_array()) return;
    for (const auto& entry : items->as_array()) {
      if (!entry.is_object()) continue;
      auto name = text_at(entry.as_object(), "name");
      const auto* item = entry.as_object().if_contains("item");
      if (name.empty() && item && item->is_object()) name = text_at(item->as_object(), "name");
      if (!name.empty()) out_.breadcrumb.push_back(std::move(name));
    }
  }

  void read_article(const json::object& in) {
    out_.headline = text_at(in, "headline");
    if (out_.headline.empty()) out_.headline = text_at(in, "name");
    out_.alternative_headline = text_at(in, "alternativeHeadline");
    out_.date_published = text_at(in, "datePublished");
    out_.date_modified = text_at(in, "dateModified");
    if (const auto* body = in.if_contains("articleBody"); body && body->is_string())
      out_.body = std::string(body->as_string());
    out_.license = text_at(in, "license");
    out_.image = image_at(in);
    out_.section = texts_at(in, "articleSection", false);
    out_.keywords = texts_at(in, "keywords", true);
    if (const auto* publisher = in.if_contains("publisher")) {
      const auto names = people(*publisher);
      if (!names.empty()) out_.publisher = names.front();
    }
    for (const auto* field : {"author", "creator"})
      if (const auto* value = in.if_contains(field); value && out_.author.empty())
        out_.author = people(*value);
    if (const auto* free = in.if_contains("isAccessibleForFree")) {
      if (free->is_bool()) out_.is_accessible_for_free = free->as_bool();
      if (free->is_string()) out_.is_accessible_for_free = iequals(free->as_string(), "true");
    }
    if (const auto* count = in.if_contains("commentCount"); count && count->is_int64())
      out_.comment_count = count->as_int64();
  }

  /// A person without a `name`: `givenName`, `familyName`.
  static std::string name_of_parts(const json::object& person) {
    if (person.contains("name")) return {};
    return squeeze(text_at(person, "givenName") + ' ' + text_at(person, "familyName"));
  }

  std::vector<std::string> people(const json::value& value) {
    std::vector<std::string> out;
    const auto add = [&](const json::value& item) {
      if (item.is_string()) {
        out.push_back(plain_text(item.as_string()));
        return;
      }
      if (!item.is_object()) return;
      const auto* object = &item.as_object();
      if (auto full = name_of_parts(*object); !full.empty()) {
        out.push_back(std::move(full));
        return;
      }
      if (!object->contains("name"))
        if (const auto* id = object->if_contains("@id"); id && id->is_string())
          if (const auto known = by_id_.find(std::string(id->as_string())); known != by_id_.end())
            object = known->second;
      // A name in the name: {"name": {"@type": "Person", "name": ...}}.
      if (const auto* name = object->if_contains("name"); name && name->is_object())
        object = &name->as_object();
      if (const auto* name = object->if_contains("name"); name && name->is_array()) {
        for (const auto& one : name->as_array())
          if (one.is_string()) out.push_back(plain_text(one.as_string()));
      } else {
        auto printed = text_at(*object, "name");
        if (printed.empty()) printed = text_at(*object, "@value");
        out.push_back(std::move(printed));
      }
    };
    // {"@list": [...]} keeps the order of a JSON-LD array.
    const auto* ordered = value.is_object() ? value.as_object().if_contains("@list") : nullptr;
    const auto& all = ordered ? *ordered : value;
    if (all.is_array()) {
      for (const auto& item : all.as_array())
        if (out.size() < most_people) add(item);
    } else {
      add(all);
    }
    std::erase_if(out, [](const std::string& name) { return name.empty() || name.size() > 200; });
    return out;
  }

  static std::string image_at(const json::object& in) {
    const auto* value = in.if_contains("image");
    if (value && value->is_array() && !value->as_array().empty())
      value = &value->as_array().front();
    if (!value) return {};
    if (value->is_string()) return std::string(value->as_string());
    if (!value->is_object()) return {};
    auto url = text_at(value->as_object(), "url");
    return url.empty() ? text_at(value->as_object(), "contentUrl") : url;
  }

  const PageIdentity& page_;
  std::vector<const json::object*> objects_;
  std::unordered_set<const json::object*> listed_;  // in lists of other things
  std::map<std::string, const json::object*> by_id_;
  JsonLd out_;
};

}  // namespace

JsonLd read_json_ld(const std::vector<std::string>& scripts, const PageIdentity& page) {
  return Reader(page).read(scripts);
}

}  // namespace tinwatch::parsers
