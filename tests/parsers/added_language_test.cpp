#include "parsers/article.hpp"
#include "parsers/dates.hpp"
#include "parsers/listing.hpp"

#include <gtest/gtest.h>

/// This program's words are those of the product and one file more, added_language/qaa.txt: what it
/// reads in that language needs no code.
namespace tinwatch::parsers {
namespace {

using namespace std::chrono_literals;

auto zone() { return TimeZone::fixed(7h); }

std::string date(std::string_view text) {
  const auto read = parse_date(
      text, {.zone = zone(),
             .reference = Instant{std::chrono::sys_days{std::chrono::year{2026} / 4 / 16}}});
  return read ? read->text() : "none";
}

TEST(AddedLanguage, ReadsDates) {
  EXPECT_EQ(date("14 kvarlun 2026, klok 9.05 vesmel"), "2026-04-14T21:05:00+07:00");
  EXPECT_EQ(date("Trizor, 1 da KVAR 2026"), "2026-04-01");
  EXPECT_EQ(date("herje, klok 8.30"), "2026-04-15T08:30:00+07:00");
  EXPECT_EQ(date("3 zori tornat"), "2026-04-13");
  EXPECT_TRUE(is_date_line("Pubikat ke 14 kvarlun 2026 klok 9.05"));
}

constexpr auto page =
    R"(<html lang="qaa"><head><title>Flum prenas tri pontoj en Verdavalo</title></head><body>
<div class="k1"><a href="/">Hempag</a> › <a href="/rivoj">Rivoj</a></div>
<h1>Flum prenas tri pontoj en Verdavalo</h1>
<div class="k2"><span>Renovat: 15 kvarlun 2026, klok 7.10</span> | <span>Pubikat: 14 kvarlun 2026, klok 9.05 vesmel</span></div>
<div class="k3">Fare Mira Solen kej Taro Vint</div><div class="k4">12.345 vidoti</div>
<div class="k5"><p>La akvo levis sin dum la nokto, kaj ce la mateno tri malnovaj pontoj jam ne staris plu en la valo.</p>
<p>Reklamor</p>
<p>La vilagestro diris, ke neniu estis vundita, sed ke la vojo al la urbo restos fermita gis la fino de la monato.</p>
<p>Legu plue: <a href="/a/2">Kiel la valo vivas sen pontoj</a></p>
<p>Inter la rompitaj pontoj estas tiu de la malnova muelejo, konstruita antau pli ol cent jaroj per stono de la monto.</p></div>
<h3>Samtemej</h3><div><a href="/a/3">Alia artikolo pri alia afero, kiu ne estas de ci tiu pago</a></div>
</body></html>)";

TEST(AddedLanguage, ReadsAnArticlesFurniture) {
  const auto record =
      extract_article({.url = "https://verda.test/rivoj/flum-prenas-tri-pontoj", .html = page},
                      Site::generic(zone()));
  ASSERT_TRUE(record) << record.error().detail;
  ASSERT_TRUE(record->date_published);
  EXPECT_EQ(record->date_published->text(), "2026-04-14T21:05:00+07:00")
      << "not that of the update";
  EXPECT_EQ(record->author, (std::vector<std::string>{"Mira Solen", "Taro Vint"}));
  EXPECT_EQ(record->view_count, 12345);
  EXPECT_EQ(record->article_section, std::vector<std::string>{"Rivoj"}) << "without the home page";
  const auto body = record->article_body();
  EXPECT_EQ(body.find("Reklamor"), std::string::npos) << "the label of a box";
  EXPECT_EQ(body.find("Legu plue"), std::string::npos);
  EXPECT_EQ(body.find("Alia artikolo"), std::string::npos) << "what a box of other articles holds";
  EXPECT_NE(body.find("malnova muelejo"), std::string::npos);
}

TEST(AddedLanguage, TellsTheDirectoriesOfLists) {
  EXPECT_TRUE(names_no_article("https://verda.test/temej/rivoj-kaj-akvo"));
  EXPECT_TRUE(names_no_article("https://verda.test/etiked/pontoj-de-la-valo"));
  EXPECT_FALSE(names_no_article("https://verda.test/novazo/flum-prenas-tri-pontoj"));
  const auto listing = read_listing(
      {.url = "https://verda.test/rivoj", .html = R"(<a href="/rivoj?p=2">Sekvapag</a>)"},
      Site::generic(zone()));
  EXPECT_EQ(listing.next_page, "https://verda.test/rivoj?p=2");
}

}  // namespace
}  // namespace tinwatch::parsers
