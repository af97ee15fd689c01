#include "storage/reader_pool.hpp"

#include "storage/error.hpp"
#include "storage/store_fixture.hpp"

#include <gtest/gtest.h>

namespace tinwatch::storage {
namespace {

constexpr QuestionLimit patient{.time = std::chrono::hours{1}};

/// Asks until it is given up.
int without_end(const Reader& reader) {
  for (;;) static_cast<void>(reader.copy_candidates(SourceRow(1), {1, 2, 3}, Instant{}));
}

int source_count(const Reader& reader) { return static_cast<int>(reader.conditions().size()); }

class ReaderPoolTest : public StoreTest {
 protected:
  /// Keeps a question going that ends by being given up alone.
  void keep_busy(Task<int> question) {
    asio::co_spawn(io, std::move(question), [this](const std::exception_ptr& failure, int) {
      try {
        std::rethrow_exception(failure);
      } catch (const GivenUp&) {
        ++given_up;
      }
    });
  }
  int given_up = 0;
};

TEST_F(ReaderPoolTest, ThePipelineNeverWaitsForPeople) {
  for (int i = 0; i < 5; ++i) keep_busy(store.ask(without_end));
  keep_busy(store.examine(without_end));
  int answered = 0;
  const auto pipeline = [](Store* of, int* count) -> Task<> {
    for (int i = 0; i < 10; ++i) *count += co_await of->read(source_count);
    of->give_up_questions();
  };
  test::run(io, pipeline(&store, &answered));
  EXPECT_EQ(answered, 10);
  EXPECT_EQ(given_up, 6);
}

TEST_F(ReaderPoolTest, AnExaminationKeepsNoQuestionWaiting) {
  keep_busy(store.examine(without_end));
  const auto person = [](Store* of) -> Task<> {
    co_await of->ask(source_count);
    of->give_up_questions();
  };
  test::run(io, person(&store));
  EXPECT_EQ(given_up, 1);
}

TEST_F(ReaderPoolTest, EveryQuestionHasALimitOfItsOwn) {
  ReaderPool pool(path, 1, {.time = std::chrono::hours{1}, .steps = 100'000});
  keep_busy(pool.call(without_end));
  io.restart();
  io.run();
  EXPECT_EQ(given_up, 1);
  EXPECT_EQ(test::run(io, pool.call(source_count)), 1) << "the next one begins anew";
}

TEST_F(ReaderPoolTest, TimeIsALimitToo) {
  ReaderPool pool(path, 1, {.time = std::chrono::milliseconds{1}});
  keep_busy(pool.call(without_end));
  io.restart();
  io.run();
  EXPECT_EQ(given_up, 1);
}

TEST_F(ReaderPoolTest, ItsEndGivesUpWhatRuns) {
  auto pool = std::make_unique<ReaderPool>(path, 1, patient);
  keep_busy(pool->call(without_end));
  io.restart();
  io.run_one();  // hands it to the pool's thread
  pool.reset();
  io.run();
  EXPECT_EQ(given_up, 1);
}

}  // namespace
}  // namespace tinwatch::storage
