#include "choices.hpp"

#include "storage/rhythm.hpp"

namespace tinwatch::pages {
namespace {

template <class Words>
View choices_of(const Words& all, const std::string& chosen, const Manner& manner) {
  View out(View::type::list);
  out << choice("", manner.say("all"), chosen.empty());
  for (const auto one : all) {
    const std::string value(label(one));
    out << choice(value, std::string(word_of(one, manner.language)), value == chosen);
  }
  return out;
}

}  // namespace

View choice(const std::string& value, const std::string& text, bool chosen) {
  View out;
  out.set("value", value);
  out.set("text", text);
  out.set("chosen", chosen);
  return out;
}

View source_choices(const storage::Reader& reader, const std::string& chosen,
                    const Manner& manner) {
  View out(View::type::list);
  out << choice("", manner.say("all"), chosen.empty());
  for (const auto& source : storage::source_titles(reader))
    out << choice(source.name, source.title.empty() ? source.name : line_of(source.title),
                  source.name == chosen);
  return out;
}

View type_choices(const std::string& chosen, const Manner& manner) {
  return choices_of(all_event_types, chosen, manner);
}

View class_choices(const std::string& chosen, const Manner& manner) {
  return choices_of(all_change_classes, chosen, manner);
}

}  // namespace tinwatch::pages
