#include "core/url.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string>

namespace tinwatch {
namespace {

TEST(CanonicalUrl, NormalisesWhatMeansTheSame) {
  EXPECT_EQ(canonical_url("HTTP://Example.ORG:80/a/../b/./c?x=1#frag"),
            "http://example.org/b/c?x=1");
  EXPECT_EQ(canonical_url("https://example.org"), "https://example.org/");
  EXPECT_EQ(canonical_url("https://example.org./%7euser"), "https://example.org/~user");
  EXPECT_EQ(canonical_url("https://example.org/a?utm_source=x&id=7&fbclid=y"),
            "https://example.org/a?id=7");
  EXPECT_EQ(canonical_url(" https://example.org/tin tức\n"),
            "https://example.org/tin%20t%E1%BB%A9c");
}

TEST(CanonicalUrl, KnowsHostsAsDnsDoes) {
  EXPECT_EQ(canonical_url("http://bến-nước.example/a"), "http://xn--bn-nc-irb3813csga.example/a");
  EXPECT_EQ(canonical_url("http://B%E1%BA%BFN.example/"), canonical_url("http://bến.example/"));
  EXPECT_EQ(resolve_url("http://a.test/", "//faß.example/"), "http://xn--fa-hia.example/");
}

TEST(CanonicalUrl, ForgetsWhoTheReaderIs) {
  EXPECT_EQ(canonical_url("https://a.test/tin;jsessionid=1A2B?id=7"), "https://a.test/tin?id=7");
  EXPECT_EQ(canonical_url("https://a.test/muc;JSESSIONID=1A2B/tin"), "https://a.test/muc/tin");
  EXPECT_EQ(canonical_url("https://a.test/tin?PHPSESSID=abc&id=7"), "https://a.test/tin?id=7");
  EXPECT_EQ(canonical_url("https://a.test/tin;v=2"), "https://a.test/tin;v=2");
}

TEST(CanonicalUrl, RefusesWhatIsNoPage) {
  for (const auto* url :
       {"", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "http://",
        "http://user:pw@example.org/", "//example.org/", "/path", "http://example.org:0/",
        "http://a.test:b.test:80/", "http://a.test:80:90/", "http://a b.test/",
        "http://a.test%3A80/", "http://a.test%2Fb/", "http://a%22b.test/", "http://../",
        "http://a..test/", "http://.test/", "http://a.test../"})
    EXPECT_EQ(canonical_url(url), std::nullopt) << url;
  EXPECT_EQ(canonical_url("http://example.org/" + std::string(3000, 'a')), std::nullopt);
}

TEST(CanonicalUrl, ReadsItsOwnResultsTheSame) {
  for (const auto* url : {"http://[::1]:8080/a", "http://t%C3%B2a-so%E1%BA%A1n.test/",
                          "http://A%2eTest/%7ex?q=%20"}) {
    const auto once = canonical_url(url);
    ASSERT_TRUE(once) << url;
    EXPECT_EQ(canonical_url(*once), once);
    EXPECT_EQ(resolve_url("http://b.test/", *once), once);
  }
}

/// Addresses of pieces that mean something to one reading or the other, a seed each.
std::string invented_address(unsigned seed) {
  constexpr std::array<std::string_view, 42> pieces = {"/",
                                                       "a",
                                                       "B",
                                                       "7",
                                                       ".",
                                                       "..",
                                                       "-",
                                                       "_",
                                                       "~",
                                                       "?",
                                                       "=",
                                                       "&",
                                                       "+",
                                                       ",",
                                                       ":",
                                                       ";",
                                                       "@",
                                                       "%",
                                                       "20",
                                                       "41",
                                                       "#",
                                                       "//",
                                                       "/./",
                                                       "/../",
                                                       "!",
                                                       "'",
                                                       "(",
                                                       "*",
                                                       "é",
                                                       "\\",
                                                       " ",
                                                       "[",
                                                       "|",
                                                       "80",
                                                       ":443",
                                                       ":8080",
                                                       "utm_source=x",
                                                       "&fbclid=1",
                                                       "id=2",
                                                       "index.html",
                                                       ";jsessionid=1",
                                                       "$"};
  constexpr std::array<std::string_view, 13> begins = {"https://paper.vn",
                                                       "http://paper.vn",
                                                       "https://paper.vn:80",
                                                       "http://paper.vn:443",
                                                       "http://1.2.3.4:99999",
                                                       "https://paper.vn/",
                                                       "http://www.paper.com.vn/tin/",
                                                       "https://paper.vn:8443/",
                                                       "https://paper.vn:443/",
                                                       "HTTPS://paper.vn/",
                                                       "https://Paper.vn/",
                                                       "https://",
                                                       "http://a..b/"};
  std::mt19937 random(seed);
  std::string out(begins.at(random() % begins.size()));
  for (auto left = random() % 8; left > 0; --left) out += pieces.at(random() % pieces.size());
  return out;
}

TEST(CanonicalUrl, IsTheSameReadAtOnceAndReadClosely) {
  std::size_t read = 0;
  for (unsigned seed = 0; seed < 40'000; ++seed) {
    const auto address = invented_address(seed);
    // A blank in front, which is forgiven, has it read closely.
    const auto closely = canonical_url(' ' + address);
    EXPECT_EQ(canonical_url(address), closely) << address;
    read += closely ? 1 : 0;
  }
  EXPECT_GT(read, 20'000U);
}

TEST(ResolveUrl, IsTheSameReadAtOnceAndReadClosely) {
  std::size_t resolved = 0;
  for (unsigned seed = 0; seed < 20'000; ++seed) {
    const auto base = invented_address(seed);
    const auto target = invented_address(seed + 1'000'000);
    const auto path = target.substr(std::min(target.find('/', 9), target.size()));
    for (const auto& reference : {target, path}) {
      const auto closely = resolve_url(base, ' ' + reference);
      EXPECT_EQ(resolve_url(base, reference), closely) << base << " and " << reference;
      resolved += closely ? 1 : 0;
    }
  }
  EXPECT_GT(resolved, 10'000U);
}

TEST(ResolveUrl, FollowsRfc3986) {
  EXPECT_EQ(resolve_url("http://a.test/b/c?d", "../e"), "http://a.test/e");
  EXPECT_EQ(resolve_url("http://a.test/b/c", "//other.test/x"), "http://other.test/x");
  EXPECT_EQ(resolve_url("http://a.test/b/c", "?q=1"), "http://a.test/b/c?q=1");
  EXPECT_EQ(resolve_url("http://a.test/b/c", "mailto:x@a.test"), std::nullopt);
}

TEST(HostKey, HasThePortWhereItIsNotTheUsual) {
  EXPECT_EQ(host_key("http://Example.org/x"), "example.org");
  EXPECT_EQ(host_key("http://127.0.0.1:8391/"), "127.0.0.1:8391");
  EXPECT_EQ(host_key("nonsense"), "");
}

TEST(SameSite, KnowsSubdomains) {
  EXPECT_TRUE(same_site("https://www.example.org/", "https://example.org/a"));
  EXPECT_FALSE(same_site("https://badexample.org/", "https://example.org/"));
  EXPECT_FALSE(same_site("https://a.vn/", "https://b.vn/"));
}

}  // namespace
}  // namespace tinwatch
