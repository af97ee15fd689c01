#pragma once

#include "async/clock.hpp"
#include "fetchers/fetcher.hpp"

#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

/// Ten newspapers, each of a page family of its own, in five languages, and everything that happens
/// to newspapers: edits, moves, takedowns, and what looks like one of these and is none.
namespace tinwatch::test {

/// A piece as its editors see it.
struct Piece {
  int id = 0;  ///< in every address it has
  std::string path;
  std::vector<std::string> old_paths;
  bool redirects = false;  ///< its old addresses send on
  std::string headline;
  std::string other_headline;  ///< tried out on half of the readers; empty: none
  std::vector<std::string> paragraphs;
  std::string author;
  Instant published{};
  Instant changed{};
  std::vector<std::string> before;  ///< paragraphs before the last edit
  std::string headline_before;
  int version = 1;
  int sent = 0;  ///< the newest version that an answer showed
  int gone = 0;  ///< 404, 410, or 200 for a page that says so
  bool is_paid_for = false;
  bool is_lacked = false;  ///< by one of three servers
  bool is_cut = false;     ///< every fifth answer
};

/// One newspaper.
struct Paper {
  std::string host;
  int family = 0;  ///< of its pages
  int language = 0;
  std::map<int, Piece> pieces;
  enum class State { well, maintenance, sent_away, lost, overloaded } state = State::well;
};

/// Answers for all of them, by the clock that passes.
class Press final : public fetchers::Fetcher {
 public:
  static constexpr int papers = 10;
  static constexpr int languages = 5;

  Press(const Clock& clock, unsigned seed, int pieces_of_each);

  Task<fetchers::FetchResult> fetch(fetchers::FetchRequest request) override;

  [[nodiscard]] std::vector<Paper>& all() { return papers_; }
  /// A piece that comes out now.
  Piece& publish(Paper& paper);
  /// The `number`-th edit of all: no two are alike. `within`: inside a paragraph alone.
  void edit(Piece& piece, bool within);
  /// Another address, by a redirect or without.
  void move(Piece& piece, bool redirects);
  [[nodiscard]] unsigned random(unsigned below) { return static_cast<unsigned>(random_()) % below; }
  [[nodiscard]] std::int64_t polls() const { return polls_; }

 private:
  [[nodiscard]] std::string sentence(int language);
  [[nodiscard]] fetchers::FetchResponse answer(Paper& paper, const std::string& path);
  [[nodiscard]] fetchers::FetchResponse piece_answer(const Paper& paper, Piece& piece);

  const Clock& clock_;
  std::mt19937 random_;
  std::vector<Paper> papers_;
  int next_id_ = 1000;
  int edits_ = 0;
  std::int64_t polls_ = 0;  // of pieces
  std::int64_t answers_ = 0;
};

/// A page of a piece in the design of a family; what stands round the text differs by `noise`.
[[nodiscard]] std::string press_page(const Paper& paper, const Piece& piece,
                                     const std::string& headline,
                                     const std::vector<std::string>& paragraphs, bool is_paid_for,
                                     std::int64_t noise);
[[nodiscard]] std::string press_list(const Paper& paper);
/// What stands at every address while a site is worked on.
[[nodiscard]] std::string press_maintenance(const Paper& paper);

}  // namespace tinwatch::test
