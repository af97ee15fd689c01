#include "core/event_words.hpp"

namespace tinwatch {
namespace {

struct Pair {
  std::string_view vi;
  std::string_view en;
};

std::string_view in(Language language, const Pair& pair) {
  return language == Language::vi ? pair.vi : pair.en;
}

Pair pair_of(EventType type) {
  switch (type) {
    case EventType::article_published: return {"mới", "new"};
    case EventType::article_revised: return {"sửa", "edited"};
    case EventType::article_missing: return {"không thấy", "missing"};
    case EventType::article_removed: return {"gỡ", "removed"};
    case EventType::article_returned: return {"đăng lại", "back"};
    case EventType::article_moved: return {"đổi địa chỉ", "moved"};
    case EventType::story_edited: return {"bản sao được sửa", "copy edited"};
    case EventType::watch_hit: return {"khớp", "hit"};
    case EventType::source_silent: return {"nguồn im lặng", "source silent"};
    case EventType::source_unreachable: return {"không truy cập được", "unreachable"};
    case EventType::source_drifted: return {"trang đã đổi cấu trúc", "pages changed"};
    case EventType::source_recovered: return {"đã trở lại", "recovered"};
    case EventType::receiver_failing: return {"nơi nhận gặp lỗi", "receiver failing"};
    case EventType::receiver_disabled: return {"nơi nhận đã đóng", "receiver disabled"};
    case EventType::receiver_recovered: return {"nơi nhận đã trở lại", "receiver recovered"};
    case EventType::store_full: return {"không ghi được dữ liệu", "store cannot be written"};
  }
  return {};
}

Pair pair_of(ChangeClass change) {
  switch (change) {
    case ChangeClass::typo: return {"lỗi chữ", "typo"};
    case ChangeClass::wording: return {"câu chữ", "wording"};
    case ChangeClass::correction: return {"đính chính", "correction"};
    case ChangeClass::headline: return {"tiêu đề", "headline"};
    case ChangeClass::fact: return {"sự kiện, số liệu", "fact"};
    case ChangeClass::addition: return {"thêm", "addition"};
    case ChangeClass::cut: return {"cắt", "cut"};
    case ChangeClass::image: return {"hình ảnh", "image"};
    case ChangeClass::metadata: return {"thông tin kèm theo", "metadata"};
  }
  return {};
}

Pair pair_of(Severity severity) {
  switch (severity) {
    case Severity::low: return {"thấp", "low"};
    case Severity::normal: return {"thường", "normal"};
    case Severity::high: return {"cao", "high"};
    case Severity::critical: return {"khẩn", "critical"};
  }
  return {};
}

Pair pair_of(Transition transition) {
  switch (transition) {
    case Transition::appeared: return {"xuất hiện", "appeared"};
    case Transition::disappeared: return {"biến mất", "disappeared"};
    case Transition::changed: return {"câu bị sửa", "changed"};
  }
  return {};
}

}  // namespace

std::string_view label(Language language) { return language == Language::vi ? "vi" : "en"; }

std::string_view word_of(EventType type, Language language) { return in(language, pair_of(type)); }
std::string_view word_of(ChangeClass change, Language language) {
  return in(language, pair_of(change));
}
std::string_view word_of(Severity severity, Language language) {
  return in(language, pair_of(severity));
}
std::string_view word_of(Transition transition, Language language) {
  return in(language, pair_of(transition));
}

}  // namespace tinwatch
