#pragma once

#include "core/types.hpp"

#include <map>
#include <string>
#include <vector>

namespace tinwatch::newsroom {

/// A piece as the newsroom's editors wrote it.
struct Piece {
  int id = 0;  ///< postId: part of every address, for life
  int category = 340;
  std::string slug;
  std::string headline;
  std::string lead;  ///< without dateline
  std::vector<std::string> paragraphs;
  std::string subheading;  ///< before the second paragraph; empty: none
  std::string caption;     ///< of the picture after the first paragraph
  std::string author;
  Instant published{};
  int version = 1;  ///< editorial states so far
  Instant changed{};
  int gone = 0;                        ///< 404 or 410 while it is taken down
  std::vector<std::string> old_slugs;  ///< addresses that lead nowhere any more
  std::string last_edit;               ///< words that only the newest state has
};

/// What one step of the script did: what a perfect watcher reports.
struct Step {
  int number = 0;
  std::string type;  ///< `published`, `revised`, `removed`, `returned`, `moved`
  int id = 0;
  int version = 0;  ///< of the piece afterwards
};

/// The site's contents, moving step by step. The first steps are written by hand; after them it
/// goes on for ever with pieces put together from sentences, the same ones in every run.
class Script {
 public:
  /// The pieces that are there before anybody watches are dated some days before `now`.
  explicit Script(Instant now);

  Step step(Instant now);

  /// An edit outside of the script, the `number`-th: a word, a sentence, a paragraph, a headline.
  /// No two are alike, so that no state comes twice.
  Step edit(int id, int number, Instant now);
  /// Makes an earlier state of a piece its newest one.
  Step put_back(Piece earlier, Instant now);
  /// Takes a piece down, with 404 or 410, or puts it back with 0.
  Step set_gone(int id, int status);

  [[nodiscard]] const std::map<int, Piece>& pieces() const { return pieces_; }
  [[nodiscard]] const std::vector<Step>& truth() const { return truth_; }

 private:
  Step publish(Piece piece, Instant now);
  Step revise(Piece& piece, Instant now);
  Step done(std::string type, const Piece& piece);

  std::map<int, Piece> pieces_;
  std::vector<Step> truth_;
  int next_ = 1;
};

}  // namespace tinwatch::newsroom
