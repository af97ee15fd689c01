#include "fetchers/address_guard.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace tinwatch::fetchers {
namespace {

bool allowed(const std::string& address, const std::vector<std::string>& networks = {}) {
  std::vector<Network> list;
  for (const auto& text : networks) list.push_back(parse_network(text).value());
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    return may_connect(reinterpret_cast<const sockaddr&>(v4), list);
  }
  EXPECT_EQ(inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr), 1) << address;
  v6.sin6_family = AF_INET6;
  return may_connect(reinterpret_cast<const sockaddr&>(v6), list);
}

TEST(MayConnect, OnlyToThePublicInternet) {
  for (const auto* address : {"8.8.8.8", "103.1.2.3", "2a00:1450::1"})
    EXPECT_TRUE(allowed(address)) << address;
  for (const auto* address : {"127.0.0.1",
                              "10.1.2.3",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.168.1.1",
                              "169.254.169.254",
                              "100.64.0.1",
                              "0.0.0.0",
                              "224.0.0.1",
                              "255.255.255.255",
                              "198.18.0.1",
                              "192.0.2.1",
                              "203.0.113.9",
                              "::1",
                              "::",
                              "fe80::1",
                              "fc00::1",
                              "fd00:ec2::254",
                              "ff02::1",
                              "::ffff:127.0.0.1",
                              "::ffff:10.0.0.1",
                              "64:ff9b::7f00:1",
                              "64:ff9b::a9fe:a9fe",
                              "2002:7f00:1::1",
                              "2001:db8::1"})
    EXPECT_FALSE(allowed(address)) << address;
}

TEST(MayConnect, ToWhatTheOperatorNames) {
  EXPECT_TRUE(allowed("127.0.0.1", {"127.0.0.0/8"}));
  EXPECT_TRUE(allowed("::1", {"::1/128"}));
  EXPECT_FALSE(allowed("10.0.0.1", {"127.0.0.0/8"}));
  EXPECT_TRUE(allowed("10.1.2.3", {"10.1.2.3"}));
  EXPECT_FALSE(allowed("10.1.2.4", {"10.1.2.3"}));
  EXPECT_TRUE(allowed("172.20.15.1", {"172.20.8.0/21"}));
  EXPECT_FALSE(allowed("172.20.16.1", {"172.20.8.0/21"}));
}

TEST(MayConnect, NeverToCloudMetadata) {
  EXPECT_FALSE(allowed("169.254.169.254", {"0.0.0.0/0"}));
  EXPECT_FALSE(allowed("fd00:ec2::254", {"::/0"}));
  EXPECT_FALSE(allowed("::ffff:169.254.169.254", {"::/0"}));
}

TEST(ParseNetwork, RefusesNonsense) {
  for (const auto* text :
       {"", "loopback", "127.0.0.1/33", "::/129", "1.2.3/8", "127.0.0.0/x", "127.0.0.0/"})
    EXPECT_FALSE(parse_network(text)) << text;
}

}  // namespace
}  // namespace tinwatch::fetchers
