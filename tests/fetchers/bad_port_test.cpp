#include "fetchers/bad_port.hpp"

#include <gtest/gtest.h>

namespace tinwatch::fetchers {
namespace {

TEST(BadPort, IsOneThatBrowsersRefuse) {
  for (const auto* port :
       {"0",   "1",   "21",   "22",   "23",   "25",   "53",   "110",  "143",  "465",
        "587", "993", "2049", "4190", "5060", "6000", "6667", "6679", "6697", "10080"})
    EXPECT_TRUE(is_bad_port(port)) << port;
  for (const auto* port : {"", "80", "443", "8000", "8080", "8390", "8443", "3000", "65535"})
    EXPECT_FALSE(is_bad_port(port)) << port;
}

TEST(BadPort, IsWhatIsNoPort) {
  for (const auto* port : {"65536", "65561", "-1", "25x", "0x19"})
    EXPECT_TRUE(is_bad_port(port)) << port;
  EXPECT_TRUE(is_bad_port("0025"));
}

}  // namespace
}  // namespace tinwatch::fetchers
