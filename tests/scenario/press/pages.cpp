#include "core/text.hpp"
#include "core/time.hpp"
#include "press.hpp"

#include <array>

namespace tinwatch::test {
namespace {

constexpr std::array<const char*, Press::languages> tongues = {"vi", "en", "de", "es", "fr"};

/// What a family calls its elements, and how it sets a text.
struct Family {
  const char* name;
  const char* open;  ///< of the article
  const char* close;
  bool has_json_ld;
  bool has_breaks;  ///< a line break parts its paragraphs
};

constexpr std::array<Family, 2 * Press::papers> families = {{
    {"dt", "<main><article class=\"dt-bai\">", "</article></main>", true, false},
    {"vx", "<div class=\"vx-giua\"><div class=\"vx-chi-tiet\">", "</div></div>", false, false},
    {"st", "<section id=\"st-story\"><div class=\"st-body\">", "</div></section>", true, false},
    {"hb", "<div id=\"hb-page\"><article>", "</article></div>", false, false},
    {"pz", "<main role=\"main\"><div class=\"pz-content\">", "</div></main>", true, false},
    {"kq", "<div class=\"kq-wrap\"><article itemscope itemtype=\"https://schema.org/NewsArticle\">",
     "</article></div>", false, false},
    {"ra", "<section><article class=\"ra-entry\">", "</article></section>", true, false},
    {"lm", "<div class=\"lm-col\"><div class=\"lm-post\">", "</div></div>", false, true},
    {"wu", "<main class=\"wu\"><article class=\"wu-single\">", "</article></main>", true, false},
    {"ox", "<div id=\"ox-main\"><div class=\"ox-article\">", "</div></div>", false, false},
    // The designs that come after a redesign.
    {"ndt", "<div class=\"ndt-page\"><section class=\"ndt-story\">", "</section></div>", true,
     false},
    {"nvx", "<main><article class=\"nvx-long\">", "</article></main>", true, false},
    {"nst", "<div class=\"nst-layout\"><article class=\"nst-text\">", "</article></div>", false,
     false},
    {"nhb", "<main class=\"nhb\"><div class=\"nhb-article\">", "</div></main>", true, false},
    {"npz", "<div class=\"npz-outer\"><article>", "</article></div>", true, false},
    {"nkq", "<main><div class=\"nkq-story\">", "</div></main>", false, false},
    {"nra", "<div class=\"nra-a\"><article class=\"nra-b\">", "</article></div>", true, false},
    {"nlm", "<main><article class=\"nlm-post\">", "</article></main>", false, false},
    {"nwu", "<div class=\"nwu\"><section class=\"nwu-text\">", "</section></div>", true, false},
    {"nox", "<main id=\"nox\"><article class=\"nox-a\">", "</article></main>", false, false},
}};

std::string css(const Family& family, const char* what) {
  return std::string(" class=\"") + family.name + '-' + what + '"';
}

}  // namespace

std::string press_page(const Paper& paper, const Piece& piece, const std::string& headline,
                       const std::vector<std::string>& paragraphs, bool is_paid_for,
                       std::int64_t noise) {
  const auto& family = families.at(static_cast<std::size_t>(paper.family));
  const auto date = to_rfc3339(piece.published);
  const auto origin = "http://" + paper.host;
  std::string out = std::string("<!DOCTYPE html><html lang=\"") +
                    tongues.at(static_cast<std::size_t>(paper.language)) +
                    "\"><head><meta charset=\"utf-8\"><title>" + headline + "</title>" +
                    "<meta property=\"og:type\" content=\"article\">" +
                    "<meta property=\"article:published_time\" content=\"" + date + "\">" +
                    "<meta name=\"csrf-token\" content=\"" + std::to_string(noise * 7919) + "\">";
  if (family.has_json_ld || is_paid_for)
    out +=
        R"(<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",)"
        R"("headline":")" +
        headline + R"(","datePublished":")" + date + '"' +
        (is_paid_for ? R"(,"isAccessibleForFree":false)" : "") +
        R"(,"author":{"@type":"Person","name":")" + piece.author + "\"}}</script>";
  out += "</head><body" + css(family, "trang") + "><header" + css(family, "dau") + "><nav" +
         css(family, "menu") + "><a" + css(family, "logo") + " href=\"/\">" + paper.host +
         "</a></nav></header>" + family.open + "<h1" + css(family, "tit") + ">" + headline +
         "</h1><p" + css(family, "author") + "><span class=\"author\">" + piece.author +
         "</span></p><time" + css(family, "ngay") + " datetime=\"" + date + "\">" + date +
         "</time>";
  out += "<div" + css(family, "text") + ">";
  const auto shown = is_paid_for ? std::size_t{1} : paragraphs.size();
  for (std::size_t i = 0; i < shown; ++i)
    out += family.has_breaks ? paragraphs[i] + "<br><br>"
                             : "<p" + css(family, "doan") + ">" + paragraphs[i] + "</p>";
  // What the newer designs put under every text.
  if (paper.family >= Press::papers && paper.family % 2 == 0)
    out += "<p" + css(family, "doan") + ">" + paper.host + " " +
           std::string(tongues.at(static_cast<std::size_t>(paper.language))) +
           " – 24 / 7 – +84 28 3822 0000, ban biên tập nhận thư bạn đọc suốt tuần.</p>";
  out += "</div>";
  out += std::string(family.close) + "<aside class=\"related\"><ul>";
  for (const auto& [id, other] : paper.pieces)
    if ((id + noise) % 5 == 0)
      out += "<li><a href=\"" + origin + other.path + "\">" + other.headline + "</a></li>";
  out += "</ul></aside><div class=\"view-count\">" + std::to_string(1000 + noise) +
         " views</div><footer" + css(family, "chan") + ">" + paper.host + "</footer></body></html>";
  return out;
}

std::string press_list(const Paper& paper) {
  std::string out = "<html><body><h1>" + paper.host + "</h1><ul class=\"list\">";
  for (const auto& [id, piece] : paper.pieces)
    if (piece.gone == 0)
      out += "<li><h3><a href=\"" + piece.path + "\">" + piece.headline + "</a></h3></li>";
  return out + "</ul></body></html>";
}

std::string press_maintenance(const Paper& paper) {
  return "<!DOCTYPE html><html><head><title>" + paper.host +
         "</title></head><body><article><h1>Xin bạn đọc chờ đôi chút</h1><p>Đêm nay thợ thay dây "
         "điện ở phòng máy, trang báo tạm nghỉ cho tới khi đèn sáng lại. Chúng tôi xin lỗi vì sự "
         "bất tiện và hẹn gặp lại trong vài giờ tới.</p><p>Tòa soạn vẫn nhận thư của bạn đọc qua "
         "bưu điện như mọi ngày, và trả lời từng lá một.</p></article></body></html>";
}

}  // namespace tinwatch::test
