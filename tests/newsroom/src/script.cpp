#include "newsroom/script.hpp"

#include "content.hpp"

namespace tinwatch::newsroom {
namespace {

using namespace std::chrono_literals;

constexpr int first_made = 60100;
/// What a watcher's own pages must not take for markup: an element, both kinds of quotes, an
/// ampersand, and a mark that turns the direction of what is written after it.
constexpr auto hostile_headline =
    "Bến phà Cồn Én bán vé điện tử: \"nhanh\" & 'gọn' <script>alert('vé')</script> \u202E– bớt chờ";

void replace(std::string& text, const std::string& from, const std::string& to) {
  if (const auto at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
}

}  // namespace

Script::Script(Instant now) {
  auto age = 20 * 24h;
  for (auto& piece : first_pieces()) {
    piece.published = piece.changed = now - age;
    age -= 48h;
    pieces_.emplace(piece.id, std::move(piece));
  }
}

Step Script::done(std::string type, const Piece& piece) {
  truth_.push_back(
      {.number = next_++, .type = std::move(type), .id = piece.id, .version = piece.version});
  return truth_.back();
}

Step Script::publish(Piece piece, Instant now) {
  piece.published = piece.changed = now;
  return done("published", pieces_.emplace(piece.id, std::move(piece)).first->second);
}

Step Script::revise(Piece& piece, Instant now) {
  ++piece.version;
  piece.changed = now;
  return done("revised", piece);
}

Step Script::edit(int id, int number, Instant now) {
  auto& piece = pieces_.at(id);
  auto& paragraphs = piece.paragraphs;
  const auto mark = std::to_string(number);
  switch (number % 5) {
    case 0:
      piece.last_edit = "khoảng " + mark + " hộ dân";
      paragraphs.back() += " Theo thống kê có " + piece.last_edit + ".";
      break;
    case 1:
      piece.last_edit = "đợt " + mark;
      piece.headline =
          piece.headline.substr(0, piece.headline.find(" – ")) + " – " + piece.last_edit;
      break;
    case 2:
      piece.last_edit = "lần cập nhật thứ " + mark;
      paragraphs.insert(paragraphs.begin() + 1,
                        "Đây là " + piece.last_edit + " của ban biên tập về việc này.");
      break;
    case 3:
      piece.last_edit = "hồi " + mark + " phút";
      paragraphs.front() = piece.last_edit + ", " + paragraphs.front();
      break;
    default:
      piece.last_edit = "mã số " + mark;
      if (paragraphs.size() > 4) paragraphs.erase(paragraphs.begin() + 1);
      piece.lead += " (" + piece.last_edit + ")";
  }
  return revise(piece, now);
}

Step Script::put_back(Piece earlier, Instant now) {
  auto& piece = pieces_.at(earlier.id);
  earlier.version = piece.version;
  piece = std::move(earlier);
  return revise(piece, now);
}

Step Script::set_gone(int id, int status) {
  auto& piece = pieces_.at(id);
  piece.gone = status;
  return done(status == 0 ? "returned" : "removed", piece);
}

Step Script::step(Instant now) {
  switch (next_) {
    case 1: return publish(later_pieces()[0], now);
    case 2: return publish(later_pieces()[1], now);
    case 3:
      replace(pieces_[60009].paragraphs[2], "5,4 tỷ đồng",
              "6,1 tỷ đồng, trong đó dân góp một phần mười");
      return revise(pieces_[60009], now);
    case 4: pieces_[60010].headline = hostile_headline; return revise(pieces_[60010], now);
    case 5: pieces_[60003].gone = 404; return done("removed", pieces_[60003]);
    case 6: return publish(later_pieces()[2], now);
    case 7: pieces_[60003].gone = 0; return done("returned", pieces_[60003]);
    case 8: {
      auto& moved = pieces_[60005];
      moved.old_slugs.push_back(moved.slug);
      moved.slug = "dan-luoi-cuoc-lang-mui-nhan-co-nguoi-noi-nghiep";
      return done("moved", moved);
    }
    case 9:
      pieces_[60011].paragraphs.emplace_back(
          "Sau trận bão, trạm cũng là nơi phát thuốc của đội cứu hộ đường thủy cho các ấp bị chia "
          "cắt.");
      return revise(pieces_[60011], now);
    case 10: pieces_[60006].gone = 410; return done("removed", pieces_[60006]);
    case 11: return publish(later_pieces()[3], now);
    default: break;
  }
  // Without end: two new pieces, then an edit of each.
  const int round = (next_ - 12) / 4;
  const int first = first_made + 2 * round;
  switch ((next_ - 12) % 4) {
    case 0: return publish(made_piece(first), now);
    case 1: return publish(made_piece(first + 1), now);
    case 2:
      pieces_[first].paragraphs.push_back(made_sentence(next_));
      return revise(pieces_[first], now);
    default: pieces_[first + 1].headline += " – cập nhật"; return revise(pieces_[first + 1], now);
  }
}

}  // namespace tinwatch::newsroom
