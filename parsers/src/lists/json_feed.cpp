#include "lists/json_feed.hpp"

#include "core/text.hpp"
#include "core/url.hpp"
#include "lists/feed_text.hpp"
#include "parsers/dates.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>

namespace tinwatch::parsers {
namespace {

namespace json = boost::json;
using Error = json::error_code;

constexpr std::size_t most_items = 1000;
constexpr std::size_t most_text = 1024 * 1024;  // of one value

/// What Boost.JSON's parser calls. The last value of a name counts; one that is no string is none.
class Handler {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;

  Handler(const std::string& url, const TimeZone& zone) : url_(url), zone_(zone) {}

  /// Whether the list of items has begun.
  [[nodiscard]] bool has_items() const { return has_items_; }

  [[nodiscard]] Result<Feed, std::string> result() && {
    if (!has_items_) return fail(std::string("a JSON Feed without items"));
    return Feed{.kind = "json",
                .title = squeeze(title_),
                .items = std::move(items_),
                .count = {.in_bytes = whole_, .read = whole_}};
  }

  static bool on_document_begin(Error&) { return true; }
  static bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error&) {
    value_ = nullptr;
    ++depth_;
    if (is_item()) item_ = {};
    return true;
  }
  bool on_object_end(std::size_t, Error&) {
    if (is_item()) {
      ++whole_;
      keep();
    }
    --depth_;
    return true;
  }
  bool on_array_begin(Error&) {
    value_ = nullptr;
    if (depth_ == 1 && root_name_ == "items") has_items_ = true;
    ++depth_;
    return true;
  }
  bool on_array_end(std::size_t, Error&) {
    --depth_;
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t, Error&) {
    add_to_name(part);
    return true;
  }
  bool on_key(json::string_view part, std::size_t, Error&) {
    add_to_name(part);
    if (depth_ == 1) {
      root_name_ = name_;
      value_ = name_ == "title" ? &title_ : nullptr;
      if (name_ == "items") {
        items_.clear();
        whole_ = 0;
        has_items_ = false;
      }
    } else if (is_item()) {
      value_ = item_.value(name_);
    }
    if (value_) value_->clear();
    name_.clear();
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, Error&) {
    if (value_) *value_ += clip({part.data(), part.size()}, most_text - value_->size());
    return true;
  }
  bool on_string(json::string_view part, std::size_t size, Error& error) {
    on_string_part(part, size, error);
    value_ = nullptr;
    return true;
  }
  static bool on_number_part(json::string_view, Error&) { return true; }
  bool on_int64(std::int64_t, json::string_view, Error&) { return ends_value(); }
  bool on_uint64(std::uint64_t, json::string_view, Error&) { return ends_value(); }
  bool on_double(double, json::string_view, Error&) { return ends_value(); }
  bool on_bool(bool, Error&) { return ends_value(); }
  bool on_null(Error&) { return ends_value(); }
  static bool on_comment_part(json::string_view, Error&) { return true; }
  static bool on_comment(json::string_view, Error&) { return true; }

 private:
  struct RawItem {
    std::string url, external_url, id, title, summary, date_published, date_modified;

    std::string* value(std::string_view name) {
      if (name == "url") return &url;
      if (name == "external_url") return &external_url;
      if (name == "id") return &id;
      if (name == "title") return &title;
      if (name == "summary") return &summary;
      if (name == "date_published") return &date_published;
      return name == "date_modified" ? &date_modified : nullptr;
    }
    [[nodiscard]] std::string_view target() const {
      if (!url.empty()) return url;
      if (!external_url.empty()) return external_url;
      return id.starts_with("http") ? std::string_view(id) : std::string_view();
    }
  };

  [[nodiscard]] bool is_item() const { return depth_ == 3 && has_items_ && root_name_ == "items"; }

  void add_to_name(json::string_view part) {
    constexpr std::size_t longest_name = 32;  // none that is looked for is longer
    name_ += std::string_view(part.data(), part.size()).substr(0, longest_name);
    if (name_.size() > longest_name) name_.resize(longest_name);
  }

  bool ends_value() {
    value_ = nullptr;
    return true;
  }

  void keep() {
    const auto target = item_.target();
    if (target.empty() || items_.size() == most_items) return;
    auto link = resolve_url(url_, target);
    if (!link) return;
    items_.push_back({.url = std::move(*link),
                      .headline = text_.plain(item_.title),
                      .description = text_.plain(item_.summary),
                      .date_published = parse_date(item_.date_published, {.zone = zone_}),
                      .date_modified = parse_date(item_.date_modified, {.zone = zone_})});
  }

  const std::string& url_;
  const TimeZone& zone_;
  int depth_ = 0;  // of arrays and objects that are open
  std::string name_;
  std::string root_name_;         // of the value of the root that is being read
  std::string* value_ = nullptr;  // where the next string goes
  bool has_items_ = false;
  std::string title_;
  RawItem item_;
  FeedText text_;
  std::vector<Item> items_;
  std::size_t whole_ = 0;  // items that ended, those without an address included
};

/// How many items have begun in a feed that is no JSON to its end. What is broken is not parsed:
/// only strings and brackets are told apart.
std::size_t count_items(std::string_view body) {
  std::size_t items = 0;
  std::size_t depth = 0;
  std::string_view last;  // string of the root
  bool in_items = false;
  for (std::size_t at = 0; at < body.size(); ++at) {
    const char c = body[at];
    if (c == '"') {
      const auto begin = ++at;
      while (at < body.size() && body[at] != '"') at += body[at] == '\\' ? 2 : 1;
      if (depth == 1) last = body.substr(begin, std::min(at, body.size()) - begin);
    } else if (c == '{' || c == '[') {
      if (depth == 1) in_items = c == '[' && last == "items";
      if (depth == 2 && in_items && c == '{') ++items;
      ++depth;
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return items;
}

}  // namespace

Result<Feed, std::string> read_json_feed(std::string_view body, const std::string& url,
                                         const TimeZone& zone) {
  json::basic_parser<Handler> parser(json::parse_options{}, url, zone);
  Error error;
  const auto read = parser.write_some(false, body.data(), body.size(), error);
  if (!error && read < body.size()) error = json::error::extra_data;
  if (error && !parser.handler().has_items()) return fail("not JSON: " + error.message());
  auto feed = std::move(parser.handler()).result();
  // The items that were whole before it broke off are news all the same. What stands behind the
  // end of the document is no loss.
  if (feed && error && error != json::error::extra_data) {
    feed->count.in_bytes = std::max(count_items(body), feed->count.read);
    feed->count.cut_at =
        1 + static_cast<std::size_t>(
                std::count(body.begin(), body.begin() + static_cast<std::ptrdiff_t>(read), '\n'));
  }
  return feed;
}

}  // namespace tinwatch::parsers
