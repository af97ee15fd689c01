#include "difference_page.hpp"

#include "core/record.hpp"
#include "core/text.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace tinwatch::pages {
namespace {

using monitor::DiffRun;
using monitor::Edit;
using monitor::ParagraphDiff;
using Fate = ParagraphDiff::Fate;

/// A page stays under a hundred kilobytes: what does not fit is in the JSON.
constexpr std::size_t most_changed_bytes = 50'000;
constexpr std::size_t most_unchanged_bytes = 15'000;

View run_view(const DiffRun& run) {
  View out;
  out.set("text", run.text);
  if (run.edit == Edit::removed) out.set("removed", true);
  if (run.edit == Edit::added) out.set("added", true);
  return out;
}

/// The runs of a paragraph, without those of one fate.
View runs_view(const std::vector<DiffRun>& runs, std::optional<Edit> left_out) {
  View out(View::type::list);
  for (const auto& run : runs)
    if (run.edit != left_out) out << run_view(run);
  return out;
}

std::size_t bytes_of(const ParagraphDiff& paragraph) {
  std::size_t out = 0;
  for (const auto& run : paragraph.runs) out += run.text.size();
  return out;
}

/// Writes the paragraphs of all fields, and counts what is shown of them.
class Writer {
 public:
  explicit Writer(const Manner& manner) : manner_(manner) {}

  View field(const DifferenceView::Field& field) {
    View out;
    out.set("name", manner_.say("field_" + field.name));
    View parts(View::type::list);
    for (std::size_t i = 0; i < field.paragraphs.size();) {
      if (field.paragraphs[i].fate != Fate::same) {
        if (is_full_) break;
        parts << changed(field.paragraphs[i++]);
        continue;
      }
      auto end = i;
      while (end < field.paragraphs.size() && field.paragraphs[end].fate == Fate::same) ++end;
      parts << unchanged({field.paragraphs.begin() + static_cast<std::ptrdiff_t>(i),
                          field.paragraphs.begin() + static_cast<std::ptrdiff_t>(end)});
      i = end;
    }
    out.set("parts", parts);
    return out;
  }
  [[nodiscard]] bool is_full() const { return is_full_; }
  [[nodiscard]] int places() const { return place_; }

 private:
  View changed(const ParagraphDiff& paragraph) {
    shown_ += bytes_of(paragraph);
    is_full_ = shown_ > most_changed_bytes;
    View change;
    change.set("place", std::to_string(++place_));
    change.set("runs", runs_view(paragraph.runs, std::nullopt));
    // Of a paragraph that is only on one side, the other one is empty.
    change.set("old", runs_view(paragraph.runs, Edit::added));
    change.set("new", runs_view(paragraph.runs, Edit::removed));
    View out;
    out.set("change", change);
    return out;
  }
  View unchanged(const std::vector<ParagraphDiff>& paragraphs) {
    View folded;
    const auto count = paragraphs.size();
    folded.set("summary", count == 1 ? manner_.say("unchanged_one")
                                     : std::to_string(count) + ' ' + manner_.say("unchanged"));
    View texts(View::type::list);
    for (const auto& paragraph : paragraphs) {
      unchanged_ += bytes_of(paragraph);
      if (unchanged_ > most_unchanged_bytes) break;
      texts << View(paragraph.runs.front().text);
    }
    folded.set("texts", texts);
    View out;
    out.set("folded", folded);
    return out;
  }

  const Manner& manner_;
  std::size_t shown_ = 0;
  std::size_t unchanged_ = 0;
  int place_ = 0;
  bool is_full_ = false;
};

std::string diff_path(const DifferenceView& difference, int from, int to, bool side) {
  return "/articles/" + difference.article + "/diff?from=" + std::to_string(from) +
         "&to=" + std::to_string(to) + (side ? "&view=side" : "");
}

std::string places_text(std::size_t count, const Manner& manner) {
  return count == 1 ? manner.say("places_one") : std::to_string(count) + ' ' + manner.say("places");
}

}  // namespace

std::size_t DifferenceView::places() const {
  std::size_t out = 0;
  for (const auto& field : fields)
    out += static_cast<std::size_t>(
        std::count_if(field.paragraphs.begin(), field.paragraphs.end(),
                      [](const auto& each) { return each.fate != Fate::same; }));
  return out;
}

DifferenceView difference_of(const storage::ArticleView& article,
                             const storage::RevisionView& before,
                             const storage::RevisionView& after,
                             const storage::RevisionView& first_step) {
  const auto record = record_from_json(after.record);
  const auto old_fields = editorial_fields(record_from_json(before.record));
  const auto new_fields = editorial_fields(record);
  DifferenceView out{.article = article.id,
                     .headline = record.headline,
                     .language = record.in_language,
                     .source = article.source,
                     .url = record.url,
                     .from = before.number,
                     .to = after.number,
                     .head = article.head_revision,
                     .seen_at = after.observed_at,
                     .not_before = first_step.not_before};
  for (std::size_t i = 0; i < old_fields.size(); ++i) {
    if (old_fields[i] == new_fields[i]) continue;
    // The lead is the text's first paragraph too.
    if (old_fields[i].name == "description" && old_fields[i + 1] != new_fields[i + 1]) continue;
    out.fields.push_back(
        {.name = old_fields[i].name,
         .paragraphs = monitor::diff_paragraphs(old_fields[i].text, new_fields[i].text)});
    for (const auto& paragraph : out.fields.back().paragraphs)
      for (const auto& run : paragraph.runs) {
        if (run.edit == Edit::added) out.words_added += words(run.text).size();
        if (run.edit == Edit::removed) out.words_removed += words(run.text).size();
      }
  }
  if (after.number != before.number + 1) return out;
  const auto change = boost::json::parse(after.change).as_object();
  if (const auto* name = change.if_contains("class"))
    out.change = change_class_from(std::string_view(name->as_string()));
  if (const auto* disclosed = change.if_contains("disclosed")) out.disclosed = disclosed->as_bool();
  return out;
}

api::Reply difference_page(const DifferenceView& difference, const Manner& manner) {
  View view;
  view.set("headline", line_of(difference.headline));
  view.set("lang", difference.language);
  view.set("source", difference.source);
  view.set("article", "/articles/" + difference.article);
  view.set("from", std::to_string(difference.from));
  view.set("to", std::to_string(difference.to));
  view.set("seen", time_view(difference.seen_at, manner));
  put_time(view, "not_before", difference.not_before, manner);
  if (difference.change)
    view.set("class", std::string(word_of(*difference.change, manner.language)));
  if (difference.disclosed)
    view.set("disclosed", manner.say(*difference.disclosed ? "disclosed" : "undisclosed"));
  view.set("words", "+" + std::to_string(difference.words_added) + " −" +
                        std::to_string(difference.words_removed));
  const auto places = difference.places();
  if (places > 0) view.set("places", places_text(places, manner));
  if (places == 0)
    view.set("none", manner.say(difference.head == 1 ? "one_revision" : "same_text"));
  const bool side = difference.side_by_side;
  view.set("inline_path", diff_path(difference, difference.from, difference.to, false));
  view.set("side_path", diff_path(difference, difference.from, difference.to, true));
  view.set("is_side", side);
  view.set("is_inline", !side);
  view.set("json", "/api/v1" + diff_path(difference, difference.from, difference.to, false));
  Writer writer(manner);
  View fields(View::type::list);
  for (const auto& field : difference.fields) fields << writer.field(field);
  view.set("fields", fields);
  if (writer.is_full()) view.set("cut", true);
  const bool is_forward = difference.from <= difference.to;
  if (is_forward && difference.from > 1) {
    View step;
    step.set("path", diff_path(difference, difference.from - 1, difference.from, side));
    step.set("numbers",
             std::to_string(difference.from - 1) + " → " + std::to_string(difference.from));
    view.set("previous", step);
  }
  if (is_forward && difference.to < difference.head) {
    View step;
    step.set("path", diff_path(difference, difference.to, difference.to + 1, side));
    step.set("numbers", std::to_string(difference.to) + " → " + std::to_string(difference.to + 1));
    view.set("next", step);
  }
  const auto title = manner.say("difference") + ' ' + std::to_string(difference.from) + " → " +
                     std::to_string(difference.to) + ": " + line_of(difference.headline);
  return render("difference", view, title, "/articles", manner);
}

}  // namespace tinwatch::pages
