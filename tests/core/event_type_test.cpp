#include "core/event_type.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace tinwatch {
namespace {

TEST(EventType, EachIsFoundAgainByItsLabelAndNoTwoShareOne) {
  std::set<std::string_view> labels;
  for (const auto type : all_event_types) {
    EXPECT_EQ(event_type_from(label(type)), type) << label(type);
    labels.insert(label(type));
  }
  EXPECT_EQ(labels.size(), all_event_types.size());
  EXPECT_EQ(all_event_types.back(), EventType::store_full) << "the table is complete";
  EXPECT_EQ(all_event_types.size(), static_cast<std::size_t>(EventType::store_full) + 1);
}

TEST(EventType, OfAnUnknownLabelIsNothing) {
  for (const auto* word : {"", "published", "tinwatch.article.", "tinwatch.article.published "})
    EXPECT_FALSE(event_type_from(word)) << word;
}

TEST(EventType, IsShownByItsLastWord) {
  EXPECT_EQ(word_of(EventType::article_published), "published");
  EXPECT_EQ(word_of(EventType::watch_hit), "hit");
}

}  // namespace
}  // namespace tinwatch
