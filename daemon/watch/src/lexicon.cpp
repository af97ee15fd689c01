#include "lexicon.hpp"

#include <algorithm>

namespace tinwatch::watch {
namespace {

bool same(const std::shared_ptr<const Term::Strict>& a,
          const std::shared_ptr<const Term::Strict>& b) {
  if (!a || !b) return !a && !b;
  return a->gaps == b->gaps && a->letters == b->letters && a->prefix_length == b->prefix_length;
}

std::size_t power_of_two(std::size_t least) {
  std::size_t out = 64;
  while (out < least) out *= 2;
  return out;
}

}  // namespace

std::uint32_t Dictionary::hash_of(std::u16string_view key) {
  std::uint64_t hash = key.size();
  for (const auto c : key) hash = (hash ^ c) * 0x9e3779b97f4a7c15ULL;
  return static_cast<std::uint32_t>((hash ^ hash >> 29U) * 0xbf58476d1ce4e5b9ULL >> 32U);
}

void Dictionary::grow() {
  std::vector<Slot> wider(power_of_two(2 * slots_.size()));
  for (const auto& slot : slots_) {
    if (slot.word == none) continue;
    auto at = slot.hash & (wider.size() - 1);
    while (wider[at].word != none) at = (at + 1) & (wider.size() - 1);
    wider[at] = slot;
  }
  slots_ = std::move(wider);
}

std::uint32_t Dictionary::add(std::u16string_view key) {
  if (const auto known = find(key); known != none) return known;
  if (2 * (ends_.size() + 1) > slots_.size()) grow();
  const auto hash = hash_of(key);
  auto at = hash & (slots_.size() - 1);
  while (slots_[at].word != none) at = (at + 1) & (slots_.size() - 1);
  const auto number = static_cast<std::uint32_t>(ends_.size());
  slots_[at] = {hash, number};
  marked_.set(mark_of(key));
  letters_ += key;
  ends_.push_back(static_cast<std::uint32_t>(letters_.size()));
  return number;
}

std::uint32_t Dictionary::find(std::u16string_view key) const {
  if (!marked_.test(mark_of(key))) return none;
  const auto hash = hash_of(key);
  for (auto at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    const auto& slot = slots_[at];
    if (slot.word == none) return none;
    if (slot.hash == hash && word(slot.word) == key) return slot.word;
  }
}

std::uint32_t Lexicon::new_node() {
  node_endings_.push_back(none);
  return static_cast<std::uint32_t>(node_endings_.size() - 1);
}

void Lexicon::grow() {
  std::vector<Edge> wider(power_of_two(2 * edges_.size()));
  for (const auto& edge : edges_) {
    if (edge.next == 0) continue;
    auto slot = hash_of(edge.node, edge.id) >> 32U & (wider.size() - 1);
    while (wider[slot].next != 0) slot = (slot + 1) & (wider.size() - 1);
    wider[slot] = edge;
  }
  edges_ = std::move(wider);
}

std::uint32_t Lexicon::make_step(std::uint32_t node, TokenId id) {
  if (node == 0) {
    if (id >= roots_.size()) roots_.resize(std::max<std::size_t>(id + 1, roots_.size() * 3 / 2));
    if (roots_[id] == 0) roots_[id] = new_node();
    return roots_[id];
  }
  if (4 * (edge_count_ + 1) > 3 * edges_.size()) grow();
  auto slot = hash_of(node, id) >> 32U & (edges_.size() - 1);
  for (; edges_[slot].next != 0; slot = (slot + 1) & (edges_.size() - 1))
    if (edges_[slot].node == node && edges_[slot].id == id) return edges_[slot].next;
  const auto next = new_node();
  edges_[slot] = {node, id, next};
  ++edge_count_;
  return next;
}

TermId Lexicon::add(const Term& term, TermId next) {
  std::uint32_t node = 0;
  const std::u16string_view tokens = term.tokens;
  for (std::size_t begin = 0; begin <= tokens.size();) {
    const auto end = std::min(tokens.find(u' ', begin), tokens.size());
    const auto key = tokens.substr(begin, end - begin);
    const bool is_prefix = term.is_prefix && end == tokens.size();
    if (is_prefix) {
      const std::size_t length = term.strict->prefix_length;
      const auto place = std::lower_bound(prefix_lengths_.begin(), prefix_lengths_.end(), length);
      if (place == prefix_lengths_.end() || *place != length) prefix_lengths_.insert(place, length);
      node = make_step(node, 2 * beginnings_.add(key) + 1);
    } else {
      node = make_step(node, 2 * words_.add(key));
    }
    begin = end + 1;
  }
  for (auto i = node_endings_[node]; i != none; i = endings_[i].other)
    if (same(endings_[i].strict, term.strict)) return endings_[i].term;
  endings_.push_back({next, node_endings_[node], term.strict});
  node_endings_[node] = static_cast<std::uint32_t>(endings_.size() - 1);
  return next;
}

void Lexicon::finish() {
  if (edges_.empty()) grow();
  sieve_.assign(power_of_two(2 * edge_count_), 0);  // sixteen bits an edge
  for (const auto& edge : edges_) {
    if (edge.next == 0) continue;
    const auto bit = hash_of(edge.node, edge.id) & (8 * sieve_.size() - 1);
    sieve_[bit / 8] = static_cast<std::uint8_t>(sieve_[bit / 8] | 1U << (bit % 8));
  }
  roots_.shrink_to_fit();
  endings_.shrink_to_fit();
  node_endings_.shrink_to_fit();
}

void Lexicon::prefix_ids(const CutToken& token, std::string_view printed,
                         std::vector<TokenId>& out) const {
  std::u16string key;
  std::size_t last = none;
  for (const auto length : prefix_lengths_) {
    if (token.tones) {
      // What `fold_beginning` would give: the letters, then the tones that stand on them.
      if (length > token.letters) return;
      key = token.key.substr(0, length);
      for (std::size_t i = 0; i < length; ++i)
        if (token.tones[i] != 0) key += token.tones[i];
    } else {
      key = fold_beginning(printed, mode_, length);
      if (key.size() == last) return;  // it has no more characters
      last = key.size();
    }
    if (const auto found = beginnings_.find(key); found != none) out.push_back(2 * found + 1);
  }
}

}  // namespace tinwatch::watch
