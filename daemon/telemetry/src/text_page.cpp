#include "text_page.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace tinwatch::telemetry {
namespace {

using Series = prometheus::ClientMetric;
using prometheus::MetricType;

std::string_view word_of(MetricType type) {
  switch (type) {
    case MetricType::Counter: return "counter";
    case MetricType::Gauge: return "gauge";
    case MetricType::Histogram: return "histogram";
    case MetricType::Summary: return "summary";
    case MetricType::Untyped: break;
  }
  return "untyped";
}

/// Without an exponent where people can read it so: a bucket's `le` is compared as text.
void write_number(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "NaN";
  } else if (std::isinf(value)) {
    out += value > 0 ? "+Inf" : "-Inf";
  } else {
    const auto size = std::abs(value);
    const bool is_plain = size == 0 || (size >= 1e-6 && size < 1e15);
    std::array<char, 64> digits{};
    const auto written =
        std::to_chars(digits.data(), digits.data() + digits.size(), value,
                      is_plain ? std::chars_format::fixed : std::chars_format::general);
    out.append(digits.data(), written.ptr);
  }
}

void write_escaped(std::string& out, std::string_view text, bool is_quoted) {
  for (const char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\\' || (is_quoted && c == '"'))
      (out += '\\') += c;
    else
      out += c;
  }
}

/// `NAME[SUFFIX]{LABEL="VALUE",...} VALUE`; `bound`: of a bucket.
void write_line(std::string& out, const std::string& name, std::string_view suffix,
                const Series& series, double value, const double* bound = nullptr) {
  (out += name) += suffix;
  char before = '{';
  for (const auto& label : series.label) {
    ((out += before) += label.name) += "=\"";
    write_escaped(out, label.value, true);
    out += '"';
    before = ',';
  }
  if (bound) {
    (out += before) += "le=\"";
    write_number(out, *bound);
    out += '"';
    before = ',';
  }
  if (before == ',') out += '}';
  out += ' ';
  write_number(out, value);
  out += '\n';
}

void write_histogram(std::string& out, const std::string& name, const Series& series) {
  const auto& all = series.histogram;
  for (const auto& bucket : all.bucket)
    write_line(out, name, "_bucket", series, static_cast<double>(bucket.cumulative_count),
               &bucket.upper_bound);
  write_line(out, name, "_sum", series, all.sample_sum);
  write_line(out, name, "_count", series, static_cast<double>(all.sample_count));
}

}  // namespace

std::string text_page(const std::vector<prometheus::MetricFamily>& families) {
  std::string out;
  for (const auto& family : families) {
    if (!family.help.empty()) {
      ((out += "# HELP ") += family.name) += ' ';
      write_escaped(out, family.help, false);
      out += '\n';
    }
    (((out += "# TYPE ") += family.name) += ' ') += word_of(family.type);
    out += '\n';
    for (const auto& series : family.metric) {
      if (family.type == MetricType::Histogram)
        write_histogram(out, family.name, series);
      else
        write_line(out, family.name, {}, series,
                   family.type == MetricType::Counter ? series.counter.value : series.gauge.value);
    }
  }
  return out;
}

}  // namespace tinwatch::telemetry
