#include "config/config.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace tinwatch::config {
namespace {

/// The `http` section.
class HttpTest : public testing::Test {
 protected:
  Result<Config, Faults> read(const std::string& http) {
    std::ofstream(file) << "http: {" << http << "}\n";
    return load(file);
  }
  /// Without its place; empty: the section is good.
  std::string fault(const std::string& http) {
    const auto config = read(http);
    if (config) return {};
    EXPECT_EQ(config.error().size(), 1U) << http;
    const auto& text = config.error().front();
    return text.substr(text.find("http: ") + 6);
  }
  std::string warnings(const std::string& http) {
    std::string out;
    const auto config = read(http);
    if (!config) return config.error().front();
    for (const auto& one : config->warnings) out += one + '\n';
    return out;
  }

  test::TempDir folder;
  std::string file = folder / "t.yaml";
};

TEST_F(HttpTest, LoopbackNeedsNothing) {
  for (const auto* listen :
       {"127.0.0.1:8390", "127.0.0.2:1", "[::1]:8390", "localhost:8390", "127.255.255.254:65535"}) {
    EXPECT_EQ(fault("listen: ['" + std::string(listen) + "']"), "") << listen;
    EXPECT_TRUE(is_loopback_listener(listen)) << listen;
  }
}

TEST_F(HttpTest, ElsewhereAProxyMustSpeakTls) {
  for (const auto* listen : {"0.0.0.0:8390", "[::]:8390", "192.168.1.5:80", "[2001:db8::1]:443",
                             "128.0.0.1:1", "[::ffff:10.0.0.1]:80"}) {
    EXPECT_FALSE(is_loopback_listener(listen)) << listen;
    const auto found = fault("listen: ['" + std::string(listen) + "']");
    EXPECT_EQ(found.substr(0, 9), "listen: '") << listen;
    EXPECT_NE(found.find("behind_proxy: true"), std::string::npos) << found;
    EXPECT_EQ(fault("behind_proxy: true, listen: ['" + std::string(listen) + "']"), "") << listen;
  }
  EXPECT_NE(fault("listen: ['127.0.0.1:1', '0.0.0.0:2']"), "") << "one of several is enough";
}

TEST_F(HttpTest, WhatIsNoAddressIsNoListener) {
  for (const auto* listen :
       {"8390", "", ":8390", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "127.0.0.1:-1",
        "127.0.0.1:1x", "example.org:80", "127.0.0.1/8:80", "::1:80", "[127.0.0.1]:80", "[::1:80",
        "127.0.0.1.evil.example:80", "127.1:80"}) {
    EXPECT_FALSE(is_loopback_listener(listen)) << listen;
    EXPECT_NE(fault("behind_proxy: true, listen: ['" + std::string(listen) + "']")
                  .find("an address with"),
              std::string::npos)
        << listen;
  }
}

TEST_F(HttpTest, OnlyANamedProxyMayNameWhoAsks) {
  const auto config = read(
      "trusted_proxies: [10.0.0.1, 'fd00::/64'], proxy_user_header: X-Remote-User, "
      "proxy_user_scopes: [read, feed]");
  ASSERT_TRUE(config) << config.error().front();
  EXPECT_EQ(config->http.trusted_proxies.size(), 2U);
  EXPECT_EQ(config->http.proxy_user_header, "x-remote-user");
  EXPECT_EQ(config->http.proxy_user_scopes, (Scopes{Scope::read, Scope::feed}));
  EXPECT_NE(fault("proxy_user_header: X-Remote-User").find("without trusted_proxies"),
            std::string::npos);
  for (const auto* wide : {"0.0.0.0/0", "::/0", "10.0.0.0/7"})
    EXPECT_NE(fault("trusted_proxies: ['" + std::string(wide) + "']").find("wider than"),
              std::string::npos)
        << wide;
  EXPECT_NE(fault("trusted_proxies: [proxy.example]").find("no address range"), std::string::npos);
  for (const auto* header : {"Authorization", "cookie", "Host", "X-Forwarded-For", "a b", "a:b"})
    EXPECT_NE(fault("trusted_proxies: [10.0.0.1], proxy_user_header: '" + std::string(header) + "'")
                  .find("a header of the proxy's own"),
              std::string::npos)
        << header;
  EXPECT_NE(fault("proxy_user_scopes: [read, all]").find("'all' is none of"), std::string::npos);
}

TEST_F(HttpTest, AProxyOnThisMachineLetsNobodyInAsOfThisMachine) {
  for (const std::string open :
       {"", ", listen: ['127.0.0.1:1', '[::1]:1']", ", trusted_proxies: [127.0.0.1]",
        ", trusted_proxies: [10.0.0.1], proxy_user_header: X-User",
        ", trusted_proxies: [127.0.0.1], proxy_user_header: X-User, listen: ['[::1]:1']"}) {
    const auto found = fault("behind_proxy: true" + open);
    EXPECT_NE(found.find("require_token: true"), std::string::npos) << open << found;
    EXPECT_EQ(fault("behind_proxy: true, require_token: true" + open), "") << open;
  }
  for (const std::string named : {"[127.0.0.1]", "[127.0.0.0/8]"})
    EXPECT_EQ(fault("behind_proxy: true, proxy_user_header: X-User, trusted_proxies: " + named), "")
        << named;
  EXPECT_EQ(fault("behind_proxy: true, proxy_user_header: X-User, trusted_proxies: ['::1'], "
                  "listen: ['[::1]:1']"),
            "");
}

TEST_F(HttpTest, WarnsOfAProxyThatNobodyCanUse) {
  EXPECT_EQ(warnings("require_token: true"), "");
  const auto found = warnings("behind_proxy: true, require_token: true");
  EXPECT_NE(found.find("as external_url"), std::string::npos) << found;
  EXPECT_NE(found.find("in trusted_proxies"), std::string::npos) << found;
  EXPECT_EQ(
      warnings("behind_proxy: true, require_token: true, external_url: 'https://news.example/', "
               "trusted_proxies: [127.0.0.1]"),
      "");
}

}  // namespace
}  // namespace tinwatch::config
