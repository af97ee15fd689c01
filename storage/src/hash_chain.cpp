#include "core/hash.hpp"
#include "core/time.hpp"
#include "tables.hpp"

namespace tinwatch::storage {

std::string link_hash(const std::string& previous, const ChainLink& link) {
  return sha256_hex(previous + '\n' + link.article + '\n' + std::to_string(link.number) + '\n' +
                    to_rfc3339(link.observed_at) + '\n' + sha256_hex(link.record) + '\n' +
                    link.raw_sha256);
}

}  // namespace tinwatch::storage
