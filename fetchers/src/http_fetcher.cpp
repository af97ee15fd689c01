#include "fetchers/http_fetcher.hpp"

#include "async/counted.hpp"
#include "cookie_jar.hpp"
#include "core/content_coding.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "core/url.hpp"
#include "curl_pools.hpp"
#include "fetchers/bad_port.hpp"
#include "transfer.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace tinwatch::fetchers {
namespace {

bool is_safe_header(const Header& header) {
  constexpr std::string_view forbidden("\r\n\0", 3);
  return header.first.find_first_of(forbidden) == std::string::npos &&
         header.second.find_first_of(forbidden) == std::string::npos;
}

}  // namespace

struct HttpFetcher::Impl {
  Impl(asio::any_io_executor the_executor, const Clock& the_clock, std::string agent)
      : clock(the_clock), user_agent(std::move(agent)), pools(std::move(the_executor)) {}

  const Clock& clock;
  std::string user_agent;
  std::map<std::string, CookieJar> jars;  // one a source; outlive the transfers in pools
  CurlPools pools;
  std::size_t in_flight = 0;
};

HttpFetcher::HttpFetcher(const asio::any_io_executor& executor, const Clock& clock,
                         std::string user_agent)
    : impl_(std::make_unique<Impl>(executor, clock, std::move(user_agent))) {}

HttpFetcher::~HttpFetcher() = default;

void HttpFetcher::set_user_agent(std::string user_agent) {
  impl_->user_agent = std::move(user_agent);
}
std::size_t HttpFetcher::in_flight() const { return impl_->in_flight; }

Task<FetchResult> HttpFetcher::fetch(FetchRequest request) {
  const Counted counted(impl_->in_flight);

  const auto parts = parse_url(request.url);
  const auto url = parts ? parts->text() : std::string();
  if (url.empty() || url.size() > longest_url)
    co_return fail(
        FetchError{FetchFailure::refused_address, "not an http(s) address: " + request.url});
  if (is_bad_port(parts->port))
    co_return fail(FetchError{FetchFailure::refused_address,
                              "port " + parts->port + " is one that browsers refuse"});
  const EasyHandle easy(curl_easy_init());
  Transfer transfer{.easy = easy.get(),
                    .max_body = request.max_body,
                    .cut_body = request.cut_body,
                    .allowed = request.allow_networks.get(),
                    .named_alone = request.named_alone,
                    .stall = std::chrono::ceil<std::chrono::seconds>(request.stall).count()};
  std::array<char, CURL_ERROR_SIZE> detail{};
  HeaderList headers;
  const auto add_header = [&headers](const std::string& line) {
    auto* const longer = curl_slist_append(headers.get(), line.c_str());
    if (!longer) throw std::bad_alloc();
    static_cast<void>(headers.release());
    headers.reset(longer);
  };
  add_header("Accept-Encoding: " + std::string(accepted_codings));
  if (!request.validators.etag.empty())
    request.headers.emplace_back("If-None-Match", request.validators.etag);
  if (!request.validators.last_modified.empty())
    request.headers.emplace_back("If-Modified-Since", request.validators.last_modified);
  for (const auto& header : request.headers) {
    if (!is_safe_header(header))
      co_return fail(FetchError{FetchFailure::refused_address, "a header field holds a line end"});
    add_header(header.first + ": " + header.second);
  }

  const auto set = [&](CURLoption option, auto value) {
    curl_easy_setopt(easy.get(), option, value);
  };
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_USERAGENT, impl_->user_agent.c_str());
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // a cancelled transfer does not wait for its resolver thread
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_PROXY, "");
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  if (!request.cut_body) set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.max_body));
  attach(transfer);
  set(CURLOPT_ERRORBUFFER, detail.data());
  if (request.method != "GET") {
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.c_str());
  }
  CookieJar* const jar = request.jar.empty() ? nullptr : &impl_->jars[request.jar];
  if (jar) jar->attach(easy.get());

  const auto started = impl_->clock.steady();
  auto& pool = impl_->pools.of(transfer.allowed, transfer.named_alone);
  const CURLcode code = co_await pool.perform(easy.get());
  auto& response = transfer.response;
  response.elapsed = impl_->clock.steady() - started;
  response.wire_bytes = response.body.size();
  if (jar && transfer.cookies > 0) jar->trim(transfer.cookies);
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  // Whoever takes a cut body takes one that broke off: the status was said.
  const bool is_said = request.cut_body && !request.decode && transfer.has_head && status >= 200;
  if (code != CURLE_OK && !transfer.is_cut && !is_said) {
    const std::string why = detail[0] != '\0' ? detail.data() : curl_easy_strerror(code);
    co_return fail(error_of(code, transfer, why));
  }
  response.status = static_cast<int>(status);
  response.url = url;
  response.address = address_of(easy.get());
  for (const auto& [name, value] : response.headers)
    if (iequals(name, "retry-after"))
      response.retry_after = parse_retry_after(value, impl_->clock.now());
  response.coding = std::move(transfer.coding);
  if (request.decode) {
    auto plain = request.cut_body
                     ? decoded_prefix(response.coding, std::move(response.body), request.max_body)
                     : decoded_body(response.coding, std::move(response.body), request.max_body);
    if (!plain) co_return fail(std::move(plain.error()));
    response.body = std::move(*plain);
    response.coding.clear();
  }
  co_return std::move(response);
}

}  // namespace tinwatch::fetchers
