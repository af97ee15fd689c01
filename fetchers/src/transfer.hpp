#pragma once

#include "fetchers/fetcher.hpp"

#include <curl/curl.h>

#include <cstddef>
#include <string>
#include <vector>

namespace tinwatch::fetchers {

/// Everything curl's callbacks write to while one transfer runs.
struct Transfer {
  CURL* easy = nullptr;
  FetchResponse response;
  std::string coding;
  std::size_t max_body = 0;
  bool cut_body = false;  // as FetchRequest says
  std::size_t header_bytes = 0;
  std::size_t cookies = 0;  // Set-Cookie fields
  const std::vector<Network>* allowed = nullptr;
  bool named_alone = false;         // no address but those of `allowed`
  bool has_head = false;            // of the last answer, whole
  bool is_cut = false;              // there was more than max_body
  const char* too_large = nullptr;  // what is
  bool refused_address = false;
  long stall = 0;      // seconds below the least speed; 0: any number
  int open_error = 0;  // errno of a socket that could not be made
};

/// Tells curl to call back with what is sent and received, and to open only what may be opened.
/// `transfer` outlives curl's work on `transfer.easy`.
void attach(Transfer& transfer);
/// The address that answered: `ADDRESS:PORT`, IPv6 in brackets; empty: none.
[[nodiscard]] std::string address_of(CURL* easy);
/// Why a transfer that ended with `code` brought no answer; `detail` is curl's word for it.
[[nodiscard]] FetchError error_of(CURLcode code, const Transfer& transfer, std::string detail);

}  // namespace tinwatch::fetchers
