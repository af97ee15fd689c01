#include "telemetry/metrics.hpp"

namespace tinwatch::telemetry {

std::string_view label(PageField field) {
  switch (field) {
    case PageField::headline: return "headline";
    case PageField::date: return "date";
    case PageField::body: return "body";
    case PageField::author: return "author";
  }
  return "";
}

std::string_view label(LatencyUnknown why) {
  switch (why) {
    case LatencyUnknown::no_date: return "no_date";
    case LatencyUnknown::imprecise: return "imprecise";
    case LatencyUnknown::out_of_range: return "out_of_range";
  }
  return "";
}

std::string_view label(RetentionJob job) {
  switch (job) {
    case RetentionJob::raw_pages: return "raw_pages";
    case RetentionJob::readings: return "readings";
    case RetentionJob::audit: return "audit";
  }
  return "";
}

}  // namespace tinwatch::telemetry
