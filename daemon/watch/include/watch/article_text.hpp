#pragma once

#include "core/editorial_state.hpp"
#include "core/model.hpp"
#include "watch/query.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::watch {

/// A state of an article as queries see it: its texts, and what conditions ask of. Dateline,
/// imprint, related items and readings are not among the texts.
class ArticleText {
 public:
  /// Both outlive this.
  ArticleText(const ArticleRecord& record, const EditorialState& state,
              std::string_view source = {});
  /// Of texts by the names of their fields, each taken in its NFC form; also `url`, `source`,
  /// `inLanguage` and `datePublished`. Others are nobody's.
  explicit ArticleText(std::vector<EditorialField> fields);

  ArticleText(const ArticleText&) = delete;
  ArticleText& operator=(const ArticleText&) = delete;
  ~ArticleText() = default;

  [[nodiscard]] std::string_view field(std::size_t place) const { return texts_[place]; }
  /// The bytes of a field that nothing is found in, from its beginning: the dateline.
  [[nodiscard]] std::size_t unread(std::size_t place) const {
    return place == static_cast<std::size_t>(Field::body) ? dateline_end_ : 0;
  }
  /// The fields that something is looked for in. Without a scope these are all but a lead that
  /// stands in the body, too, and would be found twice.
  [[nodiscard]] FieldSet fields_of(const Scope& scope) const {
    return scope.fields == every_field ? own_fields_ : scope.fields;
  }

  [[nodiscard]] std::string_view url() const { return url_; }
  [[nodiscard]] std::string_view source() const { return source_; }
  [[nodiscard]] std::string_view language() const { return language_; }
  [[nodiscard]] const std::optional<OffsetTime>& published() const { return published_; }

 private:
  void look_for_lead();

  std::vector<EditorialField> owned_;
  std::string keywords_;
  std::array<std::string_view, field_count> texts_;
  std::size_t dateline_end_ = 0;
  FieldSet own_fields_ = every_field;
  std::string_view url_;
  std::string_view source_;
  std::string_view language_;
  std::optional<OffsetTime> published_;
};

/// What happened to an article, as far as queries ask.
struct Occasion {
  std::string_view event = "published";  ///< the last part of the event's type
  std::optional<ChangeClass> change_class;
  double significance = 1;  ///< of a first publication everything is new
};

}  // namespace tinwatch::watch
