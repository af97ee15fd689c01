#include "core/content_coding.hpp"

#include "core/c_handle.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <brotli/decode.h>
#include <libdeflate.h>
#include <zlib.h>
#include <zstd.h>

namespace tinwatch {
namespace {

using Unpacked = Result<std::string, CodingError>;
using Inflater = CHandle<libdeflate_decompressor, libdeflate_free_decompressor>;
using BrotliState = CHandle<BrotliDecoderState, BrotliDecoderDestroyInstance>;
using ZstdState = CHandle<ZSTD_DCtx, ZSTD_freeDCtx>;
using ZlibState = CHandle<z_stream, inflateEnd>;

/// Whether all of a text is wanted or its first bytes, of a body that may be cut as well.
enum class Part { whole, prefix };

constexpr std::size_t step = 64 * 1024;
constexpr int most_members = 100;

/// Bytes that `packed` may unpack to: a larger result is a bomb.
std::size_t limit_for(std::string_view packed, std::size_t max_size) {
  constexpr std::size_t harmless = 1024 * 1024;
  return std::min(max_size, std::max(harmless, packed.size() * 100));
}

/// What a gzip text says it unpacks to (RFC 1952 section 2.3.1, ISIZE): a hint, never believed.
std::size_t promised_size(std::string_view body) {
  if (body.size() < 4) return 0;
  std::size_t size = 0;
  for (std::size_t i = 1; i <= 4; ++i)
    size = size << 8U | static_cast<unsigned char>(body[body.size() - i]);
  return size;
}

Unpacked gunzip(std::string_view body, std::size_t limit) {
  const Inflater inflater(libdeflate_alloc_decompressor());
  std::string out;
  // Every member costs a look at the whole room: a page of a hundred thousand would stall us.
  for (int members = 0; !body.empty(); ++members) {
    if (members == most_members) return fail(CodingError::damaged);
    const auto done = out.size();
    std::size_t consumed = 0;
    std::size_t produced = 0;
    for (std::size_t room = std::max(step, promised_size(body));; room *= 2) {
      room = std::min(room, limit - done + 1);  // one more byte tells "too large" from "just fits"
      out.resize(done + room);
      const auto result = libdeflate_gzip_decompress_ex(
          inflater.get(), body.data(), body.size(), out.data() + done, room, &consumed, &produced);
      if (result == LIBDEFLATE_SUCCESS) break;
      if (result != LIBDEFLATE_INSUFFICIENT_SPACE) return fail(CodingError::damaged);
      if (room > limit - done) return fail(CodingError::too_large);
    }
    out.resize(done + produced);
    if (out.size() > limit) return fail(CodingError::too_large);
    body.remove_prefix(consumed);
    // Padding behind the last member is ignored, as gzip itself does.
    if (body.find_first_not_of('\0') == std::string_view::npos) break;
  }
  return out;
}

/// libdeflate needs all of a member and room for all of it; zlib is slower and streams.
Unpacked gunzip_prefix(std::string_view body, std::size_t limit) {
  z_stream stream{};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));  // zlib only reads it
  stream.avail_in = static_cast<uInt>(body.size());
  constexpr int gzip_only = 16;
  if (inflateInit2(&stream, MAX_WBITS + gzip_only) != Z_OK) throw std::bad_alloc();
  const ZlibState state(&stream);
  std::string out;
  for (int members = 1; out.size() < limit;) {
    const auto done = out.size();
    const auto room = std::min(step, limit - done);
    out.resize(done + room);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + done);
    stream.avail_out = static_cast<uInt>(room);
    const int result = inflate(&stream, Z_NO_FLUSH);
    out.resize(done + room - stream.avail_out);
    if (result == Z_STREAM_END) {
      const std::string_view rest = body.substr(body.size() - stream.avail_in);
      if (rest.find_first_not_of('\0') == std::string_view::npos) break;
      if (++members > most_members || inflateReset(&stream) != Z_OK)
        return fail(CodingError::damaged);
    } else if (result == Z_BUF_ERROR ||
               (result == Z_OK && stream.avail_in == 0 && stream.avail_out > 0)) {
      break;  // the body ends before its text does
    } else if (result != Z_OK) {
      return fail(CodingError::damaged);
    }
  }
  return out;
}

Unpacked unbrotli(std::string_view body, std::size_t limit, Part part) {
  const BrotliState state(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
  std::string out;
  const auto* next_in = reinterpret_cast<const std::uint8_t*>(body.data());
  std::size_t available_in = body.size();
  for (;;) {
    const auto done = out.size();
    out.resize(done + step);
    auto* next_out = reinterpret_cast<std::uint8_t*>(out.data() + done);
    std::size_t available_out = step;
    const auto result = BrotliDecoderDecompressStream(state.get(), &available_in, &next_in,
                                                      &available_out, &next_out, nullptr);
    out.resize(done + step - available_out);
    if (part == Part::prefix && out.size() >= limit) return out.substr(0, limit);
    if (out.size() > limit) return fail(CodingError::too_large);
    if (result == BROTLI_DECODER_RESULT_SUCCESS) return out;
    if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT && part == Part::prefix) return out;
    if (result != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) return fail(CodingError::damaged);
  }
}

Unpacked unzstd(std::string_view body, std::size_t limit, Part part) {
  const ZstdState state(ZSTD_createDCtx());
  // RFC 8878 section 3.1.1.1.2 recommends to support windows of 8 MiB; more is a bomb's.
  ZSTD_DCtx_setParameter(state.get(), ZSTD_d_windowLogMax, 23);
  std::string out;
  ZSTD_inBuffer in{body.data(), body.size(), 0};
  std::size_t left = 1;
  while (in.pos < in.size || left != 0) {
    const auto done = out.size();
    out.resize(done + step);
    ZSTD_outBuffer buffer{out.data() + done, step, 0};
    const auto before = in.pos;
    left = ZSTD_decompressStream(state.get(), &buffer, &in);
    if (ZSTD_isError(left) != 0) return fail(CodingError::damaged);
    out.resize(done + buffer.pos);
    if (part == Part::prefix && out.size() >= limit) return out.substr(0, limit);
    if (out.size() > limit) return fail(CodingError::too_large);
    if (in.pos == before && buffer.pos == 0 && left != 0) {
      if (part == Part::prefix) return out;
      return fail(CodingError::damaged);
    }
  }
  return out;
}

Unpacked undo(std::string_view coding, std::string_view body, std::size_t limit, Part part) {
  const auto name = ascii_lower(trim(coding));
  if (body.empty()) return std::string();
  if (name == "gzip" || name == "x-gzip")
    return part == Part::whole ? gunzip(body, limit) : gunzip_prefix(body, limit);
  if (name == "br") return unbrotli(body, limit, part);
  if (name == "zstd") return unzstd(body, limit, part);
  return fail(CodingError::unknown);
}

/// Codings of IANA's HTTP Content Coding Registry that we neither accept nor undo.
constexpr std::array<std::string_view, 9> not_ours = {
    "aes128gcm", "compress", "dcb", "dcz", "deflate", "exi", "pack200-gzip", "x-compress", "lzma"};
constexpr std::array<std::string_view, 4> ours = {"gzip", "x-gzip", "br", "zstd"};

/// No coding, or a name that servers write there by mistake: a charset, `none`, `binary`.
bool is_plain(std::string_view coding) {
  coding = trim(coding);
  if (coding.find(',') != std::string_view::npos) return false;
  const auto names_it = [&](std::string_view name) { return iequals(coding, name); };
  return std::none_of(ours.begin(), ours.end(), names_it) &&
         std::none_of(not_ours.begin(), not_ours.end(), names_it);
}

}  // namespace

Unpacked undo_coding(std::string_view coding, std::string_view body, std::size_t max_size) {
  if (is_plain(coding)) return std::string(body);
  return undo(coding, body, limit_for(body, max_size), Part::whole);
}

Unpacked undo_coding_of_prefix(std::string_view coding, std::string_view body,
                               std::size_t max_size) {
  if (is_plain(coding)) return std::string(body.substr(0, max_size));
  return undo(coding, body, max_size, Part::prefix);
}

}  // namespace tinwatch
