#pragma once

#include "core/types.hpp"
#include "storage/file_descriptor.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace tinwatch::storage {

/// Which pages are being parsed, in a file of eight bytes a page. It survives the process, however
/// that ends, and so says which pages it may have died of. It is not flushed to disk: what a power
/// cut leaves of it is no page's fault, and a flush would cost every page more than its marks.
///
/// Belongs to the io thread.
class ParseJournal {
 public:
  /// Opens PATH, or makes it. Throws Unusable.
  explicit ParseJournal(const std::string& path);
  ParseJournal(const ParseJournal&) = delete;
  ParseJournal& operator=(const ParseJournal&) = delete;
  ~ParseJournal() = default;

  /// Pages that an earlier process was parsing when it ended.
  [[nodiscard]] const std::vector<FrontierRow>& left_over() const { return left_over_; }
  /// Forgets those.
  void clear();

  /// A page is parsed while its mark lives. The journal outlives its marks.
  class Mark {
   public:
    Mark(ParseJournal& journal, FrontierRow row);
    Mark(Mark&& other) noexcept
        : journal_(std::exchange(other.journal_, nullptr)), slot_(other.slot_) {}
    Mark& operator=(Mark&&) = delete;
    ~Mark();

   private:
    ParseJournal* journal_;
    std::size_t slot_;
  };

 private:
  void write(std::size_t slot, FrontierRow row) const;

  FileDescriptor file_;
  std::vector<FrontierRow> left_over_;
  std::vector<bool> taken_;  // slots of the file
};

}  // namespace tinwatch::storage
