#include "newspaper.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace tinwatch::bench {
namespace {

using namespace std::chrono_literals;

constexpr double articles_a_day = 26;
constexpr double edited_share = 0.35;
constexpr double median_delay_hours = 3;
constexpr double delay_sigma = 2.8;

/// Weights of the hours of a working day: an early edition, a morning, a late afternoon.
constexpr std::array<double, 24> working_day = {0.15, 0.08, 0.05, 0.05, 0.1, 0.5, 1.3, 1.9,
                                                1.9,  1.8,  2.0,  1.7,  0.9, 0.9, 1.5, 1.8,
                                                2.0,  1.9,  1.2,  0.8,  0.7, 0.6, 0.4, 0.25};
constexpr double weekend_share = 0.55;

/// Office time: hours that pass faster while the office works, on average one an hour.
class Office {
 public:
  explicit Office(bool rhythm) {
    double passed = 0;
    for (int hour = 0; hour < days_in_year * 24; ++hour) {
      passed_.push_back(passed);
      const bool weekend = hour / 24 % 7 >= 5;
      passed +=
          rhythm ? working_day[static_cast<std::size_t>(hour % 24)] * (weekend ? weekend_share : 1)
                 : 1;
    }
    passed_.push_back(passed);
    const double scale = static_cast<double>(passed_.size() - 1) / passed;
    for (auto& at : passed_) at *= scale;
  }

  [[nodiscard]] double whole() const { return passed_.back(); }

  [[nodiscard]] double passed(Instant at) const {
    const double hours = std::chrono::duration<double, std::ratio<3600>>(at - year_begin).count();
    const auto hour = std::min(static_cast<std::size_t>(hours), passed_.size() - 2);
    return passed_[hour] +
           (hours - static_cast<double>(hour)) * (passed_[hour + 1] - passed_[hour]);
  }

  /// When so much office time has passed since the year began; nothing beyond its end.
  [[nodiscard]] Instant at(double passed) const {
    if (passed >= whole()) return year_end;
    const auto next = std::upper_bound(passed_.begin(), passed_.end(), passed);
    const auto hour = static_cast<std::size_t>(next - passed_.begin()) - 1;
    const double part = (passed - passed_[hour]) / (passed_[hour + 1] - passed_[hour]);
    return year_begin +
           std::chrono::duration_cast<Duration>(
               std::chrono::duration<double, std::ratio<3600>>(static_cast<double>(hour) + part));
  }

 private:
  std::vector<double> passed_;  // at the beginning of each hour
};

int count_edits(std::mt19937& random) {
  std::uniform_real_distribution<double> uniform(0, 1);
  if (uniform(random) >= edited_share) return 0;
  const double kind = uniform(random);
  if (kind < 0.60) return 1;
  if (kind < 0.81) return 2;
  if (kind < 0.95) return 3 + static_cast<int>(uniform(random) * 7);
  return 10 + static_cast<int>(uniform(random) * 11);
}

}  // namespace

NewsYear make_news_year(std::uint32_t seed, bool rhythm) {
  std::mt19937 random(seed);
  const Office office(rhythm);
  std::exponential_distribution<double> gap(articles_a_day / 24);
  std::lognormal_distribution<double> delay(std::log(median_delay_hours), delay_sigma);
  NewsYear out;
  for (double passed = gap(random); passed < office.whole(); passed += gap(random)) {
    NewsYear::Article article{.published = office.at(passed), .edits = {}};
    for (int i = count_edits(random); i > 0; --i) {
      const auto at = office.at(passed + delay(random));
      if (at < year_end) article.edits.push_back(at);
    }
    std::sort(article.edits.begin(), article.edits.end());
    out.articles.push_back(std::move(article));
  }
  return out;
}

}  // namespace tinwatch::bench
