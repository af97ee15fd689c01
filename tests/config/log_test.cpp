#include "config/config.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace tinwatch::config {
namespace {

class LogTest : public testing::Test {
 protected:
  Result<Config, Faults> read(const std::string& text) {
    std::ofstream(file) << text;
    return load(file);
  }
  /// With its place in the file.
  std::string fault(const std::string& text) {
    const auto config = read(text);
    if (config) return {};
    EXPECT_EQ(config.error().size(), 1U) << text;
    const auto& all = config.error().front();
    return all.substr(file.size());
  }

  test::TempDir folder;
  std::string file = folder / "t.yaml";
};

TEST_F(LogTest, SaysFormAndLevel) {
  const auto config = read("log: {format: json, level: warning}\n");
  ASSERT_TRUE(config) << config.error().front();
  const log::Settings expected{.format = log::Format::json, .level = log::Level::warning};
  EXPECT_EQ(config->log, expected);
  ASSERT_TRUE(config->shown);
  EXPECT_NE(config->shown->yaml().find("log:\n  format: json\n  level: warning\n"),
            std::string::npos)
      << config->shown->yaml();
  EXPECT_EQ(read("log: {level: debug}\n")->log.format, log::Format::logfmt);
  EXPECT_EQ(read("log:\n")->log, log::Settings{});
}

TEST_F(LogTest, EveryWordOfItIsKnown) {
  for (const auto* level : {"debug", "info", "warning", "error"})
    EXPECT_EQ(fault(std::string("log: {level: ") + level + "}\n"), "");
  EXPECT_EQ(fault("log:\n  format: xml\n"), ":2:11: log: format must be logfmt or json, not 'xml'");
  EXPECT_EQ(fault("log:\n  format: json\n  level: loud\n"),
            ":3:10: log: level must be debug, info, warning or error, not 'loud'");
  EXPECT_EQ(fault("log: {file: /tmp/x}\n"), ":1:7: log: unknown key 'file'");
  EXPECT_NE(fault("log: json\n"), "");
}

}  // namespace
}  // namespace tinwatch::config
