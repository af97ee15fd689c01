#include "core/text.hpp"
#include "reader_impl.hpp"

/// What SQLite itself says of its file.
namespace tinwatch::storage {

std::vector<std::string> Reader::integrity_faults() const {
  std::vector<std::string> faults;
  const auto add = [&](const std::string& fault) {
    for (const auto line : split(fault, '\n'))
      faults.push_back(impl_->path + ": " + std::string(line));
  };
  try {
    auto integrity = impl_->db.prepare("PRAGMA integrity_check");
    while (integrity.step())
      if (integrity.text(0) != "ok") add(integrity.text(0));
    auto references = impl_->db.prepare("PRAGMA foreign_key_check");
    while (references.step())
      add("table " + references.text(0) + " row " + references.text(1) +
          " refers to a missing row of " + references.text(2));
  } catch (const sqlite::Error& e) {
    if (!is_damage(e)) throw;
    add(e.what());  // it cannot even be read to the end
  }
  return faults;
}

}  // namespace tinwatch::storage
