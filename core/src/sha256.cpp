#include "core/sha256.hpp"

#include "core/c_handle.hpp"
#include "hex.hpp"

#include <array>
#include <openssl/evp.h>
#include <stdexcept>

namespace tinwatch {

struct Sha256::Impl {
  CHandle<EVP_MD_CTX, EVP_MD_CTX_free> state{EVP_MD_CTX_new()};
};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) {
  if (!impl_->state || EVP_DigestInit_ex(impl_->state.get(), EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("OpenSSL offers no SHA-256");
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  EVP_DigestUpdate(impl_->state.get(), bytes.data(), bytes.size());
}

std::string Sha256::hex() {
  std::array<unsigned char, 32> digest{};
  EVP_DigestFinal_ex(impl_->state.get(), digest.data(), nullptr);
  return tinwatch::hex(digest);
}

}  // namespace tinwatch
