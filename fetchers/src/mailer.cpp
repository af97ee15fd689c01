#include "fetchers/mailer.hpp"

#include "core/text.hpp"
#include "curl_pools.hpp"
#include "transfer.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

namespace tinwatch::fetchers {
namespace {

/// What is left of a message to be sent.
struct Upload {
  std::string_view left;
};

std::size_t on_read(char* buffer, std::size_t size, std::size_t count, void* userdata) {
  auto& upload = *static_cast<Upload*>(userdata);
  const auto bytes = std::min(size * count, upload.left.size());
  std::memcpy(buffer, upload.left.data(), bytes);
  upload.left.remove_prefix(bytes);
  return bytes;
}

/// libcurl passes on what is in an address, line ends too.
bool is_safe_address(std::string_view address) {
  constexpr std::string_view forbidden("\r\n\0<> ", 6);
  return !address.empty() && address.find_first_of(forbidden) == std::string_view::npos;
}

std::string last_line(std::string_view text) {
  text = trim(text);
  const auto begin = text.rfind('\n');
  return clipped(begin == std::string_view::npos ? text : text.substr(begin + 1), 200);
}

MailError::Kind kind_of(CURLcode code, long answer) {
  switch (code) {
    case CURLE_LOGIN_DENIED:
    case CURLE_USE_SSL_FAILED:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_URL_MALFORMAT: return MailError::Kind::misconfigured;
    default: break;  // curl's list is open
  }
  // 530 and 535: the server wants to know who sends.
  if (answer == 530 || answer == 535) return MailError::Kind::misconfigured;
  return answer >= 500 && answer < 600 ? MailError::Kind::refused : MailError::Kind::retry;
}

}  // namespace

struct Mailer::Impl {
  explicit Impl(asio::any_io_executor executor) : pools(std::move(executor)) {}

  CurlPools pools;
};

Mailer::Mailer(asio::any_io_executor executor)
    : impl_(std::make_unique<Impl>(std::move(executor))) {}

Mailer::~Mailer() = default;

Task<Result<bool, MailError>> Mailer::send(MailRequest request) {
  if (!is_safe_address(request.from) || !is_safe_address(request.to))
    co_return fail(MailError{MailError::Kind::misconfigured, "an address holds what none may"});
  const EasyHandle easy(curl_easy_init());
  Transfer transfer{.easy = easy.get(),
                    .max_body = 64_KiB,
                    .cut_body = true,
                    .allowed = request.allow_networks.get(),
                    .named_alone = request.tls == MailTls::none};
  std::array<char, CURL_ERROR_SIZE> detail{};
  const auto url = (request.tls == MailTls::implicit ? "smtps://" : "smtp://") + request.host;
  const auto from = '<' + request.from + '>';
  const HeaderList recipients(curl_slist_append(nullptr, ('<' + request.to + '>').c_str()));
  if (!recipients) throw std::bad_alloc();
  Upload upload{request.message};
  const auto set = [&](CURLoption option, auto value) {
    curl_easy_setopt(easy.get(), option, value);
  };
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  set(CURLOPT_SERVER_RESPONSE_TIMEOUT,
      static_cast<long>(std::chrono::ceil<std::chrono::seconds>(request.timeout).count()));
  set(CURLOPT_USE_SSL,
      static_cast<long>(request.tls == MailTls::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  set(CURLOPT_MAIL_FROM, from.c_str());
  set(CURLOPT_MAIL_RCPT, recipients.get());
  set(CURLOPT_UPLOAD, 1L);
  set(CURLOPT_READFUNCTION, &on_read);
  set(CURLOPT_READDATA, &upload);
  attach(transfer);
  set(CURLOPT_VERBOSE, 0L);
  set(CURLOPT_ERRORBUFFER, detail.data());
  if (!request.username.empty()) {
    set(CURLOPT_USERNAME, request.username.c_str());
    set(CURLOPT_PASSWORD, request.password.c_str());
  }
  auto& pool = impl_->pools.of(transfer.allowed, transfer.named_alone);
  const CURLcode code = co_await pool.perform(easy.get());
  if (code == CURLE_OK) co_return true;
  long answer = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &answer);
  const std::string why = detail[0] != '\0' ? detail.data() : curl_easy_strerror(code);
  const auto error = error_of(code, transfer, why);
  if (transfer.refused_address)
    co_return fail(MailError{MailError::Kind::misconfigured, error.detail});
  // The server's own words say more than curl's.
  const auto said = answer >= 400 ? last_line(transfer.response.head) : std::string();
  co_return fail(MailError{kind_of(code, answer), said.empty() ? error.detail : said});
}

}  // namespace tinwatch::fetchers
