#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tinwatch::monitor {

/// Learns which parameters of a source's addresses carry nothing: a session, a place in a list,
/// where the reader comes from. One that a few articles have shown with other values, or without
/// it, carries nothing, unless two articles are told apart by it. What is learnt is cut off the
/// addresses that lists name. Belongs to the io thread.
class EmptyParameters {
 public:
  /// One article was shown at both addresses.
  void note_alias(const std::string& source, const std::string& one, const std::string& other);
  /// A new article was shown there.
  void note_article(const std::string& source, const std::string& url);

  /// Names with a blank between, in order; what `restore` takes.
  [[nodiscard]] std::string learnt(const std::string& source) const;
  void restore(const std::string& source, std::string_view names);
  /// The address without them.
  [[nodiscard]] std::string strip(const std::string& source, const std::string& url) const;
  [[nodiscard]] std::size_t size() const;  ///< what is remembered, of all sources

 private:
  struct Evidence {
    int aliases = 0;
    std::set<std::uint64_t> articles;  // that were shown without it or with another value
    bool tells_apart = false;
    bool is_empty = false;
  };
  struct Source {
    std::map<std::string, Evidence> parameters;
    /// Of addresses with a query at which an article was shown first: what is left without one of
    /// their parameters.
    std::set<std::uint64_t> shown;
  };
  static Evidence* evidence(Source& source, const std::string& name);

  std::map<std::string, Source> sources_;
};

}  // namespace tinwatch::monitor
