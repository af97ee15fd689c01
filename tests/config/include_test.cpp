#include "config/config.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace tinwatch::config {
namespace {

/// A configuration of several files.
class IncludeTest : public testing::Test {
 protected:
  IncludeTest() {
    for (const auto* name : {"sources.d", "watches.d"})
      std::filesystem::create_directory(folder / name);
  }
  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder / name) << text;
  }
  Result<Config, Faults> load_text(const std::string& text) {
    std::ofstream(file) << text;
    return load(file);
  }
  /// Without the folder's name, wherever it stands.
  std::vector<std::string> faults(const std::string& text) {
    const auto config = load_text(text);
    std::vector<std::string> out;
    if (config) return out;
    const auto prefix = folder / "";
    for (auto fault : config.error()) {
      for (auto at = fault.find(prefix); at != std::string::npos; at = fault.find(prefix))
        fault.erase(at, prefix.size());
      out.push_back(fault);
    }
    return out;
  }
  static std::string source(const std::string& name) {
    return "  - {name: " + name + ", start: [\"http://127.0.0.1/" + name + "\"]}\n";
  }
  static std::string names(const Config& config) {
    std::string out;
    for (const auto& one : config.sources) out += one.name + ' ';
    for (const auto& one : config.watches) out += one.name + ' ';
    return out;
  }

  test::TempDir folder;
  std::string file = folder / "t.yaml";
  const std::string pattern = "include: [\"sources.d/*.yaml\"]\n";
};

TEST_F(IncludeTest, FilesHoldWatchesAndAliases) {
  write("watches.d/b.yaml", "watches: [{name: b, query: LLVT}]\n");
  write("watches.d/a.yaml", "aliases: [[LLVT, quân]]\nwatches: [{name: a, query: lũ}]\n");
  write("watches.d/c.yaml", "# none yet\n");
  const auto config = load_text(
      "include: [\"watches.d/*.yaml\", \"other.d/*.yaml\"]\nwatches: [{name: z, query: bão}]\n");
  ASSERT_TRUE(config) << config.error().front();
  EXPECT_EQ(names(*config), "z a b ");
  EXPECT_EQ(config->watches[2].query->terms().size(), 2U) << "aliases are everybody's";
  EXPECT_EQ(config->include.size(), 2U);
  write("watches.d/d.yaml", "receivers: []\nwatches: [{name: d, query: '('}]\n");
  EXPECT_EQ(faults("include: [\"watches.d/*.yaml\"]"),
            (std::vector<std::string>{
                "watches.d/d.yaml:2:28: watches: query: line 1, column 1: nothing behind '('; "
                "expected a word, a \"phrase\" or '('",
                "watches.d/d.yaml:1:1: unknown key 'receivers'"}));
}

TEST_F(IncludeTest, FilesHoldSourcesInTheOrderOfTheirNames) {
  write("sources.d/20.yaml", "sources:\n" + source("c") + source("d"));
  write("sources.d/10.yaml", "sources:\n" + source("b"));
  write("sources.d/notes.txt", "no YAML: {");
  write("sources.d/.hidden.yaml", "no YAML: {");
  const auto config = load_text(pattern + "sources:\n" + source("a"));
  ASSERT_TRUE(config) << config.error().front();
  EXPECT_EQ(names(*config), "a b c d ");
  EXPECT_EQ(config->sources[3].start, std::vector<std::string>{"http://127.0.0.1/d"});
}

TEST_F(IncludeTest, AFileThatTwoPatternsNameIsReadOnce) {
  write("sources.d/a.yaml", "sources:\n" + source("a"));
  const auto config = load_text("include: [sources.d/a.yaml, \"./sources.d/*.yaml\", \"" +
                                (folder / "sources.d") + "/a.yaml\"]\n");
  ASSERT_TRUE(config) << config.error().front();
  EXPECT_EQ(names(*config), "a ");
}

TEST_F(IncludeTest, FaultsSayTheirFileLineAndColumn) {
  write("sources.d/a.yaml",
        "sources:\n" + source("a") + "  - name: b\n    start: [ftp://b.test/]\n");
  write("sources.d/b.yaml", "sources:\n  - {name: c, start: [\n");
  const auto found = faults(pattern);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].substr(0, found[0].find(" at")).find("sources.d/b.yaml:3:1: "), 0U)
      << found[0];
  EXPECT_EQ(found[1],
            "sources.d/a.yaml:3:5: sources: start: 'ftp://b.test/' is no http(s) address");
}

TEST_F(IncludeTest, ANameThatStandsTwiceNamesBothPlaces) {
  write("sources.d/a.yaml", "sources:\n" + source("b") + source("a"));
  write("watches.d/a.yaml", "watches:\n  - {name: w, query: x}\n");
  EXPECT_EQ(faults("include: [\"*.d/*.yaml\"]\nsources:\n" + source("a") +
                   "watches: [{name: w, query: y}]\n"),
            (std::vector<std::string>{
                "sources.d/a.yaml:3:5: sources: the name 'a' stands twice; first at t.yaml:3:5",
                "watches.d/a.yaml:2:5: watches: the name 'w' stands twice; first at t.yaml:4:11"}));
}

TEST_F(IncludeTest, WhatCannotBeReadIsNotTakenForNothing) {
  EXPECT_EQ(faults("include: [missing.yaml]"),
            std::vector<std::string>{"t.yaml:1:10: include: there is no file missing.yaml"});
  EXPECT_EQ(faults("include: [t.yaml]"),
            std::vector<std::string>{"t.yaml:1:10: include: t.yaml is this file itself"});
  EXPECT_TRUE(load_text("include: [\"nowhere.d/*.yaml\"]"));
  write("sources.d/list.yaml", "- name: a\n");
  EXPECT_EQ(faults(pattern),
            std::vector<std::string>{"sources.d/list.yaml:1:1: must be a mapping (key: value)"});
  std::filesystem::remove(folder / "sources.d/list.yaml");
  std::filesystem::create_directory(folder / "sources.d/folder.yaml");
  ASSERT_EQ(faults(pattern).size(), 1U);
  EXPECT_NE(faults(pattern)[0].find("sources.d/folder.yaml: is a directory"), std::string::npos);
  std::filesystem::remove(folder / "sources.d/folder.yaml");
  std::filesystem::create_symlink("loop.d", folder / "loop.d");
  EXPECT_EQ(
      faults("include: [\"loop.d/*.yaml\"]"),
      std::vector<std::string>{"t.yaml:1:10: include: a folder of loop.d/*.yaml cannot be read"});
}

TEST_F(IncludeTest, AThousandFilesAndNoMore) {
  const auto name = [](int i) { return "sources.d/s" + std::to_string(i) + ".yaml"; };
  for (int i = 0; i < 1000; ++i) write(name(i), "sources:\n" + source("s" + std::to_string(i)));
  const auto config = load_text(pattern);
  ASSERT_TRUE(config) << config.error().front();
  EXPECT_EQ(config->sources.size(), 1000U);
  write(name(1000), "# one more\n");
  EXPECT_EQ(faults(pattern),
            std::vector<std::string>{"t.yaml:1:10: include: 1001 files; at most 1000 are read, put "
                                     "several into one"});
}

TEST_F(IncludeTest, WhetherAFileWouldBeRead) {
  Config config;
  config.file = file;
  EXPECT_FALSE(is_included(config, folder / "sources.d/a.yaml"));
  config.include = {"{sources,watches}.d/*.yaml", "more.yaml", "/elsewhere/*.yaml"};
  EXPECT_TRUE(is_included(config, folder / "sources.d/a.yaml"));
  EXPECT_TRUE(is_included(config, folder / "watches.d/../watches.d/a.yaml"));
  EXPECT_TRUE(is_included(config, folder / "more.yaml"));
  EXPECT_TRUE(is_included(config, "/elsewhere/a.yaml"));
  EXPECT_FALSE(is_included(config, "sources.d/a.yaml")) << "of the folder we are in";
  EXPECT_FALSE(is_included(config, folder / "sources.d/a.yml"));
  EXPECT_FALSE(is_included(config, folder / "sources.d/a/b.yaml"));
  EXPECT_FALSE(is_included(config, folder / "sources.d/.a.yaml"));
}

}  // namespace
}  // namespace tinwatch::config
