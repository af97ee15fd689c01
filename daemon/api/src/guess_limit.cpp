#include "api/guess_limit.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <algorithm>

namespace tinwatch::api {

Duration GuessLimit::wait(const std::string& address, Duration now) const {
  const auto found = failures_.find(address);
  if (found == failures_.end() || found->second.size() < most_failures) return Duration{0};
  return std::max(Duration{0}, found->second.front() + period - now);
}

void GuessLimit::failed(const std::string& address, Duration now) {
  if (!failures_.contains(address) && failures_.size() >= most_addresses)
    failures_.erase(std::min_element(
        failures_.begin(), failures_.end(),
        [](const auto& a, const auto& b) { return a.second.back() < b.second.back(); }));
  auto& times = failures_[address];
  times.push_back(now);
  if (times.size() > most_failures) times.pop_front();
}

std::string counted_address(const std::string& address) {
  namespace ip = boost::asio::ip;
  boost::system::error_code error;
  const auto parsed = ip::make_address(address, error);
  if (error || !parsed.is_v6()) return address;
  constexpr unsigned short bits = 64;
  return ip::network_v6(parsed.to_v6(), bits).canonical().to_string();
}

}  // namespace tinwatch::api
