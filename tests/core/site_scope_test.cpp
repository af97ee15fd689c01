#include "core/site_scope.hpp"

#include <gtest/gtest.h>

namespace tinwatch {
namespace {

using Texts = std::vector<std::string>;

SiteScope scope(const Texts& starts, const Texts& hosts = {}) {
  return SiteScope::make(starts, hosts).value();
}

TEST(RegistrableDomain, IsWhatSomebodyRegistered) {
  EXPECT_EQ(registrable_domain("the-thao.bao.com.vn"), "bao.com.vn");
  EXPECT_EQ(registrable_domain("bao.test"), "bao.test");
  EXPECT_EQ(registrable_domain("www.paper.co.uk"), "paper.co.uk");
  for (const auto* none : {"com.vn", "co.uk", "127.0.0.1", "[::1]", "localhost", "a.localhost", ""})
    EXPECT_EQ(registrable_domain(none), "") << none;
}

TEST(SiteScope, HoldsTheRegistrableDomainOfAStartPage) {
  const auto own = scope({"https://www.bao.com.vn/"});
  for (const auto* url : {"https://bao.com.vn/a", "http://the-thao.bao.com.vn/",
                          "http://bao.com.vn:443/", "https://bao.com.vn:80/x"})
    EXPECT_TRUE(own.holds(url)) << url;
  for (const auto* url : {"https://khac.com.vn/", "https://com.vn/", "https://xbao.com.vn/",
                          "https://bao.com.vn:22/", "https://bao.com.vn.khac.test/",
                          "https://bao.com.vn:8080/", "ftp://bao.com.vn/", "nonsense"})
    EXPECT_FALSE(own.holds(url)) << url;
}

TEST(SiteScope, HoldsTheStartsOwnPort) {
  const auto own = scope({"http://bao.test:8080/"});
  EXPECT_TRUE(own.holds("http://tin.bao.test:8080/a"));
  EXPECT_TRUE(own.holds("https://bao.test/a"));
  EXPECT_FALSE(own.holds("http://bao.test:8081/a"));
}

TEST(SiteScope, HoldsOfAddressesAndLocalhostTheSameHostAndPort) {
  const auto own = scope({"http://127.0.0.1:8080/", "http://localhost:81/", "http://[::1]/"});
  for (const auto* url : {"http://127.0.0.1:8080/a", "http://localhost:81/", "http://[::1]:80/"})
    EXPECT_TRUE(own.holds(url)) << url;
  for (const auto* url : {"http://127.0.0.1/", "http://127.0.0.1:81/", "http://127.0.0.2:8080/",
                          "http://a.localhost:81/", "http://[::1]:8080/"})
    EXPECT_FALSE(own.holds(url)) << url;
}

TEST(SiteScope, HoldsWhatTheConfigurationAdds) {
  const auto wide =
      scope({"https://bao.test/"}, {"Anh.Khac.test", "127.0.0.2:8080", "api.test:81"});
  for (const auto* url : {"https://anh.khac.test/", "https://x.anh.khac.test/",
                          "http://127.0.0.2:8080/", "http://api.test:81/"})
    EXPECT_TRUE(wide.holds(url)) << url;
  for (const auto* url : {"https://khac.test/", "http://127.0.0.2/", "http://127.0.0.3:8080/",
                          "http://api.test/", "http://anh.khac.test:81/"})
    EXPECT_FALSE(wide.holds(url)) << url;
}

TEST(SiteScope, HoldsEveryHostWhereTheConfigurationSaysSo) {
  const auto any = scope({"http://127.0.0.1:8080/"}, {"*"});
  EXPECT_TRUE(any.holds("https://khac.test/"));
  EXPECT_TRUE(any.holds("http://127.0.0.1:8080/"));
  EXPECT_FALSE(any.holds("https://khac.test:22/"));
}

TEST(SiteScope, NamesAnEntryThatIsNoHost) {
  for (const auto* bad : {"", "https://bao.test/", "bao.test/tin", "a b", "u@bao.test",
                          "bao.test:x", "*.bao.test?", ":80"}) {
    const auto made = SiteScope::make({}, {bad});
    ASSERT_FALSE(made.has_value()) << bad;
    EXPECT_NE(made.error().find(bad), std::string::npos);
  }
}

}  // namespace
}  // namespace tinwatch
