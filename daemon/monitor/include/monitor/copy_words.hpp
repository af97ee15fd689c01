#pragma once

#include "core/editorial_state.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::monitor {

/// Which words of an edit a copy elsewhere carries.
enum class CopyWords { before, after, neither };
/// `old`, `new`, `neither`.
[[nodiscard]] std::string_view label(CopyWords words);

/// Which each copy of an article carries, by its id; of those that were looked at.
using CopiesCarry = std::map<std::string, CopyWords>;

/// What an edit exchanged in headline and text, each with the words around it, ready to be looked
/// for in copies: these may have another lead, another end and other paragraphs.
class EditedPassages {
 public:
  EditedPassages(const EditorialState& before, const EditorialState& after);

  /// By most of the passages that it has at all, in either form.
  [[nodiscard]] CopyWords carried_by(const EditorialState& copy) const;

 private:
  struct Passage {
    std::string before;
    std::string after;
  };
  std::vector<Passage> passages_;
};

}  // namespace tinwatch::monitor
