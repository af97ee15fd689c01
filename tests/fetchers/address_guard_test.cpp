#include "fetchers/address_guard.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace tinwatch::fetchers {
namespace {

bool allowed(const std::string& address, const std::vector<std::string>& networks = {},
             bool named_alone = false) {
  std::vector<Network> list;
  for (const auto& text : networks) list.push_back(parse_network(text).value());
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    return may_connect(reinterpret_cast<const sockaddr&>(v4), list, named_alone);
  }
  EXPECT_EQ(inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr), 1) << address;
  v6.sin6_family = AF_INET6;
  return may_connect(reinterpret_cast<const sockaddr&>(v6), list, named_alone);
}

TEST(MayConnect, ToThePublicInternet) {
  for (const auto* address :
       {"1.1.1.1", "8.8.8.8", "103.1.2.3", "223.255.255.255", "126.255.255.255", "128.0.0.1",
        "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1", "192.0.1.1",
        "198.17.255.255", "198.20.0.1",
        // Blocks that the registry calls globally reachable.
        "192.31.196.1", "192.52.193.1", "192.175.48.1", "2620:4f:8000::1", "2001:200::1",
        "2001:4860:4860::8888", "2400::1", "2606:4700::1", "2a00:1450::1", "3ffe:ffff::1",
        "3fff:1000::1",
        // IPv4 inside: mapped, NAT64, 6to4, ISATAP.
        "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1", "2a00::200:5efe:8.8.8.8"})
    EXPECT_TRUE(allowed(address)) << address;
}

TEST(MayConnect, ToNoSpecialIPv4Block) {
  for (const auto* address :
       {"0.0.0.0",         "0.255.255.255",  "10.0.0.0",        "10.255.255.255", "100.64.0.0",
        "100.127.255.255", "127.0.0.1",      "127.255.255.255", "169.254.0.1",    "169.254.169.254",
        "172.16.0.0",      "172.31.255.255", "192.0.0.0",       "192.0.0.8",      "192.0.0.170",
        "192.0.0.255",     "192.0.2.1",      "192.88.99.1",     "192.168.0.0",    "192.168.255.255",
        "198.18.0.0",      "198.19.255.255", "198.51.100.7",    "203.0.113.9",    "224.0.0.1",
        "239.255.255.255", "240.0.0.0",      "255.255.255.255"})
    EXPECT_FALSE(allowed(address)) << address;
}

TEST(MayConnect, ToNoIPv6OutsideOfGlobalUnicast) {
  for (const auto* address : {"::",
                              "::1",
                              "100::1",
                              "100:0:0:1::1",
                              "200::1",
                              "400::1",
                              "1fff:ffff::1",
                              "4000::1",
                              "5f00::1",
                              "8000::1",
                              "fc00::1",
                              "fd00::1",
                              "fe80::1",
                              "febf::1",
                              "fec0::1",
                              "ff02::1",
                              "ff0e::1",
                              "64:ff9b:1::1",
                              "64:ff9b:1::8.8.8.8",
                              "64:ff9a::1"})
    EXPECT_FALSE(allowed(address)) << address;
}

TEST(MayConnect, ToNoSpecialIPv6Block) {
  for (const auto* address :
       {"2001::1", "2001:0:808:808::1", "2001:1::1", "2001:2::1", "2001:3::1", "2001:4:112::1",
        "2001:10::1", "2001:20::1", "2001:30::1", "2001:1ff:ffff::1", "2001:db8::1",
        "2001:db8:ffff::1", "3fff::1", "3fff:fff:ffff::1"})
    EXPECT_FALSE(allowed(address)) << address;
}

TEST(MayConnect, ToNoForbiddenIPv4InsideOfIPv6) {
  for (const auto* inner : {"127.0.0.1", "10.0.0.1", "169.254.1.1", "192.168.1.1", "0.0.0.0"}) {
    for (const auto* around :
         {"::ffff:", "::", "::ffff:0:", "64:ff9b::", "2600:1::5efe:", "2600:1::200:5efe:"})
      EXPECT_FALSE(allowed(std::string(around) + inner)) << around << inner;
  }
  for (const auto* address : {"2002:7f00:1::1", "2002:a00:1::1", "2002:c0a8:101::1"})
    EXPECT_FALSE(allowed(address)) << address;
  // Forms that nobody routes, whatever they hold.
  for (const auto* address : {"::8.8.8.8", "::ffff:0:8.8.8.8"})
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

TEST(MayConnect, ToNamedOnesAloneWhereAnybodyCouldReadAlong) {
  EXPECT_TRUE(allowed("10.1.2.3", {"10.0.0.0/8"}, true));
  EXPECT_FALSE(allowed("8.8.8.8", {"10.0.0.0/8"}, true));
  EXPECT_FALSE(allowed("2606:4700::1111", {"10.0.0.0/8"}, true));
  EXPECT_FALSE(allowed("8.8.8.8", {}, true));
}

TEST(MayConnect, NeverToCloudMetadata) {
  EXPECT_FALSE(allowed("169.254.169.254", {"0.0.0.0/0"}));
  EXPECT_FALSE(allowed("fd00:ec2::254", {"::/0"}));
  for (const auto* address :
       {"169.254.170.2", "169.254.170.23", "100.100.100.200", "192.0.0.192", "168.63.129.16",
        "fd00:ec2::23", "fd20:ce::254", "::ffff:169.254.169.254", "::169.254.169.254",
        "::ffff:0:169.254.169.254", "64:ff9b::169.254.169.254", "64:ff9b:1::169.254.169.254",
        "fd12:3456::169.254.169.254", "2600:1::5efe:169.254.169.254", "2002:a9fe:a9fe::1"})
    EXPECT_FALSE(allowed(address, {"::/0", "0.0.0.0/0"})) << address;
  EXPECT_FALSE(allowed("168.63.129.16")) << "a public address, of a service that is not";
}

TEST(ParseNetwork, RefusesNonsense) {
  for (const auto* text :
       {"", "loopback", "127.0.0.1/33", "::/129", "1.2.3/8", "127.0.0.0/x", "127.0.0.0/"})
    EXPECT_FALSE(parse_network(text)) << text;
}

}  // namespace
}  // namespace tinwatch::fetchers
