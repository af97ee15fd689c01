#pragma once

#include "frame.hpp"

/// `/deliveries`: what receivers have and wait for; `/messages/ID`: all that one message tells of.
namespace tinwatch::pages {

[[nodiscard]] api::Reply deliveries_page(const storage::Reader& reader, const Manner& manner);

struct MessagePageView {
  storage::MessageView message;
  std::vector<storage::DeliveryView> deliveries;
  std::string next;  ///< the path of further ones; empty: there are none
};
[[nodiscard]] api::Reply message_page(const MessagePageView& page, const Manner& manner);

}  // namespace tinwatch::pages
