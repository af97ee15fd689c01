#include "writer.hpp"

#include "storage/store_fixture.hpp"
#include "tables.hpp"

#include <boost/asio/co_spawn.hpp>

#include <latch>

namespace tinwatch::storage {
namespace {

/// What is committed together, each piece with how it ended.
class WriterTest : public StoreTest {
 protected:
  WriterTest() {
    SourceEntry first{.name = "bao"};
    first.start.push_back({"http://a.test/", "a.test", TargetKind::listing});
    SourceEntry second{.name = "tin"};
    second.start.push_back({"http://b.test/", "b.test", TargetKind::listing});
    test::run(io, store.sync_sources({first, second}, now));
  }

  /// A new article of a source, whose event has that id.
  ArticleCommit article(const std::string& number, std::int64_t source, const std::string& event) {
    auto commit = published("http://a.test/" + number);
    commit.source = SourceRow(source);
    commit.standing->identifier = number;
    commit.events.front().id = event;
    return commit;
  }
  void begin(const ArticleCommit& commit) { commits.push_back(commit); }
  /// All that was begun comes to the disk together: the writer is held up until it is there.
  void together() {
    Writer writer(std::make_unique<sqlite::Connection>(path));
    std::latch busy(1);
    std::latch all_there(1);
    perform(writer, "", {}, [&](Transaction&) {
      busy.count_down();
      all_there.wait();
    });
    io.restart();
    io.poll();
    busy.wait();
    for (const auto& commit : commits)
      perform(writer, commit.standing->identifier + "; ", commit.source,
              [commit](Transaction& transaction) { commit_visit(transaction, commit); });
    commits.clear();
    io.poll();
    all_there.count_down();
    io.run();
  }
  void perform(Writer& writer, const std::string& name, SourceRow source, Writer::Work work) {
    asio::co_spawn(io, writer.perform(std::move(work), source),
                   [this, name](const std::exception_ptr& failure) {
                     ended += (failure ? "failed: " : "") + name;
                   });
  }
  std::vector<std::string> events() {
    std::vector<std::string> out;
    for (const auto& event : Reader(path).events(0, std::nullopt, 100))
      out.push_back(std::to_string(event.seq) + ' ' + event.id);
    return out;
  }

  std::vector<ArticleCommit> commits;
  std::string ended;
};

TEST_F(WriterTest, NumbersEventsInTheOrderOfCommitsWithoutGaps) {
  begin(article("1", 1, "a"));
  begin(article("1", 1, "b"));  // the same article: a conflict, no event
  begin(article("2", 1, "c"));
  together();
  EXPECT_EQ(ended, "1; 1; 2; ");
  EXPECT_EQ(events(), (std::vector<std::string>{"1 a", "2 c"}));
  begin(article("3", 1, "d"));
  together();
  EXPECT_EQ(events().back(), "3 d");
}

TEST_F(WriterTest, APieceWhoseEventsCannotBeWrittenUndoesNobodyElse) {
  begin(article("1", 1, "a"));
  together();
  ended.clear();
  begin(article("2", 1, "b"));
  begin(article("3", 1, "a"));  // an id that is taken
  begin(article("4", 1, "c"));
  together();
  EXPECT_EQ(ended, "2; failed: 3; 4; ");
  EXPECT_EQ(events(), (std::vector<std::string>{"1 a", "2 b", "3 c"}));
  EXPECT_EQ(Reader(path).articles({}).size(), 3U);
  EXPECT_EQ(Reader(path).verify("").faults, std::vector<std::string>{});
}

TEST_F(WriterTest, DoesTheSourcesOneAfterTheOther) {
  begin(article("1", 2, "a"));
  begin(article("2", 1, "b"));
  begin(article("3", 2, "c"));
  begin(article("4", 1, "d"));
  together();
  EXPECT_EQ(events(), (std::vector<std::string>{"1 b", "2 d", "3 a", "4 c"}))
      << "by their rows, and in the order they came";
}

}  // namespace
}  // namespace tinwatch::storage
