#pragma once

#include <libdeflate.h>
#include <string>

namespace tinwatch::test {

/// One gzip member.
inline std::string gzip(const std::string& text) {
  auto* compressor = libdeflate_alloc_compressor(6);
  std::string out(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
  out.resize(
      libdeflate_gzip_compress(compressor, text.data(), text.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

}  // namespace tinwatch::test
