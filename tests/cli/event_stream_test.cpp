#include "event_stream.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace tinwatch::cli {
namespace {

/// `ID NAME DATA` of each event, of a stream that comes in pieces of `size` bytes.
std::vector<std::string> told(std::string_view stream, std::size_t size) {
  std::vector<std::string> out;
  EventStream events([&](const StreamEvent& event) {
    out.push_back(event.id + ' ' + event.name + ' ' + event.data);
  });
  for (; !stream.empty(); stream.remove_prefix(std::min(size, stream.size())))
    events.take(stream.substr(0, size));
  return out;
}

TEST(EventStreamTest, EventsAreToldWhateverPiecesTheyComeIn) {
  constexpr std::string_view stream =
      "retry: 2000\n\nid: 41\ndata: {\"seq\":41}\n\n:\n\nevent: gap\nid: 50\ndata: {}\n\n"
      "data: one\ndata:two\ndata\n\nid: 52\nnonsense: x\ndata: last\n\ndata: not whole\n";
  const std::vector<std::string> expected{"41  {\"seq\":41}", "50 gap {}", "50  one\ntwo\n",
                                          "52  last"};
  for (const std::size_t size : {1U, 2U, 3U, 7U, 1000U}) EXPECT_EQ(told(stream, size), expected);
  EXPECT_TRUE(told("", 1).empty());
  EXPECT_TRUE(told("id: 7\n\n:\n\n", 4).empty()) << "no data, no event";
}

TEST(EventStreamTest, ThePauseIsAsAnAnswerSaysWithinBounds) {
  using std::chrono::seconds;
  EXPECT_EQ(pause_before_next(0), seconds(2)) << "nothing was said";
  EXPECT_EQ(pause_before_next(1), seconds(2));
  EXPECT_EQ(pause_before_next(5), seconds(5));
  EXPECT_EQ(pause_before_next(60), seconds(60));
  EXPECT_EQ(pause_before_next(2'000'000'000), seconds(60));
}

}  // namespace
}  // namespace tinwatch::cli
