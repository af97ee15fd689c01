#include "regular_file.hpp"

#include "support/temp_dir.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace tinwatch::config {
namespace {

namespace fs = std::filesystem;

class RegularFileTest : public testing::Test {
 protected:
  std::string refusal(const std::string& path) {
    const auto text = read_regular_file(path, largest_secret);
    return text ? "it was read" : text.error();
  }

  test::TempDir folder;
  std::string file = folder / "hook.secret";
};

TEST_F(RegularFileTest, NothingElseIsReadOrWaitedFor) {
  EXPECT_EQ(refusal(file), file + ": No such file or directory");
  fs::create_directory(file);
  EXPECT_EQ(refusal(file), file + ": is a directory, not a file");
  fs::remove(file);
  ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
  EXPECT_EQ(refusal(file), file + ": is a FIFO, not a file");
  fs::remove(file);
  const int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{.sun_family = AF_UNIX};
  file.copy(address.sun_path, sizeof(address.sun_path) - 1);
  ASSERT_EQ(::bind(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  EXPECT_EQ(refusal(file), file + ": is a socket, not a file");
  ::close(server);
  EXPECT_EQ(refusal("/dev/zero"), "/dev/zero: is a device, not a file");
  EXPECT_EQ(refusal("/dev/tty"), "/dev/tty: is a device, not a file");
}

TEST_F(RegularFileTest, ALinkIsFollowedToWhatItLeadsTo) {
  std::ofstream(folder / "target") << "text";
  fs::create_symlink(folder / "target", file);
  EXPECT_EQ(read_regular_file(file, largest_secret).value(), "text");
  fs::remove(file);
  fs::create_symlink("/dev/zero", file);
  EXPECT_EQ(refusal(file), file + ": is a device, not a file");
}

TEST_F(RegularFileTest, IsReadUpToItsLimit) {
  std::ofstream(file) << std::string(largest_secret, 'x');
  EXPECT_EQ(read_regular_file(file, largest_secret).value().size(), largest_secret);
  std::ofstream(file, std::ios::app) << 'x';
  EXPECT_EQ(refusal(file), file + ": is larger than 1 MiB");
}

TEST_F(RegularFileTest, WhoElseMayReadOrWriteASecretIsTold) {
  std::ofstream(file) << "text";
  const auto exposed = [&](unsigned mode) {
    fs::permissions(file, fs::perms(mode));
    return exposures(file);
  };
  EXPECT_EQ(exposed(0600), std::vector<std::string>{});
  EXPECT_EQ(exposed(0640), std::vector<std::string>{});
  EXPECT_EQ(exposed(0440), std::vector<std::string>{});
  const std::string readable = " can be read by every user of this machine; chmod 0640, or 0600";
  const std::string writable = " can be written by others than its owner; chmod 0640, or 0600";
  EXPECT_EQ(exposed(0644), std::vector<std::string>{file + readable});
  EXPECT_EQ(exposed(0660), std::vector<std::string>{file + writable});
  EXPECT_EQ(exposed(0602), std::vector<std::string>{file + writable});
  EXPECT_EQ(exposed(0666), (std::vector<std::string>{file + readable, file + writable}));
  fs::permissions(file, fs::perms(0600));
  fs::create_symlink(file, folder / "link");
  EXPECT_EQ(
      exposures(folder / "link"),
      std::vector<std::string>{
          folder / "link" +
          std::string(" is a symbolic link: whoever may change the link chooses the secret")});
}

}  // namespace
}  // namespace tinwatch::config
