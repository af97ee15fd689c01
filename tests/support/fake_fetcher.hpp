#pragma once

#include "fetchers/fetcher.hpp"

#include <deque>
#include <map>
#include <string>
#include <vector>

namespace tinwatch::test {

/// Answers from a script: replies queued per URL, the last one repeated. What is not scripted fails
/// as `dns`.
class FakeFetcher final : public fetchers::Fetcher {
 public:
  FakeFetcher& on(const std::string& url, fetchers::FetchResult reply) {
    replies_[url].push_back(std::move(reply));
    return *this;
  }

  /// From now on that reply alone.
  void change(const std::string& url, fetchers::FetchResult reply) {
    replies_[url].clear();
    on(url, std::move(reply));
  }

  Task<fetchers::FetchResult> fetch(fetchers::FetchRequest request) override {
    requests.push_back(request);
    auto& queue = replies_[request.url];
    if (queue.empty())
      co_return fail(fetchers::FetchError{FetchFailure::dns, "not scripted: " + request.url});
    auto reply = queue.front();
    if (queue.size() > 1) queue.pop_front();
    if (reply) reply->url = request.url;
    co_return reply;
  }

  std::vector<fetchers::FetchRequest> requests;

 private:
  std::map<std::string, std::deque<fetchers::FetchResult>> replies_;
};

[[nodiscard]] inline fetchers::FetchResult answer(int status, std::string body = {}) {
  fetchers::FetchResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

[[nodiscard]] inline fetchers::FetchResult redirect(std::string to, int status = 302) {
  fetchers::FetchResponse response;
  response.status = status;
  response.location = std::move(to);
  return response;
}

[[nodiscard]] inline fetchers::FetchResult failure(FetchFailure kind) {
  return fail(fetchers::FetchError{kind, "scripted"});
}

}  // namespace tinwatch::test
