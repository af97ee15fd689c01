#include "core/login_mask.hpp"

#include "support/growth.hpp"

#include <gtest/gtest.h>

namespace tinwatch {
namespace {

TEST(LoginMask, TheUserOfAnAddressGoes) {
  EXPECT_EQ(mask_user("https://me:pa@ss@example.org/a@b"), "https://<secret>@example.org/a@b");
  EXPECT_EQ(mask_user("https://token@example.org"), "https://<secret>@example.org");
  EXPECT_EQ(mask_user("smtp://me:pa/s#s@mail:587"), "smtp://<secret>@mail:587") << "no port";
  for (const auto* open :
       {"https://example.org:8080/@me", "http://[::1]/@me", "https://example.org/@me",
        "https://example.org/?to=a@b", "me@example.org", ""})
    EXPECT_EQ(mask_user(open), open);
}

TEST(LoginMask, ParametersThatLogInGo) {
  EXPECT_EQ(mask_login("https://u:p@e.org/feed?page=2&API_KEY=x&access_token=y=z&q="),
            "https://<secret>@e.org/feed?page=2&API_KEY=<secret>&access_token=<secret>&q=");
  for (const auto* open : {"https://e.org/?monkey=1&page", "a?token=1", "https://e.org/?"})
    EXPECT_EQ(mask_login(open), open);
}

TEST(LoginMask, EveryAddressInATextIsSeen) {
  EXPECT_EQ(mask_logins("http://a:b@c/ leads to \"https://e/?sig=1\" and ://x:y@z "),
            "http://<secret>@c/ leads to \"https://e/?sig=<secret>\" and ://<secret>@z ");
  for (const auto* open : {"", "nothing", "a: b@c", "  http://e/  "})
    EXPECT_EQ(mask_logins(open), open);
}

TEST(LoginMask, CostsAsMuchAsTheTextIsLong) {
  const auto words = [](std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += "a ";
    return out + "x://y";
  };
  const auto mask = [](const std::string& text) { EXPECT_EQ(mask_logins(text), text); };
  mask(words(1'000));
  EXPECT_TRUE(test::grows_linearly(20'000, words, mask));
}

}  // namespace
}  // namespace tinwatch
