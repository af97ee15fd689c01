#include "transfer.hpp"

#include "core/text.hpp"

#include <cerrno>
#include <sys/socket.h>
#include <utility>

namespace tinwatch::fetchers {
namespace {

constexpr std::size_t most_header_bytes = 256_KiB;
constexpr std::size_t most_header_fields = 1000;  // each costs more than its bytes

constexpr long least_speed = 100;  // bytes a second

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

void set_least_speed(Transfer& transfer) {
  curl_easy_setopt(transfer.easy, CURLOPT_LOW_SPEED_LIMIT, least_speed);
  curl_easy_setopt(transfer.easy, CURLOPT_LOW_SPEED_TIME, transfer.stall);
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
  // The first byte is waited for as long as the request allows; what has begun must go on.
  if (transfer.header_bytes == 0) set_least_speed(transfer);
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
  transfer.has_head = line == "\r\n" || line == "\n";
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

curl_socket_t open_socket(void* userdata, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(userdata);
  static const std::vector<Network> nothing_more;
  if (!may_connect(address->addr, transfer.allowed ? *transfer.allowed : nothing_more,
                   transfer.named_alone)) {
    transfer.refused_address = true;
    return CURL_SOCKET_BAD;
  }
  const int fd = ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  transfer.open_error = fd < 0 ? errno : 0;
  return fd;
}

/// Whether a request ended for want of what this machine should have had.
bool is_fault_of_ours(CURLcode code, const Transfer& transfer) {
  if (code == CURLE_OUT_OF_MEMORY) return true;
  if (code != CURLE_COULDNT_CONNECT) return false;
  long connect_error = 0;
  curl_easy_getinfo(transfer.easy, CURLINFO_OS_ERRNO, &connect_error);
  const auto is_ours = [](long error) {
    return error == EMFILE || error == ENFILE || error == ENOMEM || error == ENOBUFS ||
           error == ENETUNREACH || error == ENETDOWN || error == EADDRNOTAVAIL;
  };
  return is_ours(transfer.open_error) || is_ours(connect_error);
}

FetchFailure kind_of(CURLcode code, const Transfer& transfer) {
  if (transfer.too_large) return FetchFailure::too_large;
  if (transfer.refused_address) return FetchFailure::refused_address;
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL: return FetchFailure::refused_address;
    case CURLE_COULDNT_RESOLVE_HOST: return FetchFailure::dns;
    case CURLE_OPERATION_TIMEDOUT: return FetchFailure::timeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE: return FetchFailure::tls;
    case CURLE_FILESIZE_EXCEEDED: return FetchFailure::too_large;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING: return FetchFailure::truncated;
    default: return FetchFailure::connect;  // curl's list is open
  }
}

}  // namespace

void attach(Transfer& transfer) {
  const auto set = [&](CURLoption option, auto value) {
    curl_easy_setopt(transfer.easy, option, value);
  };
  set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  set(CURLOPT_OPENSOCKETDATA, &transfer);
  set(CURLOPT_WRITEFUNCTION, &on_body);
  set(CURLOPT_WRITEDATA, &transfer);
  set(CURLOPT_HEADERFUNCTION, &on_header);
  set(CURLOPT_HEADERDATA, &transfer);
  set(CURLOPT_DEBUGFUNCTION, &on_debug);
  set(CURLOPT_DEBUGDATA, &transfer);
  set(CURLOPT_VERBOSE, 1L);
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

FetchError error_of(CURLcode code, const Transfer& transfer, std::string detail) {
  if (transfer.too_large) detail = transfer.too_large;
  if (transfer.refused_address)
    detail =
        transfer.named_alone
            ? "the address is not in allow_networks, and beyond them nothing is sent unencrypted"
            : "the address is not on the public internet and not in allow_networks";
  FetchError error{kind_of(code, transfer), std::move(detail)};
  error.is_ours = is_fault_of_ours(code, transfer);
  return error;
}

}  // namespace tinwatch::fetchers
