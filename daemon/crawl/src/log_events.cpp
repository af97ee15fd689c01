#include "log_events.hpp"

#include "core/text.hpp"
#include "telemetry/log.hpp"

namespace tinwatch::crawl {

void log_events(const storage::FrontierItem& item, const Decision& decision,
                const std::string& headline) {
  for (const auto& event : decision.commit.events) {
    const auto word =
        event.hit ? "watch hit: " + event.hit->watch : std::string(word_of(event.type));
    const auto& change = decision.change;
    if (event.type == EventType::article_revised && change) {
      log::info(word, {{"source", item.source},
                       {"headline", headline},
                       {"fields", join(change->fields, ",")},
                       {"removed", join(change->words_removed, " ")},
                       {"added", join(change->words_added, " ")},
                       {"article", decision.commit.id()}});
    } else {
      log::info(word, {{"source", item.source},
                       {"headline", headline},
                       {"url", decision.commit.standing->canonical_url},
                       {"discovery", std::string(label(event.discovery))},
                       {"article", decision.commit.id()}});
    }
  }
}

}  // namespace tinwatch::crawl
