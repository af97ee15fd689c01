#pragma once

#include "core/model.hpp"
#include "core/record.hpp"

#include <string>
#include <string_view>

namespace tinwatch::monitor {

/// Why a new state of an article is not believed at first sight.
enum class Doubt {
  none,
  earlier_state,  ///< it was there before: a cache may have served an old copy
  collapsed,      ///< three quarters of its text or more are gone: half a page may have come
  field_lost,     ///< a date, an author or a section is gone: the page may have been built anew
  replaced,   ///< headline and text are all others: a page that says "back soon" may stand there
  cut_short,  ///< the text is shorter, and its page has no end as it had before
  restless,   ///< only what may move by itself differs: a counter, a note that comes and goes
  paywall,    ///< a paywall was put up or taken away: it may be there for some readers only
  rebuilt     ///< another template, and blocks or fields that came or went with it
};
[[nodiscard]] std::string_view label(Doubt doubt);

/// What of a page its record does not say.
struct PageSigns {
  bool seen_before = false;  ///< the state was the article's once
  bool breaks_off = false;   ///< its HTML has no end tag of the document, as the one before had
  bool paywall_turned = false;
  bool rebuilt = false;  ///< by another template, which explains what differs
};

[[nodiscard]] Doubt doubt_about(const ArticleRecord& before, const ArticleRecord& after,
                                const PageSigns& page);

/// One more look at a state in doubt; `held` is brought up to date. An earlier state and one that
/// may be restless must be the same one each time; what a page has lost stays lost while its text
/// is edited.
[[nodiscard]] HeldState look_again(const HeldState& held, Doubt doubt, const std::string& state,
                                   Instant now);

/// What other pages of the site say of a field that one of them has lost.
enum class OtherPages {
  unknown,
  have_it,  ///< the site was not built anew: an editor took it out
  lost_it   ///< it was
};

/// What the doubt rests on.
struct Evidence {
  Doubt doubt = Doubt::none;
  /// The server itself dates the page later than the state it would replace, and is no liar.
  bool dated_later = false;
  OtherPages other_pages = OtherPages::unknown;
  Duration between_looks{};  ///< the first and the last look lie that far apart
  /// Others of its source show the same: then it is no article's state, and never believed.
  bool is_of_site = false;
  /// Nothing else of its source was seen since: another page in its place may stand everywhere.
  bool lacks_witness = false;
};

/// How many looks a state needs, the first one included: two, and twice as many after each time
/// that a state in doubt went away, for it is a server's that sends it now and then. An old copy
/// may come from one of several caches for hours, a page that breaks off from one of several
/// servers: twelve in a row. Two looks are enough for an old state that the server dates later.
/// What may be restless needs three, a minute apart: a counter differs each time.
[[nodiscard]] int looks_needed(const Evidence& evidence, const HeldState& held);

/// Whether it is believed now. Another page in the place of an article waits for a witness, a day
/// at most: a source may have one page.
[[nodiscard]] bool is_believed(const Evidence& evidence, const HeldState& held, Instant now);

/// The article shows what it is known by: whatever was in doubt went away. How often that happened
/// is forgotten a day after the last time.
[[nodiscard]] HeldState drop(const HeldState& held, Instant now);

/// Whether the state in doubt, which was just looked at, is one that comes and goes: it went away
/// twice before, and the article has stood as it is for longer than the old copies of caches live
/// after an edit. It is told once, as such (Alternates).
[[nodiscard]] bool comes_and_goes(const Evidence& evidence, const HeldState& held,
                                  Instant unchanged_since, Instant now);

}  // namespace tinwatch::monitor
