#pragma once

#include "core/record.hpp"

#include <string>
#include <utility>
#include <vector>

namespace tinwatch {

/// What of a record makes a revision when it changes. Its texts are as long as the article: it is
/// made once, when the record is, and handed to whoever compares.
struct EditorialState {
  std::vector<EditorialField> fields;  ///< editorial_fields of the record
  std::string hash;                    ///< SHA-256 over them, hexadecimal; empty: of no record

  EditorialState() = default;
  explicit EditorialState(const ArticleRecord& record);
};

/// An article as a page shows it, or showed it once, ready to be compared.
struct ReadArticle {
  ArticleRecord record;
  EditorialState state;

  ReadArticle() = default;
  explicit ReadArticle(ArticleRecord read) : record(std::move(read)), state(record) {}
};

}  // namespace tinwatch
