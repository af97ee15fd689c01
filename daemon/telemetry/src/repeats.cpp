#include "repeats.hpp"

#include <algorithm>
#include <utility>

namespace tinwatch::log {
namespace {

constexpr std::size_t most_bytes = 4 * longest_value;  // of a value; no more is ever shown

std::string key_of(std::string_view sentence, std::span<const Field> fields) {
  std::string out(sentence);
  for (const auto& field : fields) {
    ((out += '\0') += field.name.text()) += '=';
    out += std::string_view(field.value).substr(0, most_bytes);
  }
  return out;
}

std::vector<Field> kept(std::span<const Field> fields) {
  std::vector<Field> out(fields.begin(), fields.end());
  for (auto& field : out)
    if (field.value.size() > most_bytes) field.value.resize(most_bytes);
  return out;
}

}  // namespace

std::optional<int> Repeats::admit(Level level, std::string_view sentence,
                                  std::span<const Field> fields, Time now) {
  auto key = key_of(sentence, fields);
  const auto known = lines_.find(key);
  if (known == lines_.end()) {
    if (lines_.size() < most) {
      lines_.emplace(
          std::move(key),
          Line{now, {.level = level, .sentence = std::string(sentence), .fields = kept(fields)}});
      next_due_ = std::min(next_due_, now + apart);
    }
    return 0;
  }
  auto& line = known->second;
  if (now - line.written_at < apart) {
    ++line.counted.times;
    return std::nullopt;
  }
  line.written_at = now;
  return std::exchange(line.counted.times, 0);
}

void Repeats::put_back(std::string_view sentence, std::span<const Field> fields, int times) {
  const auto line = lines_.find(key_of(sentence, fields));
  if (line != lines_.end()) line->second.counted.times += times + 1;
}

std::vector<Repeats::Counted> Repeats::take_due(Time now) {
  std::vector<Counted> out;
  if (now < next_due_) return out;
  next_due_ = Time::max();
  std::erase_if(lines_, [&](auto& entry) {
    auto& [written_at, counted] = entry.second;
    if (now - written_at < apart) {
      next_due_ = std::min(next_due_, written_at + apart);
      return false;
    }
    if (counted.times > 0) out.push_back(std::move(counted));
    return true;
  });
  return out;
}

std::vector<Repeats::Counted> Repeats::take_all() {
  std::vector<Counted> out;
  for (auto& [key, line] : std::exchange(lines_, {}))
    if (line.counted.times > 0) out.push_back(std::move(line.counted));
  return out;
}

}  // namespace tinwatch::log
