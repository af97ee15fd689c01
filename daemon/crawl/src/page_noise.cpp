#include "page_noise.hpp"

#include <algorithm>
#include <utility>

namespace tinwatch::crawl {
namespace {

constexpr std::size_t most_forms = 16;  // noted of one look
constexpr Duration met_to = std::chrono::hours{24};
constexpr std::ptrdiff_t most_watched = 8;  // forms of one article
constexpr int most_moves = 6;

monitor::NoiseCount count_of(const storage::Suspect& suspect) {
  return {.moves = suspect.moves, .fresh = suspect.fresh, .articles = suspect.articles};
}

void learn(const std::vector<storage::Noise>& noise, storage::NoiseNotes& out) {
  for (const auto& one : noise)
    out.learned.push_back({.form = one.form, .moves = one.moves, .articles = one.articles});
}

}  // namespace

PageNoisePtr page_noise(std::string address_template, std::vector<storage::Noise> known) {
  auto out = std::make_shared<PageNoise>();
  out->address_template = std::move(address_template);
  for (const auto& one : known) out->forms.insert(one.form);
  out->known = std::move(known);
  return out;
}

storage::NoiseNotes notes_of(const PageNoise& noise, const std::vector<storage::Suspect>& suspects,
                             const NoiseLook& look, Instant at) {
  storage::NoiseNotes out{.address_template = noise.address_template,
                          .moves_within = monitor::noise_moves_within};
  if (out.address_template.empty()) return out;
  learn(noise.brought, out);
  for (const auto& one : noise.known)
    if (look.met.contains(one.form) && at - one.met_at >= met_to) out.met.push_back(one.form);
  // What an editor changed meanwhile says nothing of what moves by itself.
  if (look.is_edit) return out;
  std::set<monitor::NoiseForm> forms;
  if (look.restless) forms = look.restless->forms;
  for (const auto& suspect : suspects) {
    if (suspect.is_own) forms.insert(suspect.form);
    const bool is_shown = forms.contains(suspect.form);
    if (is_shown && monitor::is_noise(suspect.form, count_of(suspect)))
      out.learned.push_back(suspect);
  }
  auto now = monitor::values_of(look.now, forms);
  auto before = monitor::values_of(look.before, forms);
  for (const auto& form : forms) {
    if (out.looks.size() == most_forms) break;
    out.looks.push_back(
        {.form = form, .value = std::move(now[form]), .before = std::move(before[form])});
  }
  return out;
}

storage::NoiseNotes brought_along(const PageNoise& noise, const std::set<monitor::NoiseForm>& met,
                                  std::string address_template) {
  storage::NoiseNotes out{.address_template = std::move(address_template)};
  if (out.address_template.empty() || out.address_template == noise.address_template) return out;
  auto shown = noise.known;
  std::erase_if(shown, [&](const auto& one) { return !met.contains(one.form); });
  learn(shown, out);
  return out;
}

bool is_worth_watching(const std::vector<storage::Suspect>& suspects) {
  const auto own = std::count_if(suspects.begin(), suspects.end(),
                                 [](const auto& suspect) { return suspect.was_own; });
  return own <= most_watched &&
         std::none_of(suspects.begin(), suspects.end(),
                      [](const auto& suspect) { return suspect.own_moves >= most_moves; });
}

}  // namespace tinwatch::crawl
