#include "core/gzip.hpp"

#include "core/c_handle.hpp"

#include <libdeflate.h>
#include <new>

namespace tinwatch {

std::string gzip(std::string_view text) {
  constexpr int fastest = 1;
  const CHandle<libdeflate_compressor, libdeflate_free_compressor> packer(
      libdeflate_alloc_compressor(fastest));
  if (!packer) throw std::bad_alloc();
  std::string out(libdeflate_gzip_compress_bound(packer.get(), text.size()), '\0');
  out.resize(
      libdeflate_gzip_compress(packer.get(), text.data(), text.size(), out.data(), out.size()));
  return out;
}

}  // namespace tinwatch
