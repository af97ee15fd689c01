#include "compression.hpp"

#include "core/c_handle.hpp"
#include "core/content_coding.hpp"

#include <stdexcept>
#include <zstd.h>

namespace tinwatch::storage {
namespace {

/// What is kept is within the limits of a fetch (fetch.max_body is 256 MiB at most).
constexpr std::size_t largest_page = std::size_t{256} * 1024 * 1024;

constexpr int level_of_wrapping = -10;  // it soon finds that nothing can be gained

std::string pack(std::string_view bytes, int level) {
  // Its tables are over a megabyte: made once a thread, not once a page.
  thread_local const CHandle<ZSTD_CCtx, ZSTD_freeCCtx> context(ZSTD_createCCtx());
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const auto size =
      ZSTD_compressCCtx(context.get(), out.data(), out.size(), bytes.data(), bytes.size(), level);
  if (ZSTD_isError(size) != 0) throw std::runtime_error(ZSTD_getErrorName(size));
  out.resize(size);
  return out;
}

}  // namespace

std::string compress(std::string_view bytes) { return pack(bytes, ZSTD_CLEVEL_DEFAULT); }

std::string wrap(std::string_view bytes) { return pack(bytes, level_of_wrapping); }

std::string decompress(std::string_view bytes) {
  const auto expected = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (expected > largest_page) throw std::runtime_error("a stored page is damaged");
  std::string out(expected, '\0');
  const auto size = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(size) != 0 || size != expected)
    throw std::runtime_error("a stored page is damaged");
  return out;
}

std::string unpack_page(std::string_view bytes, std::string_view coding) {
  auto body = undo_coding(coding, decompress(bytes), largest_page);
  if (!body) throw std::runtime_error("a stored page is damaged");
  return std::move(*body);
}

}  // namespace tinwatch::storage
