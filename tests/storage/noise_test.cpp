#include "storage/store_fixture.hpp"

namespace tinwatch::storage {
namespace {

using namespace std::chrono_literals;

const std::string form_of_address = "a.test/SLUG";

class NoiseTest : public StoreTest {
 protected:
  NoiseTest() {
    test::run(io, store.commit(published("http://a.test/1")));
    auto other = published("http://a.test/2");
    other.standing->identifier = "43";
    test::run(io, store.commit(other));
  }

  /// A look at one of the two articles.
  void look(int article, const std::string& form, const std::string& value,
            const std::string& before, Instant at) {
    NoiseNotes notes;
    notes.looks.push_back({.form = form, .value = value, .before = before});
    write(article, std::move(notes), at);
  }
  void learn(const std::string& form, Instant at) {
    NoiseNotes notes;
    notes.learned.push_back({.form = form, .moves = 3, .articles = 2});
    write(1, std::move(notes), at);
  }
  void write(int article, NoiseNotes notes, Instant at) {
    notes.address_template = form_of_address;
    notes.moves_within = 15min;
    const auto url = "http://a.test/" + std::to_string(article);
    const Reader reader(path);
    const auto stored = reader.find_article(SourceRow(1), article == 1 ? "42" : "43", url, url);
    ArticleCommit commit{.source = SourceRow(1), .at = at};
    commit.article = KnownArticle{.row = stored->row,
                                  .id = stored->id,
                                  .head_revision = stored->head.revision,
                                  .event_sequence = stored->event_sequence};
    commit.frontier = {.row = FrontierRow(1), .visited_at = at, .end = Failed{}};
    commit.noise = std::move(notes);
    test::run(io, store.commit(std::move(commit)));
  }
  Suspect suspect(int article = 1, Instant since = now) const {
    const Reader reader(path);
    const auto row = ArticleRow(article);
    const auto all = reader.suspects(SourceRow(1), form_of_address, row, since);
    return all.empty() ? Suspect{} : all.front();
  }
  std::vector<Noise> known() const { return Reader(path).noise("bao", form_of_address); }
};

TEST_F(NoiseTest, CountsWhatDiffersFromTheLookBefore) {
  look(1, "# views", "b", "a", now);
  EXPECT_EQ(suspect().moves, 0) << "it differs from what is stored, which may be an edit";
  look(1, "# views", "b", "a", now + 1min);
  EXPECT_EQ(suspect().moves, 0) << "it stays";
  look(1, "# views", "c", "a", now + 2min);
  look(1, "# views", "d", "a", now + 3min);
  EXPECT_EQ(suspect().moves, 2);
  EXPECT_EQ(suspect().fresh, 2);
  EXPECT_EQ(suspect().articles, 1);
  look(1, "# views", "e", "a", now + 19min);
  EXPECT_EQ(suspect().moves, 2) << "an editor may have been there meanwhile";
  EXPECT_TRUE(suspect(1, now + 10min).is_own);
  EXPECT_FALSE(suspect(1, now + 20min).is_own);
  EXPECT_FALSE(suspect(2).is_own);
}

TEST_F(NoiseTest, BackAndForthIsNothingNew) {
  look(1, "Ad", "there", "gone", now);
  for (int i = 1; i <= 6; ++i)
    look(1, "Ad", i % 2 == 1 ? "gone" : "there", "gone", now + std::chrono::minutes{i});
  EXPECT_EQ(suspect().moves, 6);
  EXPECT_EQ(suspect().fresh, 0);
}

TEST_F(NoiseTest, ArticlesAreCountedApart) {
  look(1, "Ad", "there", "gone", now);
  look(2, "Ad", "there", "gone", now + 10s);
  look(1, "Ad", "gone", "gone", now + 1min);
  look(2, "Ad", "gone", "gone", now + 70s);
  EXPECT_EQ(suspect().moves, 2);
  EXPECT_EQ(suspect().articles, 2) << "although their looks alternate";
}

TEST_F(NoiseTest, IsForgottenWhenItsTemplateIsGone) {
  EXPECT_FALSE(store.has_noise());
  learn("# views", now);
  EXPECT_TRUE(store.has_noise());
  EXPECT_TRUE(Store(path).has_noise()) << "after a restart too";
  look(1, "Ad", "there", "gone", now);
  ASSERT_EQ(known().size(), 1U);
  EXPECT_EQ(known()[0].moves, 3);
  EXPECT_EQ(known()[0].articles, 2);
  EXPECT_EQ(Reader(path).noise("bao", form_of_address).size(), 1U);
  EXPECT_TRUE(Reader(path).noise("other", form_of_address).empty());
  EXPECT_TRUE(Reader(path).noise("bao", "a.test/w").empty()) << "of another template";
  NoiseNotes met;
  met.met = {"# views"};
  write(1, std::move(met), now + 20 * 24h);
  test::run(io, store.forget_learned(now + 40 * 24h));
  ASSERT_EQ(known().size(), 1U) << "pages still show it";
  EXPECT_EQ(known()[0].learned_at, now);
  EXPECT_TRUE(Reader(path).suspects(SourceRow(1), form_of_address, ArticleRow(1), now).empty());
  test::run(io, store.forget_learned(now + 60 * 24h));
  EXPECT_TRUE(known().empty());
}

TEST_F(NoiseTest, ASiteThatMovesEverythingKeepsALittle) {
  for (int i = 0; i < 40; ++i) {
    NoiseNotes notes;
    for (int n = 0; n < 16; ++n) {
      const auto form = std::to_string(i) + '/' + std::to_string(n);
      notes.looks.push_back({.form = form, .value = "v", .before = ""});
      notes.learned.push_back({.form = form, .moves = 3, .articles = 1});
    }
    write(1, std::move(notes), now + std::chrono::minutes{i});
  }
  const Reader reader(path);
  EXPECT_EQ(reader.suspects(SourceRow(1), form_of_address, ArticleRow(1), now).size(), 256U);
  EXPECT_EQ(known().size(), 64U);
}

}  // namespace
}  // namespace tinwatch::storage
