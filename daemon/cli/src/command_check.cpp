#include "answers.hpp"
#include "commands.hpp"
#include "storage/backup.hpp"
#include "storage/error.hpp"
#include "store_access.hpp"

#include <boost/json.hpp>

#include <filesystem>

/// Whether the file can be read, and whether it says what it said.
namespace tinwatch::cli {
namespace {

namespace json = boost::json;

void print_faults(const json::object& body) {
  for (const auto& fault : body.at("faults").as_array()) print(fault.as_string());
}

/// Where the timer of the package puts them.
void print_newest_backup(const std::string& database) {
  const auto folder = std::filesystem::path(database).parent_path() / "backups";
  const auto newest = storage::newest_in(folder.string(), database);
  if (!newest.empty()) print("the newest backup is " + newest);
}

/// A file that is too damaged to be asked is an answer too: no.
template <class Work>
Exit unless_damaged(Work work) {
  try {
    return refusable(work);
  } catch (const storage::Damaged& damaged) {
    print(damaged.what());
    return Exit::no;
  }
}

void print_counts(const json::object& body) {
  for (const auto& item : body.at("sources").as_array()) {
    const auto& source = item.as_object();
    const auto head = text_at(source, "head");
    print("source    " + padded(text_at(source, "name"), 16) + text_at(source, "revisions") +
          " revisions, head " + (head.empty() ? "none" : head));
  }
  const auto& pages = body.at("rawPages").as_object();
  auto line = "raw pages " + text_at(pages, "kept") + " kept and hashed anew, " +
              text_at(pages, "notKept") + " not kept any more";
  if (pages.contains("newestNotKept"))
    line += " (the newest of " + text_at(pages, "newestNotKept") + ")";
  print(line);
  for (const auto& what : body.at("notCovered").as_array())
    print("not seen  " + std::string(what.as_string()));
}

}  // namespace

Exit check_database(const std::string& config) {
  const StoreAccess store(config);
  const auto exit = unless_damaged([&] {
    const auto body = body_of(store.get("/api/v1/check")).as_object();
    print_faults(body);
    if (body.at("faults").as_array().empty()) {
      print("the database is sound");
      return Exit::done;
    }
    print(storage::Damaged::advice);
    return Exit::no;
  });
  if (exit == Exit::no) print_newest_backup(store.config().storage.path);
  return exit;
}

Exit verify(const std::string& config, const std::string& article) {
  return unless_damaged([&] {
    const StoreAccess store(config);
    auto request = request_for({"api", "v1", "verify"});
    put(request, "article", article);
    const auto body = body_of(store.get(request)).as_object();
    print_faults(body);
    const auto count = body.at("faultCount").to_number<std::int64_t>();
    const auto listed = static_cast<std::int64_t>(body.at("faults").as_array().size());
    if (count > listed) print("and " + std::to_string(count - listed) + " faults more");
    print_counts(body);
    const auto looked_at = text_at(body, "revisions") + " revisions, " + text_at(body, "articles") +
                           " articles, " + text_at(body, "events") + " events";
    if (count == 0)
      print("the chain is whole: " + looked_at + ", no fault");
    else
      print("the chain is not whole: " + looked_at + ", " + std::to_string(count) + " faults");
    return count == 0 ? Exit::done : Exit::no;
  });
}

}  // namespace tinwatch::cli
