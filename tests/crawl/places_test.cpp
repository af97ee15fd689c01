#include "crawl/places.hpp"

#include <gtest/gtest.h>

namespace tinwatch::crawl {
namespace {

using Hosts = std::vector<std::string>;

bool nobody(const std::string& /*source*/) { return false; }

TEST(Places, ASourceHasAShareOfThem) {
  Places places(4, 2);
  places.take("slow");
  EXPECT_TRUE(places.has_place("slow"));
  places.take("slow");
  EXPECT_FALSE(places.has_place("slow"));
  EXPECT_TRUE(places.has_place("honest"));
  places.take("honest");
  places.take("third");
  EXPECT_FALSE(places.has_place("fourth")) << "all are taken";
  places.give_back("slow");
  EXPECT_TRUE(places.has_place("fourth"));
  EXPECT_TRUE(places.has_place("slow"));
}

TEST(Places, WhoWaitsIsTakenSourceBySourceInTurn) {
  Places places(4, 2);
  for (const auto* host : {"s1", "s2", "s3", "s1"}) places.wait("slow", host);
  places.wait("honest", "h1");
  EXPECT_EQ(places.waiting(), 4U) << "a host waits once";
  EXPECT_EQ(places.next(nobody), (Hosts{"s1", "h1", "s2"}));
  for (const auto* source : {"slow", "honest", "slow"}) places.take(source);
  EXPECT_EQ(places.next(nobody), Hosts{}) << "the slow one has its share";
  EXPECT_EQ(places.waiting(), 1U);
  places.wait("third", "t1");
  places.wait("third", "t2");
  EXPECT_EQ(places.next(nobody), Hosts{"t1"}) << "there is one place left";
  places.take("third");
  EXPECT_EQ(places.next(nobody), Hosts{});
  places.give_back("slow");
  EXPECT_EQ(places.next(nobody), Hosts{"s3"}) << "it waited before t2";
  EXPECT_EQ(places.next(nobody), Hosts{"t2"}) << "s3 had nothing to do after all";
  EXPECT_EQ(places.waiting(), 0U);
}

TEST(Places, WhoIsBehindWaitsUntilItIsNot) {
  Places places(4, 2);
  places.wait("slow", "s1");
  places.wait("honest", "h1");
  const auto slow = [](const std::string& source) { return source == "slow"; };
  EXPECT_EQ(places.next(slow), Hosts{"h1"});
  EXPECT_EQ(places.next(slow), Hosts{});
  EXPECT_EQ(places.next(nobody), Hosts{"s1"});
}

TEST(Places, TheShareMayChange) {
  Places places(4, 1);
  places.take("a");
  places.wait("a", "h");
  EXPECT_EQ(places.next(nobody), Hosts{});
  places.set_share(2);
  EXPECT_EQ(places.next(nobody), Hosts{"h"});
}

}  // namespace
}  // namespace tinwatch::crawl
