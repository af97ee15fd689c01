#include "storage/text_index.hpp"

#include "storage/found_revision.hpp"
#include "store_fixture.hpp"

/// The index of texts, and the places of what it names.
namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

class TextIndexTest : public StoreTest {
 protected:
  TextIndexTest() {
    auto first = published("http://a.test/1");
    EXPECT_EQ(test::run(io, store.commit(std::move(first))), CommitResult::committed);
    auto second = again("http://a.test/1");
    second.at += 1h;
    second.revision->change = R"({"class":"fact"})";
    EXPECT_EQ(test::run(io, store.commit(std::move(second))), CommitResult::committed);
  }
  static IndexEntry entry(std::int64_t row, const std::string& headline, const std::string& body) {
    IndexEntry out{.revision = row, .words = {}};
    out.words[0] = headline;
    out.words[3] = body;
    return out;
  }
  static IndexQuery has(const std::string& words, bool is_prefix = false,
                        std::uint8_t fields = 0xff) {
    IndexQuery out;
    out.steps.push_back({.op = IndexQuery::Op::term,
                         .term = {.words = words, .is_prefix = is_prefix, .fields = fields}});
    return out;
  }
  static IndexQuery joined(IndexQuery left, const IndexQuery& right, IndexQuery::Op op) {
    left.steps.insert(left.steps.end(), right.steps.begin(), right.steps.end());
    left.steps.push_back({.op = op, .term = {}});
    return left;
  }
  std::vector<std::int64_t> rows(const IndexQuery& query, IndexRange range = {}) {
    return TextIndex(reader).newest(query, range, 10);
  }
  using Rows = std::vector<std::int64_t>;

  Reader reader{path};
};

TEST_F(TextIndexTest, TellsWhichRevisionsHaveWords) {
  EXPECT_EQ(TextIndex(reader).reaches(), 0);
  EXPECT_EQ(test::run(io, store.write(&TextIndex::add,
                                      std::vector{entry(1, "cau go", "nuoc len 12,7 met"),
                                                  entry(2, "cau sat", "nuoc rut")})),
            2);
  EXPECT_EQ(TextIndex(reader).reaches(), 2);
  EXPECT_EQ(rows({}), (Rows{2, 1})) << "everything, newest first";
  EXPECT_EQ(rows(has("nuoc")), (Rows{2, 1}));
  EXPECT_EQ(rows(has("nuoc len")), Rows{1});
  EXPECT_EQ(rows(has("len nuoc")), Rows{});
  EXPECT_EQ(rows(has("nuoc le")), Rows{});
  EXPECT_EQ(rows(has("nuoc le", true)), Rows{1}) << "the beginning of a word";
  EXPECT_EQ(rows(has("12,7")), Rows{1});
  EXPECT_EQ(rows(has("12")), Rows{}) << "a number is one word";
  EXPECT_EQ(rows(has("cau", false, 1)), (Rows{2, 1}));
  EXPECT_EQ(rows(has("cau", false, 8)), Rows{}) << "in the body";
  EXPECT_EQ(rows(joined(has("go"), has("nuoc"), IndexQuery::Op::both)), Rows{1});
  EXPECT_EQ(rows(joined(has("go"), has("sat"), IndexQuery::Op::either)), (Rows{2, 1}));
  EXPECT_EQ(rows(has("nuoc"), {.before = 2}), Rows{1});
  EXPECT_EQ(rows(has("nuoc"), {.after = 1}), Rows{2});
  EXPECT_EQ(rows({}, {.after = 1}), Rows{2});
}

TEST_F(TextIndexTest, WhatIsInItStaysAsItIs) {
  test::run(io, store.write(&TextIndex::add, std::vector{entry(2, "cau", "")}));
  EXPECT_EQ(test::run(io, store.write(&TextIndex::add,
                                      std::vector{entry(1, "song", ""), entry(2, "song", "")})),
            2);
  EXPECT_EQ(rows(has("cau")), Rows{2});
  EXPECT_EQ(rows(has("song")), Rows{});
}

TEST_F(TextIndexTest, RecordsBehindARow) {
  const auto all = records_behind(reader, 0, 10);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].row, 1);
  EXPECT_EQ(all[1].record, R"({"headline":"H"})");
  EXPECT_EQ(records_behind(reader, 0, 1).size(), 1U);
  EXPECT_EQ(records_behind(reader, 1, 10).front().row, 2);
  EXPECT_TRUE(records_behind(reader, 2, 10).empty());
}

TEST_F(TextIndexTest, PlacesOfRevisions) {
  const auto second = revision_place(reader, 2);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->article, "00000000-0000-7000-8000-000000000001");
  EXPECT_EQ(second->source, "bao");
  EXPECT_EQ(second->number, 2);
  EXPECT_EQ(second->observed_at, now + 1h);
  EXPECT_EQ(second->change, R"({"class":"fact"})");
  EXPECT_FALSE(revision_place(reader, 3));
  EXPECT_EQ(row_before(reader, now), 0);
  EXPECT_EQ(row_before(reader, now + 1min), 1);
  EXPECT_EQ(row_before(reader, now + 2h), 2);
}

}  // namespace
}  // namespace tinwatch::storage
