#include "article/authors.hpp"
#include "parsers/article.hpp"

#include <gtest/gtest.h>

namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

TEST(Bylines, AreOpenedByTheWordsOfTheirLanguage) {
  for (const auto* line : {"By Mira Solen",
                           "Written by: Mira Solen",
                           "Tác giả: Mira Solen",
                           "Bài, ảnh: Mira Solen",
                           "Ảnh và bài: Mira Solen",
                           "Von Mira Solen",
                           "Text und Fotos: Mira Solen",
                           "Par Mira Solen",
                           "Propos recueillis par Mira Solen",
                           "Por Mira Solen",
                           "Texto y fotos: Mira Solen",
                           "Di Mira Solen",
                           "A cura di Mira Solen",
                           "Door Mira Solen",
                           "Autorka: Mira Solen",
                           "Автор: Mira Solen",
                           "Yazan: Mira Solen",
                           "بقلم: Mira Solen",
                           "نویسنده: Mira Solen",
                           "लेखक: Mira Solen",
                           "โดย Mira Solen",
                           "Penulis: Mira Solen",
                           "作者：Mira Solen",
                           "著者：Mira Solen",
                           "글: Mira Solen"})
    EXPECT_EQ(read_authors(line), Names{"Mira Solen"}) << line;
}

TEST(Bylines, NameNobodyWhoTookThePictures) {
  for (const auto* line : {"Ảnh: Taro Vint", "Photo: Taro Vint", "Fotos: Taro Vint",
                           "Crédit photo : Taro Vint", "Фото: Taro Vint", "写真：Taro Vint",
                           "사진: Taro Vint", "Fotoğraf: Taro Vint", "ภาพ: Taro Vint"})
    EXPECT_EQ(read_authors(line), Names{}) << line;
  EXPECT_EQ(read_authors("Bài: Mira Solen - Ảnh: Taro Vint"), Names{"Mira Solen"});
  EXPECT_EQ(read_authors("Text: Mira Solen, Fotos: Taro Vint, Ines Bol"), Names{"Mira Solen"});
  EXPECT_EQ(read_authors("Fotos: Taro Vint | Text: Mira Solen"), Names{"Mira Solen"});
}

TEST(Bylines, ShareTheirLineWithDates) {
  for (const auto* line :
       {"By Mira Solen on 4 May 2024", "Mira Solen, Monday, May 4, 2024, 10:30 AM",
        "4 May 2024 by Mira Solen", "Mira Solen | 04/05/2024 10:30",
        "Von Mira Solen am 4. Mai 2024", "Par Mira Solen, le 4 mai 2024 à 10h30",
        "Mira Solen - Thứ bảy, 04/05/2024", "Por Mira Solen, 4 de mayo de 2024",
        "Автор: Mira Solen, 4 мая 2024"})
    EXPECT_EQ(read_authors(line), Names{"Mira Solen"}) << line;
  EXPECT_EQ(read_authors("Theresa May | May 4, 2024"), Names{"Theresa May"}) << "no month";
  EXPECT_EQ(read_authors("作者：张三 2024年5月4日"), Names{"张三"});
}

TEST(Bylines, SayWhatTheirNamesAre) {
  EXPECT_EQ(read_authors("Reporter Mira Solen"), Names{"Mira Solen"});
  EXPECT_EQ(read_authors("Phóng viên Lê Mẫu"), Names{"Lê Mẫu"});
  EXPECT_EQ(read_authors("홍길동 기자"), Names{"홍길동"});
  EXPECT_EQ(read_authors("Корреспондент Иван Примеров"), Names{"Иван Примеров"});
  EXPECT_EQ(read_authors("Mira Solen, Political Editor"), Names{"Mira Solen"});
  EXPECT_EQ(read_authors("Корреспондент: Иван Примеров"), Names{"Иван Примеров"});
  EXPECT_EQ(read_authors("Senior Staff Writer"), Names{});
}

TEST(Bylines, AreJoinedByTheWordsOfTheirLanguage) {
  const Names both = {"Mira Solen", "Taro Vint"};
  for (const auto* line :
       {"By Mira Solen and Taro Vint", "Mira Solen và Taro Vint", "Von Mira Solen und Taro Vint",
        "Por Mira Solen e Taro Vint", "Mira Solen и Taro Vint", "Mira Solen og Taro Vint",
        "Mira Solen oraz Taro Vint", "Mira Solen、Taro Vint"})
    EXPECT_EQ(read_authors(line), both) << line;
  EXPECT_EQ(read_authors("By Mira A Solen"), Names{"Mira A Solen"}) << "an initial joins nothing";
}

TEST(Bylines, OfOneBoxWithTheDateGiveNames) {
  const auto authors = [](const std::string& box) {
    const auto record = extract_article(
        {.url = "https://bao.test/phong-su/qua-ba-con-song",
         .html =
             "<html><head><title>Chuyến đi qua ba con sông</title></head><body><h1>Chuyến đi qua "
             "ba con sông</h1>" +
             box +
             R"(<div class="x"><p>Chiếc ghe nhỏ rời bến từ lúc trời còn tối, mang theo ba người và một chiếc máy đo mực nước đã cũ,
cùng những thúng gạo mà người lái nói là để phòng khi nước lên giữa đường, không về kịp trước khi trời sập tối.</p>
<p>Con sông đầu tiên hẹp và đục, hai bờ là những hàng dừa nước chạy dài đến tận ngã ba, không một bóng nhà,
chỉ có tiếng máy nổ đều đều và mùi bùn non bốc lên mỗi khi ghe tạt vào sát bờ để tránh dòng nước xiết.</p>
<p>Đến con sông thứ ba thì trời đã sáng rõ, người ta bắt đầu gọi nhau từ bờ này sang bờ kia,
hỏi xem đêm qua nước đã lên thêm bao nhiêu phân so với chiều.</p></div></body></html>)"},
        Site::generic(TimeZone::fixed(7h)));
    return record ? record->author : Names{"no record"};
  };
  EXPECT_EQ(authors(R"(<div class="byline">Lê Mẫu <span>04/05/2024 10:30</span></div>)"),
            Names{"Lê Mẫu"});
  EXPECT_EQ(authors(R"(<div class="author">Lê Mẫu - 04/05/2024 10:30</div>)"), Names{"Lê Mẫu"});
  EXPECT_EQ(authors(R"(<p>Tác giả: Lê Mẫu | Cập nhật: 04/05/2024 10:30</p>)"), Names{"Lê Mẫu"});
  EXPECT_EQ(
      authors(R"(<figure><img src="/a.jpg"><span class="byline">Ảnh: Trần Thử</span></figure>)"),
      Names{});
  EXPECT_EQ(
      authors(
          R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"Chuyến đi qua ba con sông",
"author":{"@list":[{"@type":"Person","givenName":"Mira","familyName":"Solen"},{"@type":"Person","name":{"@value":"Taro Vint"}}]}}</script>)"),
      (Names{"Mira Solen", "Taro Vint"}));
}

}  // namespace
}  // namespace tinwatch::parsers
