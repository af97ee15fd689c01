#include "delivery_pages.hpp"

#include "core/event_type.hpp"
#include "source_rows.hpp"

namespace tinwatch::pages {
namespace {

constexpr std::size_t most_rows = 50;

View delivery_view(const storage::DeliveryView& delivery, const Manner& manner) {
  View out;
  out.set("time", time_view(delivery.created_at, manner));
  const auto type = event_type_from(delivery.event_type);
  out.set("what", type ? std::string(word_of(*type, manner.language)) : delivery.event_type);
  out.set("source", delivery.source);
  out.set("receiver", delivery.receiver);
  if (!delivery.article.empty()) {
    View article;
    article.set("path", "/articles/" + delivery.article);
    article.set("headline", line_of(delivery.headline));
    out.set("article", article);
  }
  if (!delivery.watch.empty()) out.set("watch", line_of(delivery.watch));
  if (!delivery.last_error.empty()) out.set("error", line_of(delivery.last_error));
  return out;
}

View delivery_views(const std::vector<storage::DeliveryView>& deliveries, const Manner& manner) {
  View out(View::type::list);
  for (const auto& delivery : deliveries) out << delivery_view(delivery, manner);
  return out;
}

}  // namespace

api::Reply deliveries_page(const storage::Reader& reader, const Manner& manner) {
  View view;
  const auto outbox = reader.overview(manner.now).outbox;
  put_list(view, "receivers", receiver_views(outbox, manner));
  view.set("no_receivers", outbox.empty());
  View parts(View::type::list);
  for (const auto* state : {"pending", "dead"}) {
    const auto deliveries = reader.deliveries({.state = state, .receiver = {}, .limit = most_rows});
    if (deliveries.empty()) continue;
    View part;
    part.set("heading", manner.say(state));
    part.set("rows", delivery_views(deliveries, manner));
    parts << part;
  }
  view.set("parts", parts);
  return render("deliveries", view, manner.say("deliveries"), "/deliveries", manner);
}

api::Reply message_page(const MessagePageView& page, const Manner& manner) {
  View view;
  view.set("title", line_of(page.message.title));
  view.set("receiver", page.message.receiver);
  view.set("time", time_view(page.message.created_at, manner));
  view.set("count", std::to_string(page.message.deliveries));
  view.set("rows", delivery_views(page.deliveries, manner));
  if (!page.next.empty()) view.set("more", page.next);
  return render("message", view, line_of(page.message.title), "/deliveries", manner);
}

}  // namespace tinwatch::pages
