#include "sample.hpp"

#include <boost/json.hpp>

namespace tinwatch::alerts {
namespace {

constexpr auto headline = "Tin thử của Tinwatch – a Tinwatch test message";

}  // namespace

Letter sample_letter(const std::string& id, Instant at) {
  using Fate = Run::Fate;
  Story story{
      .type = EventType::article_revised,
      .source = "Tinwatch",
      .headline = headline,
      .watches = {{"test", "test", Transition::changed}},
      .sentences = {{"body",
                     {{Fate::same, "Câu này có "},
                      {Fate::matched, "từ khoá"},
                      {Fate::same, " được theo dõi; this sentence holds a watched word."}}}},
      .edits = {{"body",
                 {{Fate::same, "Kinh phí là"},
                  {Fate::removed, "5,4"},
                  {Fate::added, "6,1"},
                  {Fate::same, "tỷ đồng."}}}},
      .change = ChangeClass::fact,
      .severity = Severity::high,
      .at = at};
  return {.id = id, .at = at, .stories = {std::move(story)}, .stories_in_all = 1, .deliveries = 1};
}

Event sample_event(const std::string& id, Instant at) {
  Event out;
  out.id = id;
  out.type = label(EventType::article_revised);
  out.source = "test";
  out.at = at;
  out.sequence = 1;
  out.data = boost::json::serialize(boost::json::object{
      {"test", true},
      {"article",
       boost::json::object{{"source", "test"}, {"headline", headline}, {"url", "about:blank"}}},
      {"change", boost::json::object{{"fields", boost::json::array{"body"}},
                                     {"class", "fact"},
                                     {"added", boost::json::array{"6,1"}},
                                     {"removed", boost::json::array{"5,4"}}}},
      {"revision", 2}});
  return out;
}

}  // namespace tinwatch::alerts
