#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// A feed or a sitemap as UTF-8 without a byte order mark: decoded as pages are, where the XML
/// declaration says what a page's header would; without one the header of the answer counts (RFC
/// 7303 has it the other way round, but servers know less than authors).
[[nodiscard]] std::string decode_xml(std::string_view body, std::string_view content_type = {});

/// Text of XML in plain: with references resolved and without what XML forbids.
class XmlText {
 public:
  /// Appends `text` to `out`. A reference that XML and HTML 4 do not know stays as it is.
  void append(std::string& out, std::string_view text);
  /// The same for text without references, such as that of a CDATA section.
  static void append_plain(std::string& out, std::string_view text);

 private:
  void append_reference(std::string& out, std::string_view text, std::size_t& at);
  unsigned entity_value(std::string_view name);

  std::map<std::string, unsigned, std::less<>> values_;
};

/// Where the markup that is no element ends: a comment, a CDATA section, an instruction, a
/// DOCTYPE; `text` begins with its `<`. One that does not end is passed over to its `>`, if it has
/// one. Keeps what was not found, so that asking often stays linear.
class XmlMarkup {
 public:
  [[nodiscard]] static bool is_any(std::string_view text);
  /// Bytes up to behind its end.
  [[nodiscard]] std::size_t size(std::string_view text);
  [[nodiscard]] static bool is_cdata(std::string_view text) {
    return text.starts_with("<![CDATA[");
  }
  /// Of a CDATA section of `size` bytes.
  [[nodiscard]] static std::string_view cdata(std::string_view text, std::size_t size);
  /// Whether one had no end.
  [[nodiscard]] bool open() const { return open_; }

 private:
  std::size_t behind(std::string_view end, std::string_view text, std::size_t from, bool& none);
  bool no_comment_end_ = false;
  bool no_cdata_end_ = false;
  bool no_instruction_end_ = false;
  bool open_ = false;
};

}  // namespace tinwatch::parsers
