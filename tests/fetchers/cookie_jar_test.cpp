#include "cookie_jar.hpp"

#include "core/text.hpp"
#include "support/growth.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tinwatch::fetchers {
namespace {

/// One answer's cookies, put in as curl does with a header field.
void bring(CookieJar& jar, const std::vector<std::string>& cookies) {
  const EasyHandle easy(curl_easy_init());
  jar.attach(easy.get());
  for (const auto& cookie : cookies)
    curl_easy_setopt(easy.get(), CURLOPT_COOKIELIST, ("Set-Cookie: " + cookie).c_str());
  jar.trim(cookies.size());
}

/// The cookies as curl lists them, those that have been let go left out.
std::vector<std::string> kept(CookieJar& jar) {
  const EasyHandle easy(curl_easy_init());
  jar.attach(easy.get());
  curl_slist* lines = nullptr;
  curl_easy_getinfo(easy.get(), CURLINFO_COOKIELIST, &lines);
  const HeaderList owner(lines);
  std::vector<std::string> out;
  for (; lines; lines = lines->next)
    if (std::string(lines->data).find("\t1\t") == std::string::npos) out.emplace_back(lines->data);
  return out;
}

std::vector<std::string> numbered(int first, int count, const std::string& rest) {
  std::vector<std::string> out;
  for (int i = first; i < first + count; ++i) out.push_back('c' + std::to_string(i) + '=' + rest);
  return out;
}

TEST(CookieJar, KeepsTheNewestFiftyOfADomain) {
  CookieJar jar;
  bring(jar, {"old=1; Domain=a.example; Path=/; Max-Age=1000"});
  bring(jar, {"other=1; Domain=b.example; Max-Age=1000"});
  const std::string rest =
      std::string(3900, 'x') + "; Domain=a.example; Path=/; HttpOnly; Max-Age=1000";
  for (int round = 0; round < 100; ++round) {
    bring(jar, numbered(round * 40, 40, rest));
    ASSERT_LE(kept(jar).size(), 2 * CookieJar::most_of_a_domain + 41U);
  }
  bring(jar, numbered(8000, 50, rest));
  bring(jar, numbered(8050, 50, rest));
  const auto lines = kept(jar);
  EXPECT_EQ(lines.size(), CookieJar::most_of_a_domain + 1);
  int newest = 0;
  bool other = false;
  for (const auto& line : lines) {
    newest += line.find("\tc80") != std::string::npos ? 1 : 0;
    other = other || line.find("\tother\t") != std::string::npos;
    EXPECT_EQ(line.find("\told\t"), std::string::npos);
  }
  EXPECT_EQ(newest, 50);
  EXPECT_TRUE(other) << "one domain's flood is not another's loss";
}

TEST(CookieJar, KeepsThreeThousandInAll) {
  CookieJar jar;
  for (int domain = 0; domain < 150; ++domain)
    bring(jar, numbered(0, 50,
                        "x; Path=/; Domain=d" + std::to_string(domain) + ".example; Max-Age=1000"));
  const auto size = kept(jar).size();
  EXPECT_LE(size, CookieJar::most * 5 / 4 + 50U);
  EXPECT_GE(size, CookieJar::most / 4);
}

TEST(CookieJar, CookiesSetAgainCostNothing) {
  CookieJar jar;
  for (int i = 0; i < 1000; ++i)
    bring(jar, {"session=" + std::to_string(i) + "; Domain=a.example"});
  const auto lines = kept(jar);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_TRUE(lines.front().ends_with("session\t999"));
}

TEST(CookieJar, OddOnesDoNotStay) {
  CookieJar jar;
  for (int round = 0; round < 40; ++round) {
    std::vector<std::string> odd;
    for (int i = 0; i < 10; ++i) {
      const auto number = std::to_string(round * 10 + i);
      odd.push_back("n" + number + "=; Domain=a.example");
      odd.push_back("=v" + number + "; Domain=a.example");
      odd.push_back("t\tt" + number + "=v\tv; Domain=a.example");
      odd.push_back("p" + number + "=v; Domain=a.example; Path=/a\tb" + number);
      odd.push_back("q" + number + "=v; Domain=a.example; Path=/" + number + "; Max-Age=1000");
    }
    bring(jar, odd);
    ASSERT_LE(kept(jar).size(), 2 * CookieJar::most_of_a_domain + 50U) << "round " << round;
  }
}

TEST(CookieJar, ManyCookiesCostAsMuchEach) {
  EXPECT_TRUE(test::grows_linearly(100, [](std::size_t answers) {
    CookieJar jar;
    for (std::size_t i = 0; i < answers; ++i)
      bring(jar,
            numbered(static_cast<int>(i) * 20, 20,
                     "x; Path=/; Domain=d" + std::to_string(i % 20) + ".example; Max-Age=1000"));
  }));
}

}  // namespace
}  // namespace tinwatch::fetchers
