#include "storage/parse_journal.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <unistd.h>

namespace tinwatch::storage {
namespace {

using Slot = std::array<char, sizeof(std::int64_t)>;

constexpr std::size_t most_left_over = 4096;  // slots; a run parses a few pages at once

off_t offset_of(std::size_t slot) { return static_cast<off_t>(slot * sizeof(Slot)); }

}  // namespace

ParseJournal::ParseJournal(const std::string& path) : file_(path) {
  Slot bytes{};
  for (std::size_t slot = 0; slot < most_left_over; ++slot) {
    if (::pread(file_.get(), bytes.data(), bytes.size(), offset_of(slot)) !=
        static_cast<ssize_t>(bytes.size()))
      break;
    std::int64_t row = 0;
    std::memcpy(&row, bytes.data(), bytes.size());
    if (row > 0) left_over_.emplace_back(row);
  }
}

void ParseJournal::clear() {
  left_over_.clear();
  // What cannot be cleared counts once more against pages that will be parsed well before.
  static_cast<void>(::ftruncate(file_.get(), 0) == 0);
}

void ParseJournal::write(std::size_t slot, FrontierRow row) const {
  Slot bytes{};
  const std::int64_t value = row.value();
  std::memcpy(bytes.data(), &value, bytes.size());
  // A disk that takes nothing stops the next commit; the mark alone is not worth an error.
  static_cast<void>(::pwrite(file_.get(), bytes.data(), bytes.size(), offset_of(slot)) == 0);
}

ParseJournal::Mark::Mark(ParseJournal& journal, FrontierRow row) : journal_(&journal), row_(row) {
  const auto free = std::find(journal.taken_.begin(), journal.taken_.end(), false);
  slot_ = static_cast<std::size_t>(free - journal.taken_.begin());
  if (free == journal.taken_.end()) journal.taken_.push_back(true);
  journal.taken_[slot_] = true;
}

ParseJournal::Mark::~Mark() {
  if (journal_) journal_->taken_[slot_] = false;
}

void ParseJournal::Mark::begin() const { journal_->write(slot_, row_); }
void ParseJournal::Mark::end() const { journal_->write(slot_, FrontierRow{}); }

}  // namespace tinwatch::storage
