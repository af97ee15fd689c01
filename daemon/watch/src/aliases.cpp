#include "tokens.hpp"
#include "watch/query.hpp"

#include <algorithm>

namespace tinwatch::watch {
namespace {

constexpr std::size_t most_members = 100;

std::u16string tokens_of(std::string_view text, Mode mode) {
  std::u16string out;
  TokenCutter cutter(text, mode);
  CutToken token;
  while (cutter.next(token)) {
    if (!out.empty()) out += u' ';
    out += token.key;
  }
  return out;
}

}  // namespace

Result<std::shared_ptr<const Aliases>, QueryFault> Aliases::compile(
    std::vector<std::vector<std::string>> groups) {
  auto out = std::make_shared<Aliases>();
  out->groups_ = std::move(groups);
  for (std::size_t group = 0; group < out->groups_.size(); ++group) {
    const auto& members = out->groups_[group];
    if (members.size() < 2 || members.size() > most_members)
      return fail(QueryFault{
          .line = group + 1,
          .message =
              "a group of aliases has 2 to 100 members, as in [LLVT, \"lực lượng vũ trang\"]"});
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (tokens_of(members[i], Mode::exact).empty())
        return fail(QueryFault{
            .line = group + 1, .column = i + 1, .message = "an alias without a letter or digit"});
      for (std::size_t mode = 0; mode < ways_of_writing; ++mode)
        out->members_[mode].push_back({tokens_of(members[i], static_cast<Mode>(mode)), group});
    }
  }
  for (auto& members : out->members_)
    std::stable_sort(members.begin(), members.end(),
                     [](const Member& a, const Member& b) { return a.tokens < b.tokens; });
  return std::shared_ptr<const Aliases>(std::move(out));
}

const std::vector<std::string>* Aliases::group_of(const std::u16string& tokens, Mode mode) const {
  const auto& members = members_[static_cast<std::size_t>(mode)];
  const auto found = std::lower_bound(
      members.begin(), members.end(), tokens,
      [](const Member& one, const std::u16string& key) { return one.tokens < key; });
  return found != members.end() && found->tokens == tokens ? &groups_[found->group] : nullptr;
}

}  // namespace tinwatch::watch
