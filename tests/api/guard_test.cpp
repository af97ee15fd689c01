#include "api/guard.hpp"

#include <gtest/gtest.h>

namespace tinwatch::api {
namespace {

const OurNames names{"https://watch.example/", {"other.example"}};

Request tcp(std::string_view method, std::string_view target) {
  auto request = parse_target(method, target);
  request.host = "127.0.0.1:8390";
  request.door = Door::tcp;
  return request;
}

/// 0: it passes.
int status_of(const Request& request) {
  const auto refusal = turn_away(request, names);
  return refusal ? refusal->status : 0;
}

TEST(Guard, KnowsItsNames) {
  auto request = tcp("GET", "/");
  for (const auto* ours : {"127.0.0.1", "LOCALHOST:1", "[::1]:8390", "watch.example",
                           "Watch.Example:443", "other.example:80"}) {
    request.host = ours;
    EXPECT_EQ(status_of(request), 0) << ours;
  }
  for (const auto* foreign : {"", "evil.example", "localhost.evil.example",
                              "127.0.0.1.evil.example", "[::2]", "127.0.0.2"}) {
    request.host = foreign;
    EXPECT_EQ(status_of(request), 403) << foreign;
  }
  request.door = Door::local;
  EXPECT_EQ(status_of(request), 0) << "the socket has permissions instead";
}

TEST(Guard, AnotherSitesPageMayOnlyLeadAPersonHere) {
  auto request = tcp("GET", "/api/v1/articles");
  request.fetch = {.site = "cross-site", .mode = "no-cors", .destination = "image"};
  EXPECT_EQ(status_of(request), 403);
  request.fetch = {.site = "cross-site", .mode = "cors", .destination = "empty"};
  EXPECT_EQ(status_of(request), 403);
  request.fetch = {.site = "cross-site", .mode = "navigate", .destination = "document"};
  EXPECT_EQ(status_of(request), 0);
  request.fetch.destination = "iframe";
  EXPECT_EQ(status_of(request), 403);
  request = tcp("POST", "/api/v1/articles");
  request.fetch = {.site = "cross-site", .mode = "navigate", .destination = "document"};
  EXPECT_EQ(status_of(request), 403) << "a form";
  request = tcp("GET", "/metrics");
  request.fetch = {.site = "same-origin", .mode = "no-cors", .destination = "style"};
  EXPECT_EQ(status_of(request), 0);
}

TEST(Guard, WhatWorksHardOrWritesIsForTheSocketAlone) {
  for (const auto* target :
       {"/-/reload", "/api/v1/fetch?url=http://a/", "/api/v1/recheck?target=a",
        "/api/v1/outbox?action=drop&receiver=a", "/api/v1/receivers/test?receiver=a"}) {
    EXPECT_EQ(status_of(tcp("POST", target)), 403) << target;
    EXPECT_EQ(status_of(parse_target("POST", target)), 0) << target;
  }
  for (const auto* target : {"/api/v1/check", "/api/v1/verify?article=a"}) {
    EXPECT_EQ(status_of(tcp("GET", target)), 403) << target;
    EXPECT_EQ(status_of(parse_target("GET", target)), 0) << target;
    EXPECT_TRUE(is_examination(parse_target("GET", target)));
  }
  EXPECT_FALSE(is_examination(parse_target("GET", "/api/v1/articles")));
}

TEST(Guard, AnotherMethodIsToldWhichThereAre) {
  for (const auto* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"}) {
    const auto refusal = turn_away(tcp(method, "/api/v1/articles"), names);
    ASSERT_TRUE(refusal) << method;
    EXPECT_EQ(refusal->status, 405) << method;
    EXPECT_EQ(refusal->allow, "GET, HEAD") << method;
  }
  const auto refusal = turn_away(parse_target("GET", "/-/reload"), names);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->status, 405);
  EXPECT_EQ(refusal->allow, "POST");
}

}  // namespace
}  // namespace tinwatch::api
