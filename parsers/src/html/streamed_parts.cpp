#include "html/streamed_parts.hpp"

#include "html/attributes.hpp"

#include <algorithm>
#include <cstddef>
#include <unordered_map>
#include <vector>

namespace tinwatch::parsers {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view part_start = R"(<div hidden id=")";
constexpr std::string_view place_start = R"(<template id=")";
constexpr std::string_view place_end = "</template>";
constexpr std::string_view box_end = "</div>";
constexpr std::string_view late_start = "<!--$";  // something late, which stands in for it
constexpr std::string_view late_end = "<!--/$-->";
constexpr std::size_t most_parts = 1000;
constexpr std::size_t most_strays = 20;           // boxes like them that nothing moves
constexpr std::size_t longest_id = 64;            // bytes
constexpr std::size_t longest_stand_in = 16'384;  // bytes
constexpr std::size_t most_stand_in_looks = 10;

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A hidden box with what came late.
struct Part {
  Range whole;
  Range inside;
  std::string_view number;  ///< in its id, and in that of its place
  bool placed = false;
};

/// The id behind `start`, and where the quotation mark behind it stands.
std::string_view id_at(std::string_view html, std::size_t at) {
  const auto end = html.substr(at, longest_id).find('"');
  return end == npos ? std::string_view() : html.substr(at, end);
}

/// Where the box ends whose start tag ends at `at`; npos where it does not.
std::size_t box_end_of(std::string_view html, std::size_t at) {
  std::size_t depth = 1;
  for (at = html.find('<', at); at != npos; at = html.find('<', at + 1)) {
    const auto here = html.substr(at);
    if (here.starts_with(box_end)) {
      if (--depth == 0) return at;
    } else if (here.starts_with("<div") && here.size() > 4 && ends_name(here[4])) {
      ++depth;
    } else if (here.starts_with("<script")) {
      at = html.find("</script", at);
      if (at == npos) return npos;
    }
  }
  return npos;
}

class Page {
 public:
  explicit Page(std::string_view html) : html_(html) {
    find_parts();
    if (!parts_.empty()) find_places();
  }

  std::string put_together() {
    std::string out;
    out.reserve(html_.size());
    std::vector<Range> open = {{0, html_.size()}};
    while (!open.empty()) {
      auto& here = open.back();
      const auto next = std::lower_bound(stops_.begin(), stops_.end(), here.begin,
                                         [](const Stop& one, auto at) { return one.at < at; });
      const bool stops = next != stops_.end() && next->at < here.end;
      const auto to = stops ? next->at : here.end;
      out.append(html_.substr(here.begin, to - here.begin));
      if (!stops) {
        open.pop_back();
        continue;
      }
      auto& part = parts_[next->part];
      here.begin = std::min(next->behind, here.end);
      if (next->is_place && !part.placed) {
        part.placed = true;
        open.push_back(part.inside);
      }
    }
    return out;
  }

 private:
  /// A part, which is left out, or the place where it is to stand.
  struct Stop {
    std::size_t at = 0;
    std::size_t behind = 0;
    std::size_t part = 0;
    bool is_place = false;
  };

  void find_parts() {
    std::size_t strays = 0;
    for (auto at = html_.find(part_start);
         at != npos && parts_.size() < most_parts && strays < most_strays;) {
      const auto id = id_at(html_, at + part_start.size());
      const auto inside = html_.find('>', at);
      auto behind = inside;
      if (id.starts_with("S:") && inside != npos) {
        const auto end = box_end_of(html_, inside);
        if (end == npos) return;  // the page ends before its box
        parts_.push_back({{at, end + box_end.size()}, {inside + 1, end}, id.substr(2)});
        behind = end;
      }
      if (behind == npos) return;
      strays += behind == inside ? 1 : 0;
      at = html_.find(part_start, behind);
    }
  }

  void find_places() {
    std::unordered_map<std::string_view, std::size_t> wanted;
    for (std::size_t n = 0; n < parts_.size(); ++n) wanted.emplace(parts_[n].number, n);
    for (auto at = html_.find(place_start); at != npos; at = html_.find(place_start, at + 1)) {
      const auto id = id_at(html_, at + place_start.size());
      const bool late = id.starts_with("B:");
      if (!late && !id.starts_with("P:")) continue;
      const auto found = wanted.find(id.substr(2));
      if (found == wanted.end()) continue;
      const auto end = html_.find(place_end, at);
      if (end == npos) break;
      const auto n = found->second;
      wanted.erase(found);
      const auto& whole = parts_[n].whole;
      if (at >= whole.begin && at < whole.end) continue;
      const auto behind = end + place_end.size();
      stops_.push_back({at, late ? behind_stand_in(behind) : behind, n, true});
      stops_.push_back({whole.begin, whole.end, n, false});
    }
    std::sort(stops_.begin(), stops_.end(), [](auto& a, auto& b) { return a.at < b.at; });
  }

  /// What is shown while the part is late ends with the comment that ends its place.
  [[nodiscard]] std::size_t behind_stand_in(std::size_t from) const {
    const auto window = html_.substr(from, longest_stand_in);
    std::size_t at = 0;
    for (std::size_t looks = 0, depth = 1; looks < most_stand_in_looks; ++looks) {
      const auto end = window.find(late_end, at);
      if (end == npos) return from;
      const auto start = window.substr(0, end).find(late_start, at);
      depth = start == npos ? depth - 1 : depth + 1;
      if (depth == 0) return from + end;
      at = start == npos ? end + late_end.size() : start + late_start.size();
    }
    return from;
  }

  std::string_view html_;
  std::vector<Part> parts_;
  std::vector<Stop> stops_;
};

}  // namespace

bool is_sent_in_parts(std::string_view html) { return html.find(R"(<div hidden id="S:)") != npos; }

std::string parts_in_place(std::string_view html) { return Page(html).put_together(); }

}  // namespace tinwatch::parsers
