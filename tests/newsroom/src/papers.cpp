#include "newsroom/papers.hpp"

#include "content.hpp"
#include "core/hash.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

#include <algorithm>
#include <array>

namespace tinwatch::newsroom {
namespace {

using namespace std::chrono_literals;

/// What a paper says in one language. Headlines are put together from a place and what happens
/// there, so that no two are alike.
struct Wording {
  const char* tag;
  const char* name;
  std::array<const char*, 3> sections;
  std::array<const char*, 3> section_paths;
  std::array<const char*, 8> places;
  std::array<const char*, 7> events;
  std::array<const char*, 5> sentences;  ///< of the text
  const char* contact;
  const char* more;
  const char* between;  ///< place and event
};

constexpr Wording english{
    "en",
    "The Marrow Bay Courier",
    {"Town", "Harbour", "Schools"},
    {"town", "harbour", "schools"},
    {"Lower Marrow", "Gannet Hill", "the old salt quay", "Pellow Street", "the north lighthouse",
     "Trevose market", "the ferry yard", "Quillet Green"},
    {"asks for a second bridge before the winter", "opens its gates after forty years",
     "counts fewer herring boats than ever", "votes to keep the night bus",
     "finds an old map under the floor", "loses its last clockmaker",
     "plants four hundred young elms"},
    {"People who have lived there all their lives say that nothing like it was seen before, and "
     "that "
     "it came sooner than anybody had dared to hope.",
     "The council met twice in the week, listened to nine speakers, and put the matter off until "
     "the "
     "reports of the surveyors are complete.",
     "Work is to begin in the spring, when the ground is dry enough for the machines, and should "
     "last no longer than eleven weeks.",
     "A teacher from the upper school brought her class along, and the children drew what they saw "
     "on long sheets of brown paper.",
     "Whoever wants to help is asked to come on Saturday with boots and a spade; there will be "
     "soup, "
     "tea and a fire behind the shed."},
    "Contact",
    "More",
    " "};

constexpr Wording vietnamese{
    "vi",
    "Báo Cửa Rạch",
    {"Xã hội", "Kinh tế", "Giáo dục"},
    {"xa-hoi", "kinh-te", "giao-duc"},
    {"Xã Bình Thạnh Hạ", "Bến đò Rạch Cát", "Chợ nổi Tân Quới", "Phường Gò Muối",
     "Trường làng Vĩnh Trà", "Cù lao Ông Mười", "Làng chiếu Định An", "Khu vườn Ba Xuyên"},
    {"xin làm thêm một cây cầu trước mùa nước", "mở cửa trở lại sau mười năm",
     "đếm được ít ghe cá hơn mọi năm", "giữ lại chuyến xe đêm cuối cùng",
     "tìm thấy tấm bản đồ cũ dưới nền nhà", "tiễn người thợ đồng hồ cuối cùng",
     "trồng bốn trăm cây bần ven sông"},
    {"Những người sống ở đó cả đời nói rằng chưa từng thấy chuyện như vậy, và nó đến sớm hơn điều "
     "mà "
     "không ai dám mong.",
     "Hội đồng họp hai lần trong tuần, nghe chín người phát biểu, rồi hoãn lại cho đến khi bản đo "
     "đạc được làm xong.",
     "Công việc sẽ bắt đầu vào mùa khô, khi đất đủ cứng cho xe máy vào, và kéo dài không quá mười "
     "một tuần.",
     "Một cô giáo dẫn cả lớp đi theo, các em vẽ lại những gì mình thấy lên những tờ giấy dài màu "
     "nâu.",
     "Ai muốn giúp thì sáng thứ bảy mang ủng và xẻng đến, sẽ có cháo, có trà và một bếp lửa sau "
     "căn "
     "nhà kho."},
    "Liên hệ",
    "Xem thêm",
    " "};

constexpr Wording russian{
    "ru",
    "Вестник Солёной Бухты",
    {"Город", "Гавань", "Школы"},
    {"gorod", "gavan", "shkoly"},
    {"Нижняя слобода", "Старый соляной причал", "Северный маяк", "Рынок на Кузнечной",
     "Паромная верфь", "Улица Бондарей", "Зелёный остров", "Школа на холме"},
    {"просит второй мост до зимы", "открывает ворота через сорок лет",
     "считает рыбацкие лодки на пальцах", "голосует за ночной автобус",
     "находит старую карту под полом", "прощается с последним часовщиком",
     "сажает четыреста молодых вязов"},
    {"Те, кто прожил там всю жизнь, говорят, что ничего подобного раньше не видели и что это "
     "случилось раньше, чем кто-либо надеялся.",
     "Совет собирался дважды за неделю, выслушал девять человек и отложил дело до тех пор, пока не "
     "будут готовы отчёты землемеров.",
     "Работы начнутся весной, когда земля просохнет настолько, что пройдут машины, и продлятся не "
     "больше одиннадцати недель.",
     "Учительница привела с собой целый класс, и дети рисовали увиденное на длинных листах "
     "коричневой бумаги.",
     "Кто хочет помочь, пусть приходит в субботу в сапогах и с лопатой: будет суп, чай и костёр за "
     "сараем."},
    "Контакты",
    "Ещё",
    " "};

constexpr Wording chinese{
    "zh",
    "盐湾晚报",
    {"本地", "港口", "学校"},
    {"bendi", "gangkou", "xuexiao"},
    {"下湾村", "老盐码头", "北灯塔", "铁匠街集市", "渡船厂", "木桶巷", "绿岛", "山上小学"},
    {"请求在冬天之前再建一座桥", "时隔四十年重新开门", "今年的渔船比往年都少",
     "投票决定保留夜班公交车", "在地板下发现一张旧地图", "送别最后一位钟表匠", "种下四百棵小榆树"},
    {"一辈子住在那里的人说，以前从来没有见过这样的事，它来得比任何人所敢盼望的都要早一些。",
     "镇里一周之内开了两次会，听了九个人的发言，最后决定等测量报告全部完成之后再作讨论。",
     "工程将在春天地面足够干燥、机器能够开进去的时候开始，预计前后不会超过十一个星期。",
     "一位老师带着全班同学一起来了，孩子们把看到的一切画在长长的棕色纸上，挂满了走廊。",
     "愿意帮忙的人请在星期六穿上靴子、带上铁锹过来，棚子后面会准备好热汤、热茶和一堆火。"},
    "联系我们",
    "更多",
    ""};

const Wording& wording(Paper::Language language) {
  switch (language) {
    case Paper::Language::vi: return vietnamese;
    case Paper::Language::en: return english;
    case Paper::Language::ru: return russian;
    case Paper::Language::zh: return chinese;
  }
  return english;
}

std::string headline(const Wording& words, std::size_t number) {
  std::string out = words.places.at(number % words.places.size());
  out += words.between;
  out += words.events.at(number % words.events.size());
  return out;
}

/// `Lower Marrow` -> `lower-marrow`; of a text in another script its number.
std::string slug(const std::string& text, std::size_t number) {
  const auto out = fold_case(slug_of(text));
  return out.size() < 8 ? "item-" + std::to_string(number) : out;
}

/// A name that no person gave, as content systems do.
std::string hash_name(std::size_t number) {
  constexpr std::string_view letters = "0123456789abcdefghijklmnopqrstuv";
  const auto hash = sha256_hex(std::to_string(number));
  std::string out = "c";
  for (std::size_t i = 0; i < 11; ++i)
    out += letters[(static_cast<unsigned char>(hash[i]) * 7U + i) % letters.size()];
  return out;
}

std::string padded(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string day_path(Instant at) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(at));
  return std::to_string(static_cast<int>(date.year())) + '/' +
         padded(static_cast<unsigned>(date.month())) + '/' +
         padded(static_cast<unsigned>(date.day()));
}

}  // namespace

Paper::Paper(Design design, std::string origin) : design_(design), origin_(std::move(origin)) {}

std::string Paper::path_of(std::size_t number, const Article& article) const {
  const auto& words = wording(design_.language);
  const auto id = std::to_string(1'204'000 + 37 * number);
  switch (design_.shape) {
    case Shape::dated:
      return '/' + day_path(article.published) + '/' + slug(article.headline, number);
    case Shape::numbered:
      return '/' + std::string(words.section_paths.at(article.section)) + '/' +
             slug(article.headline, number) + '-' + id + ".html";
    case Shape::queried: return "/view.php?id=" + std::to_string(4100 + number);
    case Shape::bare: return "/a/" + id;
    case Shape::hashed: return "/story/" + hash_name(number);
  }
  return {};
}

void Paper::publish(Instant at) {
  const auto number = articles_.size();
  Article article{.headline = headline(wording(design_.language), number),
                  .section = number % 3,
                  .published = at};
  article.path = path_of(number, article);
  addresses_.push_back(origin_ + article.path);
  articles_.push_back(std::move(article));
}

std::vector<const Paper::Article*> Paper::newest(std::optional<std::size_t> section,
                                                 std::size_t most) const {
  std::vector<const Article*> out;
  for (auto it = articles_.rbegin(); it != articles_.rend() && out.size() < most; ++it)
    if (!section || it->section == *section) out.push_back(&*it);
  return out;
}

std::string Paper::frame(const std::string& title, const std::string& inside) const {
  const auto& words = wording(design_.language);
  std::string out = "<!DOCTYPE html><html lang=\"" + std::string(words.tag) +
                    "\"><head><meta charset=\"utf-8\"><title>" + title + " - " + words.name +
                    "</title>";
  if (design_.has_feed)
    out += "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed.xml\">";
  out += "</head><body><header><a href=\"/\">" + std::string(words.name) + "</a><nav><ul>";
  for (std::size_t i = 0; i < words.sections.size(); ++i)
    out += "<li><a href=\"/" + std::string(words.section_paths.at(i)) + "/\">" +
           words.sections.at(i) + "</a></li>";
  out += "</ul></nav></header><main>" + inside + "</main><footer><a href=\"/contact\">" +
         std::string(words.contact) + "</a> <a href=\"/tag/" + words.section_paths[0] + "\">" +
         words.more + "</a></footer></body></html>";
  return out;
}

std::string Paper::cards(const std::vector<const Article*>& shown) const {
  const auto& words = wording(design_.language);
  std::string out;
  for (const auto* const article : shown)
    out += "<div class=\"card\"><a href=\"" + article->path +
           "\"><img src=\"/img.jpg\" alt=\"\"></a><h3><a href=\"" + article->path + "\">" +
           article->headline + "</a></h3><p>" + words.sentences[0] + "</p></div>";
  return out;
}

void Paper::edit(std::size_t number, int page, const std::string& sentence) {
  articles_.at(number).added[page] += "<p>" + sentence + "</p>";
}

std::string Paper::path_of_page(const Article& article, int page) const {
  if (page == 1) return article.path;
  const auto number = std::to_string(page);
  return article.path + (design_.shape == Shape::queried ? "&page=" + number : '/' + number);
}

std::string Paper::address(std::size_t number, int page) const {
  return origin_ + path_of_page(articles_.at(number), page);
}

std::string Paper::text_of(const Article& article, int page) const {
  const auto& words = wording(design_.language);
  std::string out = "<article><h1>" + article.headline + "</h1><time datetime=\"" +
                    to_rfc3339(article.published) + "\">" + day_path(article.published) + "</time>";
  for (const auto* const sentence : words.sentences) {
    if (design_.counts && sentence == words.sentences[2])
      out += "<p>" + std::to_string(++readers_) + " readers · 56 letters</p>";
    out += "<p>" + article.headline + (page > 1 ? " " + std::to_string(page) : "") + ": " +
           sentence + "</p>";
  }
  if (const auto added = article.added.find(page); added != article.added.end())
    out += added->second;
  if (design_.pages > 1) {
    out += "<div class=\"pages\">";
    for (int other = 1; other <= design_.pages; ++other)
      out += other == page ? "<b>" + std::to_string(other) + "</b> "
                           : "<a href=\"" + path_of_page(article, other) + "\">" +
                                 std::to_string(other) + "</a> ";
    out += "</div>";
  }
  return out + "</article><aside><ul>" + cards(newest(article.section, 3)) + "</ul></aside>";
}

std::string Paper::feed() const {
  std::string out = "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel>";
  for (const auto* const article : newest(std::nullopt, 20))
    out += "<item><title>" + article->headline + "</title><link>" + origin_ + article->path +
           "</link><pubDate>" + to_http_date(article->published) + "</pubDate></item>";
  return out + "</channel></rss>";
}

std::string Paper::sitemap() const {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><urlset "
      "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">";
  for (const auto& article : articles_)
    for (int page = 1; page <= design_.pages; ++page)
      out += "<url><loc>" + escape_html(origin_ + path_of_page(article, page)) + "</loc><lastmod>" +
             to_rfc3339(article.published) + "</lastmod></url>";
  return out + "</urlset>";
}

std::optional<PaperPage> Paper::page(const std::string& path) const {
  const auto& words = wording(design_.language);
  if (path == "/robots.txt")
    return PaperPage{.type = "text/plain",
                     .body = "User-agent: *\nDisallow: /admin/\n" +
                             (design_.has_sitemap ? "Sitemap: " + origin_ + "/sitemap.xml\n" : "")};
  if (path == "/feed.xml" && design_.has_feed)
    return PaperPage{.type = "application/rss+xml; charset=utf-8", .body = feed()};
  if (path == "/sitemap.xml" && design_.has_sitemap)
    return PaperPage{.type = "application/xml", .body = sitemap()};
  if (path == "/") return PaperPage{.body = frame(words.name, cards(newest(std::nullopt, 18)))};
  for (std::size_t i = 0; i < words.sections.size(); ++i) {
    const std::string name = words.section_paths.at(i);
    if (path == '/' + name + '/' || path == "/tag/" + name)
      return PaperPage{.body = frame(words.sections.at(i), cards(newest(i, 15)))};
  }
  if (path == "/contact")
    return PaperPage{.body = frame(words.contact, "<h1>" + std::string(words.contact) +
                                                      "</h1><p>info@paper.example</p>")};
  for (const auto& article : articles_)
    for (int page = 1; page <= design_.pages; ++page)
      if (path_of_page(article, page) == path)
        return PaperPage{.body = frame(article.headline, text_of(article, page))};
  return std::nullopt;
}

}  // namespace tinwatch::newsroom
