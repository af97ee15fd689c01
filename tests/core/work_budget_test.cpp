#include "core/work_budget.hpp"

#include <gtest/gtest.h>

namespace tinwatch {
namespace {

using namespace std::chrono_literals;

/// A thread whose CPU time the test moves, and that counts how often it is asked for it.
class WorkBudgetTest : public testing::Test {
 protected:
  WorkBudget budget(WorkBudget::Time limit) {
    return WorkBudget(limit, [this] {
      ++looks;
      return used;
    });
  }

  WorkBudget::Time used = 1h;  // by other work of the thread
  int looks = 0;
};

TEST_F(WorkBudgetTest, EndsTheWorkThatCostsMore) {
  auto work = budget(5s);
  used += 5s;
  EXPECT_NO_THROW(work.look());
  used += 1ns;
  EXPECT_THROW(work.look(), OverBudget);
}

TEST_F(WorkBudgetTest, LooksEveryTenThousandSteps) {
  auto work = budget(5s);
  used += 6s;
  EXPECT_NO_THROW(for (std::size_t i = 1; i < WorkBudget::steps_a_look; ++i) work.step());
  EXPECT_EQ(looks, 1) << "counting steps asks no clock";
  EXPECT_THROW(work.step(), OverBudget);
}

TEST_F(WorkBudgetTest, ManyStepsAtOnceAreALook) {
  auto work = budget(5s);
  work.step(1'000'000);
  EXPECT_EQ(looks, 2);
  used += 6s;
  EXPECT_THROW(work.step(1'000'000), OverBudget);
}

TEST_F(WorkBudgetTest, SaysWhatItsLimitWas) {
  auto work = budget(2500ms);
  used += 3s;
  try {
    work.look();
    FAIL();
  } catch (const OverBudget& e) {
    EXPECT_STREQ(e.what(), "reading it takes more than 2.5 s of CPU time");
  }
}

TEST(ThreadCpuTime, MovesWithTheWorkOfThisThread) {
  const auto before = thread_cpu_time();
  while (thread_cpu_time() == before) {
  }
  EXPECT_GT(thread_cpu_time(), before);
}

}  // namespace
}  // namespace tinwatch
