#include "api/parse_bytes.hpp"

#include <gtest/gtest.h>

namespace tinwatch::api {
namespace {

/// 0 where the message is a request, -1 where there is none to answer.
int status_of(std::string_view bytes) {
  const auto message = parse_bytes(bytes);
  if (!message) return -1;
  return *message ? 0 : message->error().status;
}

std::string get(const std::string& headers, const std::string& target = "/") {
  return "GET " + target + " HTTP/1.1\r\n" + headers + "\r\n";
}

// RFC 9112 section 6.3: a reader in front of us that takes another end of the message would take
// the rest for a request of its own.
TEST(Framing, WhatLeavesTheEndInDoubtIsRefused) {
  for (const auto* coding : {"xchunked", "gzip", "identity", "chunked, identity", "gzip, chunked",
                             "chunked, chunked", "", "chunked;q=1", "\"chunked\""})
    EXPECT_EQ(
        status_of(get("Host: localhost\r\nTransfer-Encoding: " + std::string(coding) + "\r\n") +
                  "0\r\n\r\n"),
        400)
        << coding;
  const std::string post = "POST / HTTP/1.1\r\nHost: localhost\r\n";
  const std::string length = "Content-Length: 5\r\n";
  const std::string chunked = "Transfer-Encoding: chunked\r\n";
  EXPECT_EQ(status_of(post + length + chunked + "\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(status_of(post + chunked + length + "\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(status_of(post + "Transfer-Encoding: x\r\n" + length + "\r\nabcde"), 400);
  EXPECT_EQ(status_of(post + chunked + chunked + "\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(status_of(post + length + "Content-Length: 6\r\n\r\nabcdef"), 400);
  EXPECT_EQ(status_of(post + "Content-Length: +5\r\n\r\nabcde"), 400);
  EXPECT_EQ(status_of("POST / HTTP/1.0\r\nHost: localhost\r\n" + chunked + "\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(status_of(post + chunked + "\r\nxyz\r\n\r\n"), 400);
  EXPECT_EQ(status_of(post + "Host : localhost\r\n\r\n"), 400);
}

TEST(Framing, OrdinaryBodiesAreRead) {
  const std::string post = "POST / HTTP/1.1\r\nHost: localhost\r\n";
  EXPECT_EQ(status_of(post + "Content-Length: 5\r\n\r\nabcde"), 0);
  EXPECT_EQ(status_of(post + "Transfer-Encoding: Chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"), 0);
  EXPECT_EQ(status_of(post + "\r\n"), 0);
}

TEST(Host, OneThatCanBeReadIsNeeded) {
  EXPECT_EQ(status_of(get("")), 400);
  EXPECT_EQ(status_of(get("Host: localhost\r\nHost: evil.example\r\n")), 400);
  EXPECT_EQ(status_of(get("Host: localhost\r\nHost: localhost\r\n")), 400);
  for (const auto* host : {"[::1]x.evil.com", "[::1", "a b", "a/b", "u@h", "h:port", "h:1:2",
                           "[evil.com]:1x", "h:999999"})
    EXPECT_EQ(status_of(get("Host: " + std::string(host) + "\r\n")), 400) << host;
  for (const auto* host : {"localhost", "127.0.0.1:8390", "[::1]:8390", "b\xc3\xa1o.example", ""})
    EXPECT_EQ(status_of(get("Host: " + std::string(host) + "\r\n")) == 0, host[0] != 'b') << host;
  EXPECT_EQ(status_of("GET / HTTP/1.0\r\n\r\n"), 0);
}

TEST(Target, AnAbsoluteAddressSaysWhomItIsFor) {
  const auto message =
      parse_bytes(get("Host: ignored.example\r\n", "http://localhost:8390/api/v1/events?after=7"));
  ASSERT_TRUE(message && *message);
  EXPECT_EQ((*message)->host, "localhost:8390");
  EXPECT_EQ((*message)->path, (std::vector<std::string>{"api", "v1", "events"}));
  EXPECT_EQ((*message)->parameter("after"), "7");
  EXPECT_EQ((**parse_bytes(get("Host: localhost\r\n", "HTTP://localhost"))).path.size(), 0U);
  EXPECT_EQ((**parse_bytes(get("Host: localhost\r\n", "http://evil.example/"))).host,
            "evil.example");
  for (const auto* target : {"http:///", "http://a@localhost/", "http://", "ftp://localhost/",
                             "localhost", "evil.example:80"})
    EXPECT_EQ(status_of(get("Host: localhost\r\n", target)), 400) << target;
  EXPECT_EQ(status_of("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n"), 0);
  EXPECT_EQ(status_of("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n"), 0);
}

TEST(Target, IsUtf8) {
  EXPECT_EQ(status_of(get("Host: localhost\r\n", "/%C3%A1?%C3%A1=%C3%A1")), 0);
  EXPECT_EQ(status_of(get("Host: localhost\r\n", "/%C3")), 400);
  EXPECT_EQ(status_of(get("Host: localhost\r\n", "/?a=%FF")), 400);
  EXPECT_EQ(status_of(get("Host: localhost\r\n", "/?%FF=a")), 400);
}

TEST(Limits, AreNamed) {
  const std::string host = "Host: localhost\r\n";
  EXPECT_EQ(status_of(get(host + "A: " + std::string(9000, 'a') + "\r\n")), 431);
  EXPECT_EQ(status_of(get(host, "/" + std::string(9000, 'a'))), 431);
  std::string many = host;
  for (int i = 0; i < 2000; ++i) many += "A: b\r\n";
  EXPECT_EQ(status_of(get(many)), 431);
  const std::string post = "POST / HTTP/1.1\r\n" + host;
  EXPECT_EQ(status_of(post + "Content-Length: 65537\r\n\r\n"), 413);
  EXPECT_EQ(status_of(post + "Content-Length: 18446744073709551615\r\n\r\n"), 413);
  EXPECT_EQ(status_of(post + "Transfer-Encoding: chunked\r\n\r\n10001\r\n" +
                      std::string(65537, 'a') + "\r\n0\r\n\r\n"),
            413);
}

TEST(Garbage, IsAnswered) {
  for (const std::string text :
       {"garbage\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\r\n\r\n", "GET / HTTP/1.1\r\nHost", "G\x01T / HTTP/1.1\r\n\r\n"})
    EXPECT_EQ(status_of(text), 400) << text;
  EXPECT_EQ(status_of(""), -1) << "nobody said anything";
}

TEST(Answer, SaysWhereSomethingIsAndWhereABrowserGoesOn) {
  Reply reply;
  reply.location = "/a";
  const Request request;
  for (const int status : {201, 303}) {
    reply.status = status;
    const auto message = message_of(reply, request, /*keep_alive=*/true);
    EXPECT_EQ(message[http::field::location], "/a") << status;
    EXPECT_EQ(message.count("Refresh"), 0U) << status;
  }
  reply.status = 200;
  EXPECT_EQ(message_of(reply, request, /*keep_alive=*/true)["Refresh"], "0; url=/a");
}

TEST(Header, TrailersSayNothing) {
  const auto message = parse_bytes(
      "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nHost: "
      "evil.example\r\nSec-Fetch-Site: none\r\n\r\n");
  ASSERT_TRUE(message && *message);
  EXPECT_EQ((*message)->host, "localhost");
  EXPECT_EQ((*message)->fetch.site, "");
}

}  // namespace
}  // namespace tinwatch::api
