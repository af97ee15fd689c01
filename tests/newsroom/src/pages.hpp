#pragma once

#include "newsroom/script.hpp"

#include <string>

/// The site's pages, in the shape of its real model: nothing here is byte-equal twice but for what
/// the editors wrote.
namespace tinwatch::newsroom {

/// What differs from request to request.
struct Noise {
  int views = 0;    ///< the counter on the page
  int related = 0;  ///< which teasers the related box shows
  unsigned char email_key = 0x5a;
  int design = 0;  ///< of everything around the piece; 0: the first one
};

[[nodiscard]] std::string path_of(const Piece& piece);
[[nodiscard]] std::string path_of(const Piece& piece, const std::string& slug);
[[nodiscard]] std::string article_page(const Script& script, const Piece& piece,
                                       const Noise& noise);
[[nodiscard]] std::string home_page(const Script& script, const Noise& noise, int page = 1);
[[nodiscard]] std::string category_page(const Script& script, int category, const Noise& noise);
[[nodiscard]] std::string feed(const Script& script, const std::string& origin);
[[nodiscard]] std::string sitemap(const Script& script, const std::string& origin);

}  // namespace tinwatch::newsroom
