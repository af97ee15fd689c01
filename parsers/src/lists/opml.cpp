#include "parsers/opml.hpp"

#include "core/text.hpp"
#include "lists/xml_tags.hpp"
#include "lists/xml_text.hpp"

#include <algorithm>

namespace tinwatch::parsers {
namespace {

constexpr std::size_t longest_title = 300;  // bytes

/// One pass over the tags. Only the title of the head needs to know what it stands in.
class OpmlReader {
 public:
  explicit OpmlReader(std::string_view text) : text_(text) {}

  Result<Opml, std::string> read() {
    for (auto at = next_tag(0); at < text_.size(); at = next_tag(at)) {
      count_lines(at);
      at += markup(text_.substr(at));
      if (out_.feeds.size() > most_opml_feeds)
        return fail("more than " + std::to_string(most_opml_feeds) +
                    " feeds; make several files of them");
    }
    if (!is_opml_) return fail(std::string("not OPML: it has no <opml> element"));
    out_.is_cut = !has_ended_ || markup_.open();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::size_t next_tag(std::size_t from) const {
    return std::min(text_.find('<', from), text_.size());
  }

  void count_lines(std::size_t to) {
    const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(counted_);
    line_ += static_cast<std::size_t>(
        std::count(begin, text_.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
    counted_ = to;
  }

  /// Its size.
  std::size_t markup(std::string_view rest) {
    if (XmlMarkup::is_any(rest)) return markup_.size(rest);
    const bool end = rest.size() > 1 && rest[1] == '/';
    const std::size_t name_at = end ? 2 : 1;
    if (rest.size() <= name_at || !may_start_xml_name(rest[name_at])) return name_at;
    const auto tag = read_xml_tag(rest, name_at);
    if (iequals(tag.name, "opml")) {
      is_opml_ = true;
      has_ended_ = end;
    } else if (!end && iequals(tag.name, "outline")) {
      outline(tag.inside);
    } else if (!end && iequals(tag.name, "title") && out_.title.empty()) {
      out_.title = title(rest.substr(tag.size, rest.find('<', tag.size) - tag.size));
    }
    return tag.size;
  }

  void outline(std::string_view inside) {
    OpmlFeed feed{.line = line_};
    std::string text;
    std::string type;
    each_xml_attribute(inside, [&](std::string_view name, std::string_view value) {
      if (iequals(name, "xmlUrl")) feed.url = plain(value);
      if (iequals(name, "htmlUrl")) feed.site = plain(value);
      if (iequals(name, "title")) feed.title = title(value);
      if (iequals(name, "text")) text = title(value);
      if (iequals(name, "type")) type = plain(value);
    });
    if (feed.title.empty()) feed.title = std::move(text);
    // A group says no more than its title.
    if (!feed.url.empty() || is_feed_type(type)) out_.feeds.push_back(std::move(feed));
  }

  static bool is_feed_type(std::string_view type) {
    return iequals(type, "rss") || iequals(type, "atom");
  }

  std::string plain(std::string_view value) {
    std::string out;
    references_.append(out, value);
    return squeeze(out);
  }

  std::string title(std::string_view value) { return clipped(plain(value), longest_title); }

  std::string_view text_;
  XmlMarkup markup_;
  XmlText references_;
  std::size_t counted_ = 0;  // bytes whose lines were counted
  std::size_t line_ = 1;
  bool is_opml_ = false;
  bool has_ended_ = false;
  Opml out_;
};

/// On one line, without what XML forbids.
std::string written(const std::string& text) {
  std::string out;
  XmlText::append_plain(out, text);
  return squeeze(out);
}

std::string attribute(std::string_view name, const std::string& value) {
  return ' ' + std::string(name) + "=\"" + escape_html(written(value)) + '"';
}

}  // namespace

Result<Opml, std::string> read_opml(std::string_view body) {
  const auto text = decode_xml(body);
  return OpmlReader(text).read();
}

std::string write_opml(const Opml& opml) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>" +
      escape_html(written(opml.title)) + "</title></head>\n<body>\n";
  for (const auto& feed : opml.feeds) {
    out += "<outline type=\"rss\"" + attribute("text", feed.title) +
           attribute("title", feed.title) + attribute("xmlUrl", feed.url);
    if (!feed.site.empty()) out += attribute("htmlUrl", feed.site);
    out += "/>\n";
  }
  return out + "</body>\n</opml>\n";
}

}  // namespace tinwatch::parsers
