#include "core/url.hpp"

#include <gtest/gtest.h>

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
