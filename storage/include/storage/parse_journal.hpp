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
/// Belongs to the io thread; only the marks of a Mark are made by another one.
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

  /// A page's place in the journal. The journal outlives its marks.
  class Mark {
   public:
    Mark(ParseJournal& journal, FrontierRow row);
    Mark(Mark&& other) noexcept
        : journal_(std::exchange(other.journal_, nullptr)), slot_(other.slot_), row_(other.row_) {}
    Mark& operator=(Mark&&) = delete;
    ~Mark();

    /// The page is being parsed, and blamed when the process ends meanwhile, from `begin` to `end`.
    /// For the thread that parses: a page that waits for its turn is not to blame.
    void begin() const;
    void end() const;

   private:
    ParseJournal* journal_;
    std::size_t slot_;
    FrontierRow row_;
  };

 private:
  void write(std::size_t slot, FrontierRow row) const;

  FileDescriptor file_;
  std::vector<FrontierRow> left_over_;
  std::vector<bool> taken_;  // slots of the file
};

}  // namespace tinwatch::storage
