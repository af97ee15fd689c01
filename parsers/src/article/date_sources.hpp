#pragma once

#include "html/dom.hpp"
#include "page/head.hpp"
#include "parsers/dates.hpp"

#include <array>
#include <string>
#include <string_view>

namespace tinwatch::parsers {

/// Names of <meta> under which publishers' templates declare when an article was published, the
/// most trusted first.
inline constexpr std::array<std::string_view, 20> published_names = {"datepublished",
                                                                     "published-date",
                                                                     "publication-date",
                                                                     "published_date",
                                                                     "pubdate",
                                                                     "publishdate",
                                                                     "publish-date",
                                                                     "publish_date",
                                                                     "published",
                                                                     "publication_date",
                                                                     "parsely-pub-date",
                                                                     "sailthru.date",
                                                                     "dc.date.issued",
                                                                     "dcterms.issued",
                                                                     "cxenseparse:recs:publishtime",
                                                                     "article.published",
                                                                     "article:post_date",
                                                                     "originalpublicationdate",
                                                                     "rnews:datepublished",
                                                                     "ptime"};

/// Those that as often mean when the page was built.
inline constexpr std::array<std::string_view, 7> built_names = {
    "date", "dc.date", "dc.date.created", "dcterms.created", "displaydate", "cdate", "created"};

/// Those of the last change, which is all that some pages say of their age.
inline constexpr std::array<std::string_view, 5> changed_names = {
    "article:modified_time", "og:updated_time", "last-modified", "datemodified", "dateupdate"};

/// Those of the last change, as it is told.
inline constexpr std::array<std::string_view, 6> modified_names = {
    "article:modified_time", "og:updated_time", "lastmod",
    "last-modified",         "datemodified",    "dcterms.modified"};

/// The date that `text` prints, to the day or finer: a month is not when an article was published.
[[nodiscard]] std::optional<PrintedDate> read_day(std::string_view text,
                                                  const DateContext& context);

/// Whether the page prints 11/06/2024 for November 6: it is in the English of the United States,
/// and not of a site under another country's name, where many a template is "en-US" by default.
[[nodiscard]] bool prints_month_first(const Head& head, const std::string& url);

/// Whether a line says that its date is that of publication, or at least that a date follows.
[[nodiscard]] bool is_labelled(std::string_view line);
/// The same of an update.
[[nodiscard]] bool is_labelled_update(std::string_view line);
/// Whether a line says "Published" and nothing else: the date stands on the next one.
[[nodiscard]] bool is_label_of_publication(std::string_view line);

/// The part of a line that says when the article was published, where it says as well when it was
/// received or changed: "Updated: 9 November | Published: 6 November". Else all of it.
[[nodiscard]] std::string_view published_part(std::string_view line);

/// Whether a sentence says, as templates do below the text, when the page was published: "This
/// entry was posted on May 4, 2020 by ...".
[[nodiscard]] bool opens_posted_sentence(std::string_view text);

/// The date in an article's address: `/2026/03/04/`, `/20260304-`, or the time stamp of a
/// Vietnamese article number.
[[nodiscard]] std::optional<PrintedDate> date_in_address(const std::string& url,
                                                         const DateContext& context);

/// The date that a client-side page keeps in the state it is drawn from ("published_at": "...").
[[nodiscard]] std::optional<PrintedDate> date_in_state(std::string_view html,
                                                       const DateContext& context);

/// Puts a declared date right by the line that the page prints: VnExpress of 2019 declares +08:00
/// for a time it prints as GMT+7, and then the line wins (true is returned). A moment declared in
/// UTC keeps and takes the offset of the paper's own clock, where the two differ by half hours that
/// some zone on earth has (-12:00 to +14:00).
bool correct_clock(PrintedDate& declared, const PrintedDate& line);

/// The day on the paper's own clock.
[[nodiscard]] std::chrono::sys_days local_day(const PrintedDate& date);

/// Whether the dates are the same numbers with day and month exchanged.
[[nodiscard]] bool is_in_other_order(const PrintedDate& one, const PrintedDate& other);

/// 10/12/2023 in a <time> that declares October 12 is that day. `text` is the text node.
void take_declared_order(const Dom& dom, Dom::Index text, const DateContext& context,
                         PrintedDate& date);

}  // namespace tinwatch::parsers
