#include "cookie_jar.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <map>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::fetchers {
namespace {

/// Of a line of the Netscape cookie file, which is how curl tells its cookies: domain, whether
/// sub-domains count, path, whether https only, when it expires, name, value.
constexpr std::size_t expiry_field = 4;
constexpr std::size_t fields = 7;
constexpr std::string_view long_ago = "1";

/// The cookies by domain, each domain's oldest first; without those that have been let go.
using ByDomain = std::map<std::string_view, std::vector<std::string_view>>;

/// `#HttpOnly_.example.org`, as its line may begin, is the domain example.org.
std::string_view domain_of(std::string_view first_field) {
  constexpr std::string_view http_only = "#HttpOnly_";
  if (first_field.starts_with(http_only)) first_field.remove_prefix(http_only.size());
  if (first_field.starts_with('.')) first_field.remove_prefix(1);
  return first_field;
}

ByDomain by_domain(const curl_slist* lines) {
  ByDomain out;
  for (; lines; lines = lines->next) {
    const std::string_view line(lines->data);
    const auto parts = split(line, '\t');
    if (parts.size() > expiry_field && parts[expiry_field] == long_ago) continue;
    out[domain_of(parts.front())].push_back(line);
  }
  return out;
}

/// How many each domain keeps: fewer than 50 where there are many domains.
std::size_t allowance(const ByDomain& domains) {
  for (auto each = CookieJar::most_of_a_domain; each > 0; each /= 2) {
    std::size_t total = 0;
    for (const auto& [domain, lines] : domains) total += std::min(lines.size(), each);
    if (total <= CookieJar::most) return each;
  }
  return 0;
}

/// The same cookie, as one that has expired; empty for a line that does not read as it was written.
std::string expired(std::string_view line) {
  auto parts = split(line, '\t');
  if (parts.size() != fields) return {};
  parts[expiry_field] = long_ago;
  parts.back() = "x";
  std::string out;
  for (const auto part : parts) out.append(out.empty() ? "" : "\t").append(part);
  return out;
}

}  // namespace

CookieJar::CookieJar() : share_(curl_share_init()) {
  if (!share_) throw std::bad_alloc();
  curl_share_setopt(share_.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
}

void CookieJar::attach(CURL* easy) const {
  curl_easy_setopt(easy, CURLOPT_SHARE, share_.get());
  curl_easy_setopt(easy, CURLOPT_COOKIEFILE, "");  // turns cookies on; there is no file
}

EasyHandle CookieJar::opened() const {
  EasyHandle easy(curl_easy_init());
  if (!easy) throw std::bad_alloc();
  attach(easy.get());
  return easy;
}

HeaderList CookieJar::lines() const {
  curl_slist* lines = nullptr;
  curl_easy_getinfo(opened().get(), CURLINFO_COOKIELIST, &lines);
  return HeaderList(lines);
}

/// Curl drops a cookie when one of its name arrives that has expired.
void CookieJar::let_go(const std::vector<std::string_view>& lines) const {
  constexpr std::size_t most_a_handle = 50;  // more curl ignores without a word
  EasyHandle easy;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i % most_a_handle == 0) easy = opened();
    curl_easy_setopt(easy.get(), CURLOPT_COOKIELIST, expired(lines[i]).c_str());
  }
}

void CookieJar::trim(std::size_t set) {
  new_ += set;
  if (new_ < std::max(most_of_a_domain, kept_ / 4)) return;
  const auto all = lines();
  const auto domains = by_domain(all.get());
  const auto each = allowance(domains);
  std::vector<std::string_view> surplus;
  new_ = kept_ = 0;
  for (const auto& [domain, cookies] : domains) {
    const auto stay = std::min(cookies.size(), each);
    surplus.insert(surplus.end(), cookies.begin(),
                   cookies.end() - static_cast<std::ptrdiff_t>(stay));
    kept_ += stay;
  }
  if (surplus.empty()) return;
  let_go(surplus);
  // What does not go one by one, because its line does not read as it was written, goes with all.
  const auto left = lines();
  for (const auto& [domain, cookies] : by_domain(left.get())) {
    if (cookies.size() <= each) continue;
    curl_easy_setopt(opened().get(), CURLOPT_COOKIELIST, "ALL");
    kept_ = 0;
    return;
  }
}

}  // namespace tinwatch::fetchers
