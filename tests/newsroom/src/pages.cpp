#include "pages.hpp"

#include "content.hpp"
#include "core/hash.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tinwatch::newsroom {
namespace {

using namespace std::chrono_literals;
constexpr auto zone = 7h;
constexpr const char* site_name = "Báo Sông Trầu Online";

std::vector<const Piece*> newest(const Script& script, int category, std::size_t most) {
  std::vector<const Piece*> out;
  for (const auto& [id, piece] : script.pieces())
    if (piece.gone == 0 && (category == 0 || piece.category == category)) out.push_back(&piece);
  std::stable_sort(out.begin(), out.end(),
                   [](const Piece* a, const Piece* b) { return a->published > b->published; });
  if (out.size() > most) out.resize(most);
  return out;
}

struct Civil {
  int year, month, day, hour, minute, weekday;
};

Civil civil_of(Instant at) {
  const auto local = at + zone;
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::minutes>(local - day));
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count()),
          static_cast<int>(std::chrono::weekday(day).c_encoding())};
}

/// `Thứ năm, 27/04/2023, 14:14 (GMT+7)`
std::string date_line(Instant at) {
  constexpr std::array days = {"Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư",
                               "Thứ năm",  "Thứ sáu", "Thứ bảy"};
  const auto c = civil_of(at);
  std::array<char, 96> out{};
  std::snprintf(out.data(), out.size(), "%s, %02d/%02d/%04d, %02d:%02d (GMT+7)",
                days[static_cast<std::size_t>(c.weekday)], c.day, c.month, c.year, c.hour,
                c.minute);
  return out.data();
}

/// `17:25 12/02/2026`, as the related box prints it
std::string short_date(Instant at) {
  const auto c = civil_of(at);
  std::array<char, 64> out{};
  std::snprintf(out.data(), out.size(), "%02d:%02d %02d/%02d/%04d", c.hour, c.minute, c.day,
                c.month, c.year);
  return out.data();
}

/// Cloudflare's obfuscation: the key, then every byte XORed with it.
std::string hidden(const std::string& address, unsigned char key) {
  std::array<char, 4> hex{};
  std::snprintf(hex.data(), hex.size(), "%02x", key);
  std::string out = hex.data();
  for (const char c : address) {
    std::snprintf(hex.data(), hex.size(), "%02x", static_cast<unsigned char>(c) ^ key);
    out += hex.data();
  }
  return out;
}

std::string head(const std::string& title, const std::string& extra = {}) {
  return "<!DOCTYPE html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>" +
         escape_html(title) + " | " + site_name + "</title>" + extra +
         "<script>var q=[];for(var "
         "i=0;i<3;i++)q.push('<p>mẫu</p>')</script><style>.d{color:#999}</style></head><body>";
}

std::string menu() {
  std::string out = "<ul class=\"menu\"><li><a href=\"/\">Trang chủ</a></li>";
  for (const int category : categories()) {
    const auto id = std::to_string(category);
    out += "<li><a href=\"/ExtAppCommon/Home_V2/NewsCategory?idItem=" + id + "&amp;menuID=" + id +
           "\">" + escape_html(category_name(category)) + "</a></li>";
  }
  return out + "</ul>";
}

std::string imprint(const Noise& noise) {
  const auto code = hidden("toasoan@songtrau.example", noise.email_key);
  return "<b>" + std::string(site_name) +
         "</b><p>Theo dõi chúng tôi tại:</p><p>Cơ quan chủ quản: Hội Những người làm báo Sông "
         "Trầu</p>"
         "<p>Giấy phép số 000/GP-MAU ngày 01/02/2020</p><p>Đội cứu hộ đường thủy: gọi số của "
         "bến</p>"
         "<p>Email: <a href=\"/cdn-cgi/l/email-protection\" class=\"__cf_email__\" "
         "data-cfemail=\"" +
         code + "\">[email&#160;protected]</a> | " + std::to_string(noise.views % 9) + "</p>";
}

std::string teaser(const Piece& piece) {
  const auto path = path_of(piece);
  return "<div class=\"item\"><a href=\"" + path + "\"><img src=\"/thumb/" +
         std::to_string(piece.id) + ".jpg\" alt=\"" + escape_html(piece.headline) +
         "\"></a><a class=\"tt\" href=\"" + path + "\">" + escape_html(piece.headline) +
         "</a><span class=\"time\">" + short_date(piece.published) + "</span><p>(STO) – " +
         escape_html(piece.lead) + "</p></div>";
}

std::string related(const Script& script, const Piece& self, const Noise& noise) {
  const auto all = newest(script, 0, 40);
  std::string out;
  for (std::size_t i = 0; i < 5 && i < all.size(); ++i) {
    const auto* piece = all[(i + static_cast<std::size_t>(noise.related)) % all.size()];
    if (piece->id != self.id) out += teaser(*piece);
  }
  return out;
}

/// The older design: everything is a div, captions are paragraphs in italics.
std::string classic(const Script& script, const Piece& piece, const Noise& noise) {
  std::string out =
      "<div id=\"header\"><div class=\"logo\">" + std::string(site_name) + "</div>" + menu() +
      "</div><div id=\"wrap\"><div class=\"col-left\"><div class=\"breadcrumb\">" +
      escape_html(category_name(piece.category)) + "</div><div class='d'>" +
      date_line(piece.published) + "</div><div class='v'>" + std::to_string(noise.views) +
      " lượt xem</div><h1 class=\"title\">" + escape_html(piece.headline) +
      "</h1><div class=\"audio\"><button>▶</button> Tốc độ:1x</div><div class=\"detail\"><p "
      "class=\"sapo\"><strong>(STO) - " +
      escape_html(piece.lead) + "</strong></p>";
  for (std::size_t i = 0; i < piece.paragraphs.size(); ++i) {
    if (i == 1 && !piece.caption.empty())
      out += "<p style=\"text-align:center\"><img src=\"/fileman/Uploads/tbNews/" +
             std::to_string(piece.id) +
             "/anh_1.JPG\" alt=\"\"></p><p style=\"text-align:center\"><em>" +
             escape_html(piece.caption) + "</em></p>";
    if (i == 1 && !piece.subheading.empty())
      out += "<p><strong>" + escape_html(piece.subheading) + "</strong></p>";
    out += "<p>" + escape_html(piece.paragraphs[i]) + "&nbsp;</p><p>&nbsp;</p>";
  }
  return out + "<p style=\"text-align:right\"><strong>" + escape_html(piece.author) +
         "</strong></p></div><div class=\"comment\"><h3>Bình "
         "luận</h3><form><textarea></textarea></form></div>"
         "<div class=\"related\"><h3>Bài viết tương tự:</h3>" +
         related(script, piece, noise) +
         "</div></div><div class=\"col-right\"><div class='box'><h4>TIN XEM "
         "NHIỀU:</h4></div></div></div><div id=\"footer\">" +
         imprint(noise) + "</div></body></html>";
}

/// The newer design: HTML5 elements, lazy pictures, figure captions.
std::string semantic(const Script& script, const Piece& piece, const Noise& noise) {
  std::string out =
      "<header><a href=\"/\">" + std::string(site_name) + "</a><nav>" + menu() +
      "</nav></header><main><nav aria-label=\"breadcrumb\">" +
      escape_html(category_name(piece.category)) + "</nav><article><header><h1>" +
      escape_html(piece.headline) + "</h1><p class=\"meta\"><time>" + date_line(piece.published) +
      "</time> <span class=\"views\">" + std::to_string(noise.views) +
      " lượt xem</span></p></header><p class=\"lead\">(STO) - " + escape_html(piece.lead) + "</p>";
  for (std::size_t i = 0; i < piece.paragraphs.size(); ++i) {
    if (i == 1 && !piece.caption.empty())
      out +=
          "<figure><img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" "
          "data-src=\"/fileman/Uploads/tbNews/" +
          std::to_string(piece.id) + "/anh_1.JPG\" alt=\"\"><figcaption>" +
          escape_html(piece.caption) + "</figcaption></figure>";
    if (i == 1 && !piece.subheading.empty())
      out += "<h2>" + escape_html(piece.subheading) + "</h2>";
    out += "<p>" + escape_html(piece.paragraphs[i]) + "</p>";
  }
  return out + "<p class=\"author\">" + escape_html(piece.author) +
         "</p></article><section class=\"comments\"><h2>Bình luận</h2></section><section "
         "class=\"related\"><h2>Bài viết tương tự:</h2>" +
         related(script, piece, noise) + "</section></main><footer>" + imprint(noise) +
         "</footer></body></html>";
}

std::string most_read(const Script& script, const Noise& noise) {
  std::string out;
  const auto all = newest(script, 0, 40);
  for (std::size_t i = 0; i < 5; ++i) {
    const auto* piece = all[(2 * i + static_cast<std::size_t>(noise.related)) % all.size()];
    out += "<li><a href=\"" + path_of(*piece) + "\">" + escape_html(piece->headline) + "</a></li>";
  }
  return out;
}

/// Other surroundings: what a new version of a site changes around its articles.
std::string redesigned(std::string page, const Script& script, const Noise& noise) {
  const auto version = std::to_string(noise.design);
  const auto insert = [&page](std::string_view before, const std::string& what) {
    if (const auto at = page.find(before); at != std::string::npos) page.insert(at, what);
  };
  const auto after = [&page](std::string_view mark, const std::string& what) {
    if (const auto at = page.find(mark); at != std::string::npos)
      page.insert(at + mark.size(), what);
  };
  after("<head>", "<link rel=\"stylesheet\" href=\"/css/site-" + version + ".css\">");
  switch (noise.design % 6) {
    case 1:
      after("<body>", "<div class=\"top-banner b" + version +
                          "\"><a href=\"/quang-cao\"><img src=\"/qc.gif\" alt=\"\"></a></div>");
      break;
    case 2:
      after("<body>", "<div class=\"site s" + version + "\"><div class=\"inner\"><div>");
      insert("</body>", "</div></div></div>");
      break;
    case 3:
      insert("</body>", "<div class=\"most-read m" + version + "\"><h4>Đọc nhiều</h4><ul>" +
                            most_read(script, noise) + "</ul></div>");
      break;
    case 4:
      after("</h1>",
            "<div class=\"share-bar\"><a href=\"#\">Chia sẻ</a> <a href=\"#\">In bài</a></div>");
      break;
    case 5:
      after("<body>", "<div class=\"hot h" + version + "\"><h4>Tin nổi bật</h4><ul>" +
                          most_read(script, noise) + "</ul></div>");
      insert("</body>",
             "<div class=\"newsletter\"><form><input name=\"email\"><button>Đăng ký nhận "
             "tin</button></form></div>");
      break;
    default: break;
  }
  return page;
}

}  // namespace

std::string path_of(const Piece& piece, const std::string& slug) {
  // A signed number after the slug, as the model's addresses have it; it says nothing.
  const auto number = std::stoll(sha256_hex(slug).substr(0, 7), nullptr, 16) - 100'000'000;
  return '/' + slug + '-' + std::to_string(number) + "-00" + std::to_string(piece.id) + 's' +
         std::to_string(piece.category) + "10gs";
}

std::string path_of(const Piece& piece) { return path_of(piece, piece.slug); }

std::string article_page(const Script& script, const Piece& piece, const Noise& noise) {
  const auto start = head(piece.headline, "<meta property=\"og:title\" content=\"" +
                                              escape_html(piece.headline) + "\">");
  auto page =
      start + (piece.id % 2 == 0 ? semantic(script, piece, noise) : classic(script, piece, noise));
  return noise.design == 0 ? page : redesigned(std::move(page), script, noise);
}

std::string home_page(const Script& script, const Noise& noise, int page) {
  constexpr std::size_t on_a_page = 30;
  std::string out =
      head("Trang chủ",
           "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss/tin-moi.rss\">") +
      "<div id=\"header\">" + menu() + "</div><div class=\"list\">";
  const auto all = newest(script, 0, script.pieces().size());
  const auto first = on_a_page * static_cast<std::size_t>(page - 1);
  const auto last = std::min(all.size(), first + on_a_page);
  for (auto i = first; i < last; ++i) out += teaser(*all[i]);
  out += "</div>";
  if (all.size() > on_a_page) {
    out += "<div class=\"pager\"><a href=\"/\">1</a>";
    const auto link = [](int number, const std::string& text) {
      return "<a href=\"/?trang=" + std::to_string(number) + "\">" + text + "</a>";
    };
    const auto pages = static_cast<int>((all.size() + on_a_page - 1) / on_a_page);
    for (int number = 2; number <= pages; ++number)
      if (number != page) out += link(number, std::to_string(number));
    out += link(pages, "Trang cuối");
    out += "</div>";
  }
  return out + "<div id=\"footer\">" + imprint(noise) + "</div></body></html>";
}

std::string category_page(const Script& script, int category, const Noise& noise) {
  std::string out =
      head(category_name(category)) + "<div id=\"header\">" + menu() + "</div><div class=\"list\">";
  for (const auto* piece : newest(script, category, 40)) out += teaser(*piece);
  return out + "</div><div id=\"footer\">" + imprint(noise) + "</div></body></html>";
}

std::string feed(const Script& script, const std::string& origin) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>" +
      std::string(site_name) + "</title><link>" + origin + "/</link>";
  for (const auto* piece : newest(script, 0, 20))
    out += "<item><title>" + escape_html(piece->headline) + "</title><link>" + origin +
           path_of(*piece) + "</link><pubDate>" + to_http_date(piece->published) +
           "</pubDate><description>" + escape_html(piece->lead) + "</description></item>";
  return out + "</channel></rss>";
}

std::string sitemap(const Script& script, const std::string& origin) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><urlset "
      "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">";
  for (const auto* piece : newest(script, 0, 1000))
    out += "<url><loc>" + origin + path_of(*piece) + "</loc><lastmod>" +
           to_rfc3339(piece->changed) + "</lastmod></url>";
  return out + "</urlset>";
}

}  // namespace tinwatch::newsroom
