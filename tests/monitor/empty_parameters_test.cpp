#include "monitor/empty_parameters.hpp"

#include <gtest/gtest.h>

namespace tinwatch::monitor {
namespace {

std::string at(const std::string& rest) { return "http://a.test/bai-" + rest; }

TEST(EmptyParameters, OneThatAFewArticlesShowWithOtherValuesCarriesNothing) {
  EmptyParameters parameters;
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(parameters.strip("bao", at("9?sid=zz&id=4")), at("9?sid=zz&id=4"));
    const auto article = std::to_string(i % 2);
    parameters.note_alias("bao", at(article + "?sid=b" + std::to_string(i)),
                          at(article + "?sid=a"));
  }
  EXPECT_EQ(parameters.learnt("bao"), "sid");
  EXPECT_EQ(parameters.strip("bao", at("9?sid=zz&id=4")), at("9?id=4"));
  EXPECT_EQ(parameters.strip("bao", at("9?sid=zz")), at("9"));
  EXPECT_EQ(parameters.strip("khac", at("9?sid=zz")), at("9?sid=zz")) << "another source";
}

TEST(EmptyParameters, OneArticleAloneHasToShowItLonger) {
  EmptyParameters parameters;
  for (int i = 0; i < 7; ++i)
    parameters.note_alias("bao", at("1?from=" + std::to_string(i)), at("1"));
  EXPECT_EQ(parameters.learnt("bao"), "");
  parameters.note_alias("bao", at("1?from=7"), at("1"));
  EXPECT_EQ(parameters.learnt("bao"), "from");
}

TEST(EmptyParameters, OneThatTellsArticlesApartIsKept) {
  EmptyParameters parameters;
  parameters.note_article("bao", "http://a.test/xem?id=1&m=2");
  parameters.note_article("bao", "http://a.test/xem?id=2&m=2");
  for (int i = 0; i < 20; ++i)
    parameters.note_alias("bao", "http://a.test/xem?id=" + std::to_string(i) + "&m=2",
                          "http://a.test/xem?m=2");
  EXPECT_EQ(parameters.learnt("bao"), "") << "the newest article may stand at the address without";
  for (int i = 0; i < 20; ++i)
    parameters.note_alias("bao", "http://a.test/xem?id=1&m=" + std::to_string(i),
                          "http://a.test/xem?id=1");
  EXPECT_EQ(parameters.learnt("bao"), "m");
}

TEST(EmptyParameters, AddressesThatDifferInMoreSayNothing) {
  EmptyParameters parameters;
  for (int i = 0; i < 20; ++i)
    parameters.note_alias("bao", at(std::to_string(i) + "?sid=1"), "http://a.test/khac?sid=2");
  EXPECT_EQ(parameters.learnt("bao"), "");
}

TEST(EmptyParameters, OutliveTheRun) {
  EmptyParameters parameters;
  parameters.restore("bao", "a sid");
  EXPECT_EQ(parameters.strip("bao", at("1?sid=1&a=2&b=3")), at("1?b=3"));
}

TEST(EmptyParameters, AreBounded) {
  EmptyParameters parameters;
  for (int i = 0; i < 100'000; ++i) {
    parameters.note_alias("bao", at("1?p" + std::to_string(i) + "=1"), at("1"));
    parameters.note_article("bao", at(std::to_string(i) + "?q" + std::to_string(i) + "=1"));
  }
  EXPECT_LE(parameters.size(), 64U + 4096U);
}

}  // namespace
}  // namespace tinwatch::monitor
