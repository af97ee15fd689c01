#include "api/accepted_coding.hpp"

#include <gtest/gtest.h>

namespace tinwatch::api {
namespace {

// RFC 9110 section 12.5.3.

TEST(AcceptsGzip, WhereItIsNamedOrAnythingGoes) {
  for (const auto* header :
       {"gzip", "GZIP", "x-gzip", "deflate, gzip", "br;q=1.0, gzip;q=0.5", "gzip ; q=0.001",
        "gzip;Q=1.000", "*", "*;q=0.1", "identity;q=0, gzip", "*;q=0, gzip", ",gzip,"})
    EXPECT_TRUE(accepts_gzip(header)) << header;
}

TEST(AcceptsGzip, NotWhereItIsNotOrIsRuledOut) {
  for (const auto* header : {"", "identity", "br, zstd", "gzip;q=0", "gzip;q=0.000", "gzip;q=0, *",
                             "*;q=0", "gzipped", "deflate;q=0.5, gzip;q=0.0"})
    EXPECT_FALSE(accepts_gzip(header)) << header;
}

TEST(AcceptsGzip, NotByAWeightThatIsNone) {
  for (const auto* header : {"gzip;q=", "gzip;q=2", "gzip;q=1.5", "gzip;q=-1", "gzip;q=0.1234",
                             "gzip;q=.5", "gzip;level=9", "gzip;", "gzip;q=1x", "gzip;q=1:0"})
    EXPECT_FALSE(accepts_gzip(header)) << header;
}

}  // namespace
}  // namespace tinwatch::api
