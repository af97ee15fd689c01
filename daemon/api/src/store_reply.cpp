#include "api/envelope.hpp"
#include "api/find_article.hpp"
#include "api/parameters.hpp"
#include "core/url.hpp"
#include "evidence_json.hpp"
#include "parsers/listing.hpp"
#include "replies.hpp"
#include "storage/learned.hpp"
#include "url_json.hpp"

#include <boost/json.hpp>

/// Sources and the store as a whole: how they are, and whether they are sound.
namespace tinwatch::api {

namespace json = boost::json;

Reply list_sources(const Question& question) {
  const auto now = question.context.now;
  auto overview = overview_json(question.reader.overview(now), now);
  return json_reply(json::object{{"items", overview["sources"]}, {"next", nullptr}});
}

Reply show_status(const Question& question) {
  const auto now = question.context.now;
  return json_reply(overview_json(question.reader.overview(now), now));
}

Reply check_file(const Question& question) {
  const auto faults = question.reader.integrity_faults();
  return json_reply(json::object{{"sound", faults.empty()},
                                 {"faults", json::array(faults.begin(), faults.end())}});
}

Reply verify(const Question& question) {
  const auto& reader = question.reader;
  std::string id;
  if (const auto reference = question.request.parameter("article"); !reference.empty()) {
    const auto article = find_article(reader, reference);
    if (!article) return not_found(why_no_article(reader, reference));
    id = article->id;
  }
  return json_reply(verify_json(reader.verify(id)));
}

Reply explain(const Question& question) {
  const auto& [reader, request, context, route] = question;
  const auto asked = request.parameter("url");
  const auto url = canonical_url(asked);
  if (!url) throw BadParameter{"url must be an http(s) address, not '" + asked + "'"};
  json::object out;
  auto& items = out["items"].emplace_array();
  const auto form = parsers::address_template(*url);
  const auto since = context.now - storage::votes_kept;
  for (const auto& known : reader.explain(*url)) {
    items.push_back(url_json(known, reader.host(known.host),
                             reader.learned_template(known.source, form, since), context.now));
    add_noise(reader.noise(known.source, form), items.back().as_object());
  }
  if (items.empty())
    return not_found("no list, feed or sitemap of a source has named " + *url +
                     " yet; 'tinwatch sources list' says which sources are read");
  out["next"] = nullptr;
  return json_reply(out);
}

}  // namespace tinwatch::api
