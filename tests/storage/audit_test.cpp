#include "storage/audit.hpp"

#include "storage/retention.hpp"
#include "storage/store_fixture.hpp"

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

class AuditTest : public StoreTest {
 protected:
  std::int64_t note(const std::string& subject, Instant at) {
    const AuditEntry entry{
        .at = at, .who = "lan", .action = "watch.changed", .subject = subject, .detail = "why"};
    return test::run(io, store.write(&append_audit, entry));
  }
  std::vector<AuditView> page(std::int64_t before, std::size_t limit) {
    return test::run(io, store.ask(&audit, before, limit));
  }
};

TEST_F(AuditTest, IsReadNewestFirstPageByPage) {
  EXPECT_TRUE(page(0, 10).empty());
  for (int i = 1; i <= 5; ++i) note("w" + std::to_string(i), now + i * 1s);
  std::string seen;
  std::int64_t before = 0;
  for (auto rows = page(before, 2); !rows.empty(); rows = page(before, 2)) {
    EXPECT_LE(rows.size(), 2U);
    for (const auto& row : rows) seen += row.entry.subject;
    before = rows.back().row;
  }
  EXPECT_EQ(seen, "w5w4w3w2w1");
}

TEST_F(AuditTest, SaysWhoDidWhatAndWhen) {
  const auto row = note("border", now);
  const auto rows = page(0, 1);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].row, row);
  const auto& entry = rows[0].entry;
  EXPECT_EQ(entry.at, now);
  EXPECT_EQ(entry.who + '|' + entry.action + '|' + entry.subject + '|' + entry.detail,
            "lan|watch.changed|border|why");
}

TEST_F(AuditTest, KeepsTheBeginningOfALongDetail) {
  const AuditEntry entry{
      .at = now, .who = "", .action = "", .subject = "", .detail = std::string(5000, 'x')};
  test::run(io, store.write(&append_audit, entry));
  const auto detail = page(0, 1).front().entry.detail;
  EXPECT_LE(detail.size(), 4096U);
  EXPECT_GT(detail.size(), 4000U);
}

TEST_F(AuditTest, WhatIsOldGoesInSteps) {
  const auto fill = [](Transaction& transaction, Instant from) {
    for (int i = 0; i < 1200; ++i) {
      const AuditEntry entry{
          .at = from + i * 1s, .who = "", .action = "", .subject = "w", .detail = ""};
      append_audit(transaction, entry);
    }
    return true;
  };
  test::run(io, store.write(+fill, now));
  EXPECT_EQ(test::run(io, delete_old_audit(store, now, 2000)), 0);
  EXPECT_EQ(test::run(io, delete_old_audit(store, now + 1100s, 2000)), 1100);
  EXPECT_EQ(page(0, 1000).back().entry.at, now + 1100s);
  EXPECT_EQ(test::run(io, delete_old_audit(store, now, 30)), 70) << "the newest stay";
  EXPECT_EQ(page(0, 1000).back().entry.at, now + 1170s);
  EXPECT_EQ(test::run(io, delete_old_audit(store, now + 1h, 30)), 30);
  EXPECT_EQ(test::run(io, delete_old_audit(store, now + 1h, 30)), 0) << "an empty list";
}

}  // namespace
}  // namespace tinwatch::storage
