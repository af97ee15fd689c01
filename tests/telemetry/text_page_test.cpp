#include "text_page.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace tinwatch::telemetry {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricType;

std::string page_of_gauge(double value) {
  ClientMetric series;
  series.gauge.value = value;
  return text_page({{.name = "g", .help = "", .type = MetricType::Gauge, .metric = {series}}});
}

TEST(TextPage, CountersAndGauges) {
  ClientMetric plain;
  plain.counter.value = 3;
  ClientMetric labelled;
  labelled.label = {{"source", "bao"}, {"event", "moved"}};
  labelled.counter.value = 0.25;
  EXPECT_EQ(text_page({{.name = "c_total",
                        .help = "Of things.",
                        .type = MetricType::Counter,
                        .metric = {plain, labelled}}}),
            "# HELP c_total Of things.\n"
            "# TYPE c_total counter\n"
            "c_total 3\n"
            "c_total{source=\"bao\",event=\"moved\"} 0.25\n");
  EXPECT_EQ(page_of_gauge(-7.5), "# TYPE g gauge\ng -7.5\n");
}

TEST(TextPage, Histograms) {
  ClientMetric series;
  series.label = {{"kind", "feed"}};
  series.histogram.sample_count = 3;
  series.histogram.sample_sum = 1.5;
  series.histogram.bucket = {
      {.cumulative_count = 1, .upper_bound = 0.0005},
      {.cumulative_count = 2, .upper_bound = 86400},
      {.cumulative_count = 3, .upper_bound = std::numeric_limits<double>::infinity()}};
  EXPECT_EQ(
      text_page({{.name = "h", .help = "", .type = MetricType::Histogram, .metric = {series}}}),
      "# TYPE h histogram\n"
      "h_bucket{kind=\"feed\",le=\"0.0005\"} 1\n"
      "h_bucket{kind=\"feed\",le=\"86400\"} 2\n"
      "h_bucket{kind=\"feed\",le=\"+Inf\"} 3\n"
      "h_sum{kind=\"feed\"} 1.5\n"
      "h_count{kind=\"feed\"} 3\n");
}

TEST(TextPage, TextIsEscaped) {
  ClientMetric series;
  series.label = {{"why", "a \"b\"\\\nc"}};
  EXPECT_EQ(text_page({{.name = "g",
                        .help = "one \"line\"\\\n",
                        .type = MetricType::Gauge,
                        .metric = {series}}}),
            "# HELP g one \"line\"\\\\\\n\n# TYPE g gauge\ng{why=\"a \\\"b\\\"\\\\\\nc\"} 0\n");
}

TEST(TextPage, NumbersAreWholeAndReadable) {
  using Limits = std::numeric_limits<double>;
  EXPECT_EQ(page_of_gauge(1795875216.426), "# TYPE g gauge\ng 1795875216.426\n");
  EXPECT_EQ(page_of_gauge(1e12), "# TYPE g gauge\ng 1000000000000\n");
  EXPECT_EQ(page_of_gauge(1e300), "# TYPE g gauge\ng 1e+300\n");
  EXPECT_EQ(page_of_gauge(Limits::denorm_min()), "# TYPE g gauge\ng 5e-324\n");
  EXPECT_EQ(page_of_gauge(-Limits::max()), "# TYPE g gauge\ng -1.7976931348623157e+308\n");
  EXPECT_EQ(page_of_gauge(Limits::infinity()), "# TYPE g gauge\ng +Inf\n");
  EXPECT_EQ(page_of_gauge(-Limits::infinity()), "# TYPE g gauge\ng -Inf\n");
  EXPECT_EQ(page_of_gauge(Limits::quiet_NaN()), "# TYPE g gauge\ng NaN\n");
}

}  // namespace
}  // namespace tinwatch::telemetry
