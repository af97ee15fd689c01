#include "article/rescue.hpp"

#include "core/text.hpp"
#include "page/text_block.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <deque>

namespace tinwatch::parsers {
namespace {

namespace json = boost::json;

constexpr std::size_t least_body = 200;   // bytes
constexpr std::size_t least_state = 600;  // bytes: shorter texts of a page's state are captions
constexpr std::size_t most_values = 200'000;
constexpr std::size_t deepest = 64;
constexpr std::size_t most_handed_over = 24;              // pieces of JSON in scripts
constexpr std::size_t longest_handed_over = 1024 * 1024;  // bytes
constexpr std::size_t most_titles = 5000;                 // values that are compared with the title
constexpr std::size_t least_paragraphs = 3;               // of a text among them

/// Paragraphs of a declared text: HTML, perhaps escaped once more, or plain with line breaks.
std::vector<Block> paragraphs_of(std::string_view declared) {
  std::string html(declared);
  if (html.find("&lt;p") != std::string::npos) html = plain_text(html);
  std::vector<Block> out;
  const auto add = [&](std::string text) {
    if (!text.empty()) out.push_back({BlockType::paragraph, std::move(text)});
  };
  if (html.find("<p") == std::string::npos && html.find("<br") == std::string::npos) {
    for (const auto line : split(html, '\n')) add(plain_text(line));
    return out;
  }
  const HtmlTree tree(html);
  const Dom dom(tree);
  for (const auto& block : read_blocks(dom, 0, {})) add(text_of(dom, block));
  return out;
}

/// The text of a list of content elements, as Arc and its like keep a story:
/// [{"type":"text","content":"..."}, ...].
std::string text_of_elements(const json::array& elements) {
  std::string out;
  for (const auto& element : elements) {
    if (!element.is_object()) return {};
    const auto* content = element.as_object().if_contains("content");
    if (content && content->is_string()) {
      out += "<p>";
      out += std::string_view(content->as_string());
      out += "</p>";
    }
  }
  return out;
}

/// Of the JSON that a script begins with.
struct StateText {
  std::string text;  ///< the longest among its values: HTML in one string, or content elements
  bool names_page = false;  ///< one of its values is the page's title
};

StateText longest_text(const Page& page, std::string_view script, bool ask_for_title) {
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = deepest;
  options.allow_invalid_utf8 = true;
  // Its values live and go together; small ones would cost more to account for than they hold.
  json::monotonic_resource memory;
  json::stream_parser parser(&memory, options);
  const auto whole = trim(script);
  parser.write_some(whole.data(), whole.size(), error);
  if (error || !parser.done()) return {};
  const auto root = parser.release();
  StateText out;
  auto& best = out.text;
  std::size_t strings = 0;
  std::deque<const json::value*> waiting{&root};
  for (std::size_t seen = 0; !waiting.empty() && seen < most_values; ++seen) {
    const auto* value = waiting.front();
    waiting.pop_front();
    if (value->is_string()) {
      const std::string_view text = value->as_string();
      if (text.size() > best.size() && text.find("<p") != std::string_view::npos) best = text;
      if (ask_for_title && !out.names_page && ++strings <= most_titles) {
        page.dom.step();
        out.names_page = page.is_called(text);
      }
    } else if (value->is_array()) {
      if (auto text = text_of_elements(value->as_array()); text.size() > best.size())
        best = std::move(text);
      for (const auto& inner : value->as_array()) waiting.push_back(&inner);
    } else if (value->is_object()) {
      for (const auto& [name, inner] : value->as_object()) waiting.push_back(&inner);
    }
  }
  return out;
}

std::size_t size_of(const std::vector<Block>& blocks) {
  std::size_t out = 0;
  for (const auto& block : blocks) out += block.text.size();
  return out;
}

/// Where JSON may begin that scripts hand over, with all of its script behind it.
std::vector<std::string_view> handed_over(std::string_view html) {
  constexpr std::string_view start = "<script";
  std::vector<std::string_view> out;
  for (auto at = html.find(start); at != html.npos && out.size() < most_handed_over;) {
    const auto end = std::min(html.find("</script", at), html.size());
    const auto script = html.substr(at, end - at);
    at = html.find(start, end);
    if (script.size() < least_state) continue;
    for (auto next = script.find_first_of("=(");
         next < script.size() && out.size() < most_handed_over;
         next = script.find_first_of("=(", next + 1)) {
      const auto value = script.find_first_not_of(' ', next + 1);
      if (value >= script.size() || script.size() - value < least_state) break;
      if (script[value] != '{' && script[value] != '[') continue;
      const auto inside = script.find_first_not_of(" \n", value + 1);
      if (inside >= script.size()) break;
      const char first = script[inside];
      const bool json = first == '"' || first == '{' || first == '[' || is_digit(first);
      if (json) out.push_back(script.substr(value, longest_handed_over));
    }
  }
  return out;
}

}  // namespace

Rescue rescue_body(const Page& page, const Unprinted& kept, std::size_t shown, bool is_told) {
  const auto& ld = kept.ld;
  if (ld.body.size() >= least_body && shown * 2 < ld.body.size()) {
    auto body = paragraphs_of(ld.body);
    if (size_of(body) > shown * 2) return {std::move(body), "json-ld"};
  }
  // A page that shows any text is not one that only scripts fill.
  if (shown >= least_body || !is_told) return {};
  if (!ld.type.empty())
    for (const auto& script : kept.state) {
      if (script.size() < least_state) continue;
      auto body = paragraphs_of(longest_text(page, script, /*ask_for_title=*/false).text);
      if (size_of(body) >= least_state) return {std::move(body), "heuristic"};
    }
  // What scripts are handed is of all kinds: what names the page is about it.
  for (const auto script : handed_over(kept.html)) {
    const auto state = longest_text(page, script, /*ask_for_title=*/true);
    if (!state.names_page) continue;
    auto body = paragraphs_of(state.text);
    if (body.size() >= least_paragraphs && size_of(body) >= least_state)
      return {std::move(body), "heuristic"};
  }
  return {};
}

}  // namespace tinwatch::parsers
