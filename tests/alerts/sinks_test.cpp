#include "alerts/exec_sink.hpp"
#include "alerts/file_sink.hpp"
#include "support/run.hpp"
#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <pwd.h>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace tinwatch::alerts {
namespace {

using namespace std::chrono_literals;

Message message(std::string body) {
  Message out;
  out.id = "0190-m";
  out.body = std::move(body);
  return out;
}

std::string contents(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path).rdbuf();
  return out.str();
}

class SinksTest : public testing::Test {
 protected:
  DeliveryResult run(const std::string& script, std::string body = "{}", Duration timeout = 20s) {
    ExecSink sink({.command = {"/bin/sh", "-c", script, "tinwatch"}, .timeout = timeout});
    return test::run(io, sink.deliver(message(std::move(body))));
  }

  test::TempDir folder;
  asio::io_context io;
};

TEST_F(SinksTest, AProgramIsGivenTheMessageAndNoMoreThanItNeeds) {
  ::setenv("TINWATCH_TEST_SECRET", "s3cret", 1);  // NOLINT(concurrency-mt-unsafe)
  const auto out = folder / "out";
  ASSERT_TRUE(run("cat >" + out + "; env | sort >" + out + ".env", R"({"a":"$(id) `id`"})"));
  EXPECT_EQ(contents(out), R"({"a":"$(id) `id`"})") << "no shell reads it";
  const auto environment = contents(out + ".env");
  EXPECT_EQ(environment.find("s3cret"), std::string::npos) << environment;
  EXPECT_NE(environment.find("TINWATCH_MESSAGE_ID=0190-m\n"), std::string::npos);
}

TEST_F(SinksTest, AProgramsStatusSaysWhatBecameOfIt) {
  EXPECT_TRUE(run("exit 0")) << "it need not read the message";
  EXPECT_TRUE(run("exit 0", std::string(1 << 20, 'x'))) << "nor a long one";
  const auto later = run("echo not now >&2; echo more >&2; exit 75");
  EXPECT_EQ(later.error().kind, Failure::retry);
  EXPECT_EQ(later.error().detail, "/bin/sh ended with status 75: not now");
  EXPECT_EQ(run("exit 1").error().kind, Failure::refused);
  EXPECT_EQ(run("kill -9 $$").error().kind, Failure::retry);
  ExecSink missing({.command = {folder / "missing"}});
  EXPECT_EQ(test::run(io, missing.deliver(message("{}"))).error().kind, Failure::misconfigured);
}

TEST_F(SinksTest, AProgramIsRunAsTheUserThatIsNamed) {
  const auto as = [&](const std::string& name) {
    const passwd* entry = ::getpwnam(name.c_str());  // NOLINT(concurrency-mt-unsafe)
    ExecSink sink({.command = {"/bin/sh", "-c", "id -un >&2; exit 75"},
                   .user = ExecUser{name, entry ? entry->pw_gid : 0}});
    return test::run(io, sink.deliver(message("{}"))).error();
  };
  if (::geteuid() == 0) {
    EXPECT_EQ(as("nobody").detail, "/bin/sh ended with status 75: nobody");
  } else {
    EXPECT_EQ(as("root").kind, Failure::misconfigured);
  }
  EXPECT_EQ(as("gone-meanwhile").kind, Failure::misconfigured) << "and no message is lost by it";
}

TEST_F(SinksTest, AProgramThatTakesTooLongIsKilledWithAllThatItStarted) {
  const auto alive = folder / "alive";
  const auto result = run("(sleep 1; touch " + alive + ") & sleep 60", "{}", 200ms);
  EXPECT_EQ(result.error().kind, Failure::retry);
  EXPECT_EQ(result.error().detail, "/bin/sh took too long");
  // The child of the program had a second to go.
  ASSERT_TRUE(run("sleep 1.5"));
  EXPECT_FALSE(std::filesystem::exists(alive));
}

TEST_F(SinksTest, AFileHasALineAMessageAndMayBeRotated) {
  FileSink sink(folder / "events.jsonl");
  ASSERT_TRUE(test::run(io, sink.deliver(message(R"({"n":1})"))));
  std::filesystem::rename(folder / "events.jsonl", folder / "events.jsonl.1");
  ASSERT_TRUE(test::run(io, sink.deliver(message(R"({"n":2})"))));
  ASSERT_TRUE(test::run(io, sink.deliver(message(R"({"n":3})"))));
  EXPECT_EQ(contents(folder / "events.jsonl.1"), "{\"n\":1}\n");
  EXPECT_EQ(contents(folder / "events.jsonl"), "{\"n\":2}\n{\"n\":3}\n");
  std::ofstream(folder / "events.jsonl", std::ios::app) << "{\"n\":4";  // a power cut
  ASSERT_TRUE(test::run(io, sink.deliver(message(R"({"n":5})"))));
  EXPECT_TRUE(contents(folder / "events.jsonl").ends_with("{\"n\":4\n{\"n\":5}\n"));
  struct stat status {};
  ASSERT_EQ(::stat((folder / "events.jsonl").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07, 0U) << "it is for its owner and group";
}

TEST_F(SinksTest, WhatIsNoFileIsNotWrittenTo) {
  FileSink nowhere(folder / "no/such/folder");
  EXPECT_EQ(test::run(io, nowhere.deliver(message("{}"))).error().kind, Failure::retry);
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  FileSink fifo(folder / "fifo");
  EXPECT_FALSE(test::run(io, fifo.deliver(message("{}")))) << "and nobody waits for a reader";
  FileSink full("/dev/full");
  EXPECT_FALSE(test::run(io, full.deliver(message("{}"))));
}

}  // namespace
}  // namespace tinwatch::alerts
