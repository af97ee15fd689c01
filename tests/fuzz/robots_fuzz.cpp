#include "core/robots.hpp"
#include "support/robots_model.hpp"

#include <array>

namespace {

/// Bytes hardly ever make a rule by chance; words of one often do.
std::string in_words(std::string_view bytes) {
  constexpr std::array<std::string_view, 24> words = {"\n",
                                                      "\r\n",
                                                      "User-agent: ",
                                                      "tinwatch",
                                                      "other",
                                                      "*",
                                                      "Disallow: /",
                                                      "Allow: /",
                                                      "/",
                                                      "a",
                                                      "b",
                                                      "$",
                                                      "%61",
                                                      "%2f",
                                                      "%",
                                                      "\xC4\x91",
                                                      "?",
                                                      "disallow ",
                                                      "crawl-delay: 1.5\n",
                                                      "#",
                                                      " ",
                                                      ":",
                                                      "Sitemap: ",
                                                      "**"};
  std::string out;
  for (const char c : bytes) out += words[static_cast<unsigned char>(c) % words.size()];
  return out;
}

}  // namespace

/// The first line is a path, the rest a robots.txt; what it says is what the plain model says. A
/// first byte with its lowest bit set turns the rest into words.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  if ((data[0] & 1U) != 0) bytes = in_words(bytes);
  const auto end = bytes.find('\n');
  // Long ones take the model, which is quadratic, minutes.
  const auto path = bytes.substr(0, std::min<std::size_t>(end, 300));
  const auto text = end == std::string::npos ? "" : bytes.substr(end + 1);
  const auto robots = tinwatch::Robots::parse(text, "tinwatch");
  if (!robots.allows("/robots.txt")) __builtin_trap();
  const bool allowed = robots.allows(path);
  if (robots.sitemaps().size() > 100) __builtin_trap();
  if (text.size() > 8000 || robots.most_steps(path) > tinwatch::Robots::step_limit) return 0;
  if (allowed != tinwatch::test::RobotsModel(text, "tinwatch").allows(path)) __builtin_trap();
  // A group for somebody else changes nothing for us; without a rule before it, it would be ours.
  const auto more = text + "\nCrawl-delay: 1\nUser-agent: other\nDisallow: /\nAllow: /\n";
  if (allowed != tinwatch::Robots::parse(more, "tinwatch").allows(path)) __builtin_trap();
  return 0;
}
