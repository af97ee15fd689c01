#pragma once

#include "storage/store_fixture.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tinwatch::storage {

/// Three articles whose first revisions wait for a receiver of messages.
class MessagesTest : public StoreTest {
 protected:
  MessagesTest() {
    for (const auto* number : {"1", "2", "3"}) {
      auto commit = published(std::string("http://a.test/") + number);
      commit.standing->identifier = number;
      EXPECT_EQ(test::run(io, store.commit(std::move(commit))), CommitResult::committed);
    }
  }
  /// The rows of deliveries that wait, in order.
  std::vector<std::int64_t> waiting() const {
    std::vector<std::int64_t> out;
    for (const auto& row : Reader(path).desk("desk", now).waiting) out.push_back(row.row);
    return out;
  }
  static std::string article(int number) {
    return "00000000-0000-7000-8000-00000000000" + std::to_string(number);
  }
  static NewMessage message(const std::string& id, std::vector<std::int64_t> rows,
                            const std::string& receiver = "desk") {
    return {.id = id,
            .receiver = receiver,
            .group_key = "g",
            .at = now,
            .title = "T",
            .body = std::string("b\0y", 3),
            .plain = "p",
            .deliveries = std::move(rows)};
  }
  void write(std::vector<NewMessage> messages) {
    NewMessages written;
    written.messages = std::move(messages);
    test::run(io, store.write_messages(std::move(written)));
  }
  void write(const std::string& id, std::vector<std::int64_t> rows,
             const std::string& article_id = {}) {
    auto one = message(id, std::move(rows));
    one.article = article_id;
    write({std::move(one)});
  }
  /// The first delivery, to two recipients: m1 and m2.
  void write_to_two() {
    auto first = message("m1", {1});
    auto second = message("m2", {1});
    first.recipient = "a@x.test";
    second.recipient = "b@x.test";
    write({std::move(first), std::move(second)});
  }
  void end(const std::string& id, TryEnd how) {
    test::run(io,
              store.end_try({.id = id, .is_message = true, .receiver = "desk"}, std::move(how)));
  }
  std::string state(const std::string& id) const {
    const auto message = Reader(path).message(id);
    return message ? std::string(label(message->state)) : "";
  }
  std::string delivery(const std::string& id) const {
    return std::string(label(Reader(path).delivery(id)->state));
  }
};

}  // namespace tinwatch::storage
