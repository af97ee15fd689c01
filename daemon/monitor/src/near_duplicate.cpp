#include "monitor/near_duplicate.hpp"

#include "core/text.hpp"

#include <limits>
#include <vector>

namespace tinwatch::monitor {
namespace {

constexpr std::size_t shingle_words = 4;
constexpr std::size_t fewest_words = 60;
constexpr std::uint32_t empty = std::numeric_limits<std::uint32_t>::max();

/// The finaliser of SplitMix64: every bit of the input moves every bit of the output.
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31U);
}

/// The letters of Latin scripts without case and marks, by code point; 0: no letter. Others stand
/// for themselves.
class Letters {
 public:
  Letters() {
    for (char32_t c = 0; c < size; ++c) table_[c] = is_in_words(c) ? folded(c) : 0;
    for (char32_t c = 0xc0; c < 0x250; ++c) table_[c] = folded(c);
    for (char32_t c = 0x1e00; c < size; ++c) table_[c] = folded(c);
  }
  [[nodiscard]] char32_t of(char32_t c) const {
    if (c < size) return table_[c];
    // General punctuation and the symbols above it.
    return c >= 0x2000 && c < 0x2c00 ? 0 : c;
  }

 private:
  static constexpr char32_t size = 0x1f00;
  static bool is_in_words(char32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= 0x250 && c < 0x1e00);
  }
  static char32_t folded(char32_t c) {
    std::string text;
    append_utf8(text, c);
    const auto out = fold_marks(text);
    std::size_t at = 0;
    return out.empty() ? 0 : next_code_point(out, at);
  }
  std::array<char32_t, size> table_{};
};

/// A hash of each word of the text.
std::vector<std::uint64_t> word_hashes(std::string_view text) {
  static const Letters letters;
  constexpr std::uint64_t start = 0xcbf29ce484222325ULL;  // FNV-1a
  std::vector<std::uint64_t> out;
  std::uint64_t hash = start;
  for (std::size_t at = 0; at < text.size();) {
    const auto letter = letters.of(next_code_point(text, at));
    if (letter != 0) {
      hash = (hash ^ letter) * 0x100000001b3ULL;
    } else if (hash != start) {
      out.push_back(hash);
      hash = start;
    }
  }
  if (hash != start) out.push_back(hash);
  return out;
}

/// An empty bin takes the value of the next one that is not, changed by the distance.
void fill_empty_bins(std::array<std::uint32_t, Signature::lanes>& values) {
  const auto sparse = values;
  for (std::size_t i = 0; i < values.size(); ++i)
    for (std::size_t step = 1; values[i] == empty && step < values.size(); ++step) {
      const auto value = sparse[(i + step) % values.size()];
      if (value != empty) values[i] = value + static_cast<std::uint32_t>(step * 0x9e3779b1U);
    }
}

}  // namespace

std::array<std::int64_t, Signature::bands> Signature::band_keys() const {
  std::array<std::int64_t, bands> out{};
  constexpr std::size_t rows = lanes / bands;
  for (std::size_t band = 0; band < bands; ++band) {
    std::uint64_t key = band + 1;
    for (std::size_t row = 0; row < rows; ++row) key = mix(key ^ mix(values[band * rows + row]));
    out[band] = static_cast<std::int64_t>(key);
  }
  return out;
}

std::string Signature::bytes() const {
  std::string out;
  for (const auto value : values)
    for (unsigned shift = 0; shift < 32; shift += 8)
      out += static_cast<char>(static_cast<unsigned char>(value >> shift));
  return out;
}

std::optional<Signature> signature_of(const ArticleRecord& record) {
  const auto words = word_hashes(record.article_body());
  if (words.size() < fewest_words) return std::nullopt;
  Signature out;
  out.values.fill(empty);
  for (std::size_t i = 0; i + shingle_words <= words.size(); ++i) {
    std::uint64_t shingle = 0;
    for (std::size_t k = 0; k < shingle_words; ++k) shingle = mix(shingle + words[i + k]);
    auto& lane = out.values[shingle >> 59U];
    lane = std::min(lane, static_cast<std::uint32_t>(shingle));
  }
  fill_empty_bins(out.values);
  return out;
}

double likeness(std::string_view a, std::string_view b) {
  constexpr std::size_t width = sizeof(std::uint32_t);
  if (a.size() != Signature::lanes * width || b.size() != a.size()) return 0;
  int equal = 0;
  for (std::size_t at = 0; at < a.size(); at += width)
    equal += a.substr(at, width) == b.substr(at, width) ? 1 : 0;
  return static_cast<double>(equal) / static_cast<double>(Signature::lanes);
}

}  // namespace tinwatch::monitor
