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

TEST(Guard, KnowsWhatReadsTheWholeFile) {
  for (const auto* target : {"/api/v1/check", "/api/v1/verify?article=a"})
    EXPECT_TRUE(is_examination(parse_target("GET", target)));
  EXPECT_FALSE(is_examination(parse_target("GET", "/api/v1/articles")));
}

}  // namespace
}  // namespace tinwatch::api
