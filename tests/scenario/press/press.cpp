#include "press.hpp"

#include "core/text.hpp"
#include "core/url.hpp"

#include <array>

namespace tinwatch::test {
namespace {

using namespace std::chrono_literals;

/// Words of each language that a harbour town's paper needs.
constexpr std::array<std::string_view, Press::languages> words_of = {
    "bến tàu chiều nay đón thêm hàng chục chuyến ghe chở gạo muối từ miệt dưới lên chợ đầu mối "
    "người "
    "lái kể nước ròng sớm hơn mọi năm phải neo đợi con nước lớn mới vào được cầu cảng mới sửa",
    "the harbour took in another dozen barges this afternoon with rice and salt from downstream "
    "the "
    "pilots say that low water came earlier than in other years and that they had to wait outside "
    "until the tide let them reach the quay which was mended in spring",
    "im hafen kamen am nachmittag weitere kähne mit reis und salz vom unterlauf an die lotsen "
    "sagen "
    "das niedrigwasser sei früher gekommen als in anderen jahren und sie hätten draußen auf die "
    "flut "
    "warten müssen bis der im frühjahr geflickte kai erreichbar war",
    "el puerto recibió esta tarde otra docena de barcazas con arroz y sal de aguas abajo los "
    "pilotos "
    "cuentan que la bajamar llegó antes que otros años y que tuvieron que esperar fuera hasta que "
    "la "
    "marea les dejó alcanzar el muelle reparado en primavera",
    "le port a reçu cet après midi une douzaine de péniches de riz et de sel venues de l'aval les "
    "pilotes disent que les basses eaux sont arrivées plus tôt que les autres années et qu'il a "
    "fallu "
    "attendre dehors que la marée les laisse atteindre le quai refait au printemps"};

constexpr Duration old_copies_last = 40min;

fetchers::FetchResponse page(int status, std::string body) {
  fetchers::FetchResponse out;
  out.status = status;
  out.content_type = "text/html; charset=utf-8";
  out.body = std::move(body);
  return out;
}

fetchers::FetchResponse sent_on(int status, std::string to) {
  fetchers::FetchResponse out;
  out.status = status;
  out.location = std::move(to);
  return out;
}

}  // namespace

Press::Press(const Clock& clock, unsigned seed, int pieces_of_each) : clock_(clock), random_(seed) {
  for (int i = 0; i < papers; ++i) {
    papers_.push_back(
        {.host = "to-" + std::to_string(i) + ".test", .family = i, .language = i % languages});
    for (int k = 0; k < pieces_of_each; ++k) {
      auto& piece = publish(papers_.back());
      piece.published = piece.changed = clock.now() - (k + 1) * 20h;
    }
  }
}

std::string Press::sentence(int language) {
  const auto known = words(words_of.at(static_cast<std::size_t>(language)));
  std::string out;
  const auto length = 14 + random(14);
  for (unsigned i = 0; i < length; ++i) {
    if (i > 0) out += ' ';
    out += i == 5 ? std::to_string(100 + random(9000))
                  : std::string(known[random(static_cast<unsigned>(known.size()))]);
  }
  return out + '.';
}

Piece& Press::publish(Paper& paper) {
  Piece piece{.id = next_id_++};
  piece.headline = sentence(paper.language).substr(0, 60);
  piece.headline =
      piece.headline.substr(0, piece.headline.rfind(' ')) + ' ' + std::to_string(piece.id);
  piece.path = "/tin/ben-tau-chieu-nay-don-ghe-" + std::to_string(piece.id) + ".html";
  piece.author = "Lan Trần";
  for (int i = 0; i < 8; ++i)
    piece.paragraphs.push_back(sentence(paper.language) + ' ' + sentence(paper.language));
  piece.published = piece.changed = clock_.now();
  return paper.pieces.emplace(piece.id, std::move(piece)).first->second;
}

void Press::edit(Piece& piece, bool within) {
  piece.before = piece.paragraphs;
  piece.headline_before = piece.headline;
  const auto mark = std::to_string(++edits_ * 17 + 20'000);
  auto& paragraphs = piece.paragraphs;
  auto& one = paragraphs[1 + random(static_cast<unsigned>(paragraphs.size()) - 2)];
  const auto middle = one.find(' ', one.size() / 2);
  const auto sentence_of = words(one);
  switch (within ? 0U : random(5)) {
    case 0: one.insert(middle, " " + mark); break;
    case 1: piece.headline += ' ' + mark; break;
    case 2:
      paragraphs.insert(paragraphs.begin() + 2,
                        std::string(sentence_of[0]) + ' ' + mark + ' ' + one);
      break;
    case 3: one.replace(middle, one.find(' ', middle + 1) - middle, " " + mark); break;
    default:
      if (paragraphs.size() > 6) paragraphs.erase(paragraphs.begin() + 3);
      paragraphs.back() += ' ' + mark + '.';
  }
  ++piece.version;
  piece.changed = clock_.now();
}

void Press::move(Piece& piece, bool redirects) {
  piece.old_paths.push_back(piece.path);
  piece.redirects = redirects;
  piece.path = "/tin-" + std::to_string(piece.old_paths.size()) + "/ben-tau-" +
               std::to_string(piece.id) + "-doi-dia-chi.html";
}

Task<fetchers::FetchResult> Press::fetch(fetchers::FetchRequest request) {
  const auto parts = parse_url(request.url).value();
  for (auto& paper : papers_) {
    if (paper.host != parts.host) continue;
    auto out = answer(paper, parts.path);
    out.url = request.url;
    co_return out;
  }
  co_return fail(fetchers::FetchError{FetchFailure::dns, "no such paper"});
}

fetchers::FetchResponse Press::answer(Paper& paper, const std::string& path) {
  ++answers_;
  if (path == "/robots.txt") return page(404, "");
  if (path == "/bao-tri.html") return page(200, press_maintenance(paper));
  switch (paper.state) {
    case Paper::State::well: break;
    case Paper::State::maintenance: return page(200, press_maintenance(paper));
    case Paper::State::sent_away: return sent_on(302, "/bao-tri.html");
    case Paper::State::lost: return page(404, "<h1>404</h1>");
    case Paper::State::overloaded: return page(503, "<h1>503</h1>");
  }
  if (path == "/") return page(200, press_list(paper));
  for (auto& [id, piece] : paper.pieces) {
    if (piece.path == path) return piece_answer(paper, piece);
    for (const auto& old : piece.old_paths)
      if (old == path)
        return piece.redirects ? sent_on(301, piece.path) : page(404, "<h1>404</h1>");
  }
  return page(404, "<h1>404</h1>");
}

fetchers::FetchResponse Press::piece_answer(const Paper& paper, Piece& piece) {
  ++polls_;
  if (piece.gone == 200)
    return page(200,
                "<html><head><title>404</title></head><body><h1>404 Not Found</h1></body></html>");
  if (piece.gone > 0) return page(piece.gone, "<h1>404</h1>");
  if (piece.is_lacked && random(3) == 0) return page(404, "<h1>404</h1>");
  const bool is_old = !piece.before.empty() && clock_.now() - piece.changed < old_copies_last &&
                      piece.sent == piece.version && random(2) == 0;
  auto headline = is_old ? piece.headline_before : piece.headline;
  if (!piece.other_headline.empty() && random(2) == 0) headline = piece.other_headline;
  auto html = press_page(paper, piece, headline, is_old ? piece.before : piece.paragraphs,
                         piece.is_paid_for, answers_);
  if (piece.is_cut && random(5) == 0)
    html.resize(html.size() * 55 / 100);
  else if (!is_old)
    piece.sent = piece.version;
  return page(200, std::move(html));
}

}  // namespace tinwatch::test
