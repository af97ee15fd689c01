#include "fetchers/http_fetcher.hpp"

#include "async/counted.hpp"
#include "cookie_jar.hpp"
#include "core/content_coding.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "core/url.hpp"
#include "curl_multi.hpp"
#include "fetchers/bad_port.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <sys/socket.h>
#include <unistd.h>

namespace tinwatch::fetchers {
namespace {

constexpr std::size_t most_header_bytes = 256_KiB;
constexpr std::size_t most_header_fields = 1000;  // each costs more than its bytes

/// Everything curl's callbacks write to while one transfer runs.
struct Transfer {
  FetchResponse response;
  std::string coding;
  std::size_t max_body = 0;
  bool cut_body = false;  // as FetchRequest says
  std::size_t header_bytes = 0;
  std::size_t cookies = 0;  // Set-Cookie fields
  const std::vector<Network>* allowed = nullptr;
  bool is_cut = false;              // there was more than max_body
  const char* too_large = nullptr;  // what is
  bool refused_address = false;
};

std::size_t on_body(const char* data, std::size_t, std::size_t size, void* userdata) {
  auto& transfer = *static_cast<Transfer*>(userdata);
  const auto room = transfer.max_body - transfer.response.body.size();
  if (size > room) {
    if (transfer.cut_body)
      transfer.response.body.append(data, room);
    else
      transfer.too_large = "the body is longer than allowed";
    transfer.is_cut = transfer.cut_body;
    return 0;  // tells curl to abort
  }
  transfer.response.body.append(data, size);
  return size;
}

void keep_header(Transfer& transfer, std::string_view name, std::string_view value) {
  auto& response = transfer.response;
  if (iequals(name, "content-type")) response.content_type = value;
  if (iequals(name, "etag")) response.validators.etag = value;
  if (iequals(name, "last-modified")) response.validators.last_modified = value;
  if (iequals(name, "location")) response.location = value;
  if (iequals(name, "set-cookie")) ++transfer.cookies;
  // Two codings one after the other are refused later: their names stand in one list.
  if (iequals(name, "content-encoding"))
    transfer.coding += (transfer.coding.empty() ? "" : ", ") + std::string(value);
  response.headers.emplace_back(name, value);
}

std::size_t on_header(const char* data, std::size_t, std::size_t size, void* userdata) {
  auto& transfer = *static_cast<Transfer*>(userdata);
  transfer.header_bytes += size;
  if (transfer.header_bytes > most_header_bytes ||
      transfer.response.headers.size() == most_header_fields) {
    transfer.too_large = "the header is longer than 256 KiB or 1,000 fields";
    return 0;
  }
  const std::string_view line(data, size);
  if (line.starts_with("HTTP/")) {  // 103, then 200: only the last answer's header counts
    transfer.response.head.clear();
    transfer.response.headers.clear();
    transfer.response.validators = {};
    transfer.response.location.clear();
    transfer.coding.clear();
  }
  transfer.response.head += line;
  if (line.starts_with("HTTP/")) return size;
  if (const auto colon = line.find(':'); colon != std::string_view::npos)
    keep_header(transfer, trim(line.substr(0, colon)), trim(line.substr(colon + 1)));
  return size;
}

/// The only way to see what curl sends. What curl would write down after it costs more than the
/// request itself, and a request that curl sends again on a new connection is the same one.
int on_debug(CURL* easy, curl_infotype type, char* data, std::size_t size, void* userdata) {
  if (type != CURLINFO_HEADER_OUT) return 0;
  auto& head = static_cast<Transfer*>(userdata)->response.request_head;
  head.append(data, size);
  if (head.ends_with("\r\n\r\n")) curl_easy_setopt(easy, CURLOPT_VERBOSE, 0L);
  return 0;
}

std::string address_of(CURL* easy) {
  const char* ip = nullptr;
  long port = 0;
  curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &ip);
  curl_easy_getinfo(easy, CURLINFO_PRIMARY_PORT, &port);
  if (!ip || *ip == '\0') return {};
  const std::string text(ip);
  return (text.find(':') == std::string::npos ? text : '[' + text + ']') + ':' +
         std::to_string(port);
}

curl_socket_t open_socket(void* userdata, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(userdata);
  static const std::vector<Network> nothing_more;
  if (!may_connect(address->addr, transfer.allowed ? *transfer.allowed : nothing_more)) {
    transfer.refused_address = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

FetchErrorKind kind_of(CURLcode code, const Transfer& transfer) {
  if (transfer.too_large) return FetchErrorKind::too_large;
  if (transfer.refused_address) return FetchErrorKind::refused_address;
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return FetchErrorKind::refused_address;
    case CURLE_COULDNT_RESOLVE_HOST: return FetchErrorKind::dns;
    case CURLE_OPERATION_TIMEDOUT: return FetchErrorKind::timeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE: return FetchErrorKind::tls;
    case CURLE_FILESIZE_EXCEEDED: return FetchErrorKind::too_large;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING: return FetchErrorKind::truncated;
    default: return FetchErrorKind::connect;  // curl's list is open
  }
}

bool is_safe_header(const Header& header) {
  constexpr std::string_view forbidden("\r\n\0", 3);
  return header.first.find_first_of(forbidden) == std::string::npos &&
         header.second.find_first_of(forbidden) == std::string::npos;
}

}  // namespace

struct HttpFetcher::Impl {
  Impl(asio::any_io_executor the_executor, const Clock& the_clock, std::string agent)
      : executor(std::move(the_executor)), clock(the_clock), user_agent(std::move(agent)) {}

  asio::any_io_executor executor;
  const Clock& clock;
  std::string user_agent;
  std::map<std::string, CookieJar> jars;  // one a source; outlive the transfers in pools
  // Connections are reused only by requests that may open the same ones.
  std::map<std::string, CurlMulti> pools;
  std::size_t in_flight = 0;

  CurlMulti& pool(const std::vector<Network>* allowed) {
    std::string key;
    if (allowed)
      for (const auto& network : *allowed) key += network.text + ' ';
    return pools.try_emplace(key, executor).first->second;
  }
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
        FetchError{FetchErrorKind::refused_address, "not an http(s) address: " + request.url});
  if (is_bad_port(parts->port))
    co_return fail(FetchError{FetchErrorKind::refused_address,
                              "port " + parts->port + " is one that browsers refuse"});
  const EasyHandle easy(curl_easy_init());
  Transfer transfer{.max_body = request.max_body,
                    .cut_body = request.cut_body,
                    .allowed = request.allow_networks.get()};
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
      co_return fail(
          FetchError{FetchErrorKind::refused_address, "a header field holds a line end"});
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
  set(CURLOPT_LOW_SPEED_LIMIT, 100L);
  set(CURLOPT_LOW_SPEED_TIME,
      static_cast<long>(std::chrono::ceil<std::chrono::seconds>(request.stall).count()));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // a cancelled transfer does not wait for its resolver thread
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_PROXY, "");
  set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  if (!request.cut_body) set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.max_body));
  set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  set(CURLOPT_OPENSOCKETDATA, &transfer);
  set(CURLOPT_WRITEFUNCTION, &on_body);
  set(CURLOPT_WRITEDATA, &transfer);
  set(CURLOPT_HEADERFUNCTION, &on_header);
  set(CURLOPT_HEADERDATA, &transfer);
  set(CURLOPT_DEBUGFUNCTION, &on_debug);
  set(CURLOPT_DEBUGDATA, &transfer);
  set(CURLOPT_VERBOSE, 1L);
  set(CURLOPT_ERRORBUFFER, detail.data());
  if (request.method == "POST") {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.c_str());
  }
  CookieJar* const jar = request.jar.empty() ? nullptr : &impl_->jars[request.jar];
  if (jar) jar->attach(easy.get());

  const auto started = impl_->clock.now();
  auto& pool = impl_->pool(transfer.allowed);
  const CURLcode code = co_await pool.perform(easy.get());
  auto& response = transfer.response;
  response.elapsed = impl_->clock.now() - started;
  response.wire_bytes = response.body.size();
  if (jar && transfer.cookies > 0) jar->trim(transfer.cookies);
  if (code != CURLE_OK && !transfer.is_cut) {
    std::string why = detail[0] != '\0' ? detail.data() : curl_easy_strerror(code);
    if (transfer.too_large) why = transfer.too_large;
    if (transfer.refused_address)
      why = "the address is not on the public internet and not in allow_networks";
    co_return fail(FetchError{kind_of(code, transfer), std::move(why)});
  }
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
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
