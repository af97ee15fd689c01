#include "core/image_identity.hpp"

#include <gtest/gtest.h>

namespace tinwatch {
namespace {

TEST(ImageIdentity, LeavesOutHowThePictureIsDelivered) {
  const std::string plain = image_identity("https://cdn1.bao.test/2026/11/cau-moi.jpg");
  EXPECT_EQ(plain, "/2026/11/cau-moi");
  for (const auto* same :
       {"https://cdn7.bao.test/2026/11/cau-moi.jpg?t=5f3a&w=640",
        "http://bao.test/2026/11/cau-moi-800x450.webp", "//bao.test/2026/11/cau-moi.jpg.webp",
        "https://cdn.test/w_800,h_450,c_fill/2026/11/cau-moi.jpg",
        "https://cdn.test/fit-in/640x360/2026/11/cau-moi@2x.jpg",
        "https://cdn.test/kQ7xZp2LmN9tRw4sVb8yHc3d=/2026/11/cau-moi-scaled.jpg"})
    EXPECT_EQ(
        image_identity(std::string(same).starts_with("//") ? "https:" + std::string(same) : same),
        plain)
        << same;
}

TEST(ImageIdentity, TellsPicturesApart) {
  EXPECT_NE(image_identity("https://a.test/2026/11/cau-1.jpg"),
            image_identity("https://a.test/2026/11/cau-2.jpg"));
  // A year is no width, and a hash in hex names a picture.
  EXPECT_NE(image_identity("https://a.test/2024/anh.jpg"),
            image_identity("https://a.test/2025/anh.jpg"));
  EXPECT_NE(
      image_identity("https://a.test/0a1b2c3d4e5f60718293a4b5c6d7e8f901234567/master/500.jpg"),
      image_identity("https://a.test/ff1b2c3d4e5f60718293a4b5c6d7e8f901234567/master/500.jpg"));
}

TEST(ImageIdentity, ReadsTheQueryWhereThePathIsAProgram) {
  EXPECT_EQ(image_identity("https://a.test/image.php?id=7&w=640"),
            image_identity("https://b.test/image.php?w=320&id=7"));
  EXPECT_NE(image_identity("https://a.test/image.php?id=7"),
            image_identity("https://a.test/image.php?id=8"));
}

}  // namespace
}  // namespace tinwatch
