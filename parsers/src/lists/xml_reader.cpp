#include "lists/xml_reader.hpp"

#include "core/c_handle.hpp"
#include "core/text.hpp"
#include "lists/xml_mend.hpp"

#include <array>
#include <climits>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

namespace tinwatch::parsers {

namespace {

constexpr std::size_t deepest = 100;
constexpr std::size_t levels_told = 5;
constexpr std::size_t most_text = 1024 * 1024;  // of one element
constexpr std::size_t longest_character = 4;    // in UTF-8
// libxml2 looks through all namespaces in scope for each prefix, keeps names in a table that does
// not grow beyond 16,384 places, and takes long to say what is wrong.
constexpr int most_namespaces = 256;
constexpr int most_names = 20'000;
constexpr int most_errors = 500'000;

void free_context(xmlParserCtxt* context) { xmlFreeParserCtxt(context); }
using Context = CHandle<xmlParserCtxt, free_context>;

std::string_view view(const xmlChar* text) {
  return text ? reinterpret_cast<const char*>(text) : std::string_view();
}

/// libxml2's tree names an element so as well.
std::string full_name(const xmlChar* name, const xmlChar* prefix, const xmlChar* uri) {
  if (!prefix || uri) return std::string(view(name));
  return std::string(view(prefix)) + ':' + std::string(view(name));
}

/// libxml2 hands over a value with every & as the reference to it.
std::string attribute_value(std::string_view written) {
  constexpr std::string_view ampersand = "&#38;";
  std::string out;
  for (;;) {
    const auto at = written.find(ampersand);
    out += written.substr(0, at);
    if (at == std::string_view::npos) return out;
    out += '&';
    written.remove_prefix(at + ampersand.size());
  }
}

/// What libxml2's parser calls. Not its xmlReader: that one ends at the first error, whatever it is
/// told (2.9.14), and half of all sloppy feeds would be lost. This one goes on behind an error.
class Reader {
 public:
  Reader(xmlParserCtxt& context, const OnXmlElement& on_element)
      : context_(context), on_element_(on_element) {}

  void start(std::string name, int attributes, const xmlChar** values) {
    close_down_to(context_.nameNr);
    had_root_ = true;
    if (++open_ <= levels_told) {
      auto& element = path_[open_ - 1];
      element.name = std::move(name);
      element.text.clear();
      element.attributes.clear();
      for (int i = 0; i < attributes; ++i, values += 5)
        element.attributes.emplace_back(
            full_name(values[0], values[1], values[2]),
            attribute_value({reinterpret_cast<const char*>(values[3]),
                             static_cast<std::size_t>(values[4] - values[3])}));
    }
    too_much_ = too_much_ || open_ > deepest || context_.nsNr > 2 * most_namespaces;
    stop_if_done();
  }

  void text(std::string_view text) {
    close_down_to(context_.nameNr);
    if (open_ > 0 && open_ <= levels_told) {
      auto& own = path_[open_ - 1].text;
      if (own.size() + longest_character <= most_text) own += clip(text, most_text - own.size());
    }
    stop_if_done();
  }

  void end() {
    close_down_to(context_.nameNr - 1);
    stop_if_done();
  }

  void note_error() { ++errors_; }

  /// Ends what is still open. Whether there was a root.
  bool finish() {
    close_down_to(0);
    return had_root_;
  }

 private:
  /// An element whose start tag is broken ends without a call.
  void close_down_to(int open) {
    for (; open_ > static_cast<std::size_t>(std::max(open, 0)); --open_) {
      if (open_ > levels_told || enough_) continue;
      enough_ = !on_element_({path_.data(), open_});
    }
  }

  /// Last in a call: it frees what the parser has handed over.
  void stop_if_done() {
    too_much_ = too_much_ || errors_ > most_errors || xmlDictSize(context_.dict) > most_names;
    if (enough_ || too_much_) xmlStopParser(&context_);
  }

  xmlParserCtxt& context_;
  const OnXmlElement& on_element_;
  std::array<XmlElement, levels_told> path_;
  std::size_t open_ = 0;  // elements, those deeper than told of included
  int errors_ = 0;
  bool enough_ = false;    // for whoever is told
  bool too_much_ = false;  // for us
  bool had_root_ = false;
};

Reader& reader_of(void* context) {
  return *static_cast<Reader*>(static_cast<xmlParserCtxt*>(context)->_private);
}

xmlSAXHandler handler() {
  xmlSAXHandler out{};
  out.initialized = XML_SAX2_MAGIC;
  out.startElementNs = [](void* context, const xmlChar* name, const xmlChar* prefix,
                          const xmlChar* uri, int, const xmlChar**, int attributes, int,
                          const xmlChar** values) {
    reader_of(context).start(full_name(name, prefix, uri), attributes, values);
  };
  out.endElementNs = [](void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
    reader_of(context).end();
  };
  out.characters = [](void* context, const xmlChar* text, int length) {
    reader_of(context).text(
        {reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
  };
  out.ignorableWhitespace = out.characters;
  out.serror = [](void* context, auto*) { reader_of(context).note_error(); };
  return out;
}

Context context_for(std::string_view text) {
  const auto mended = is_valid_utf8(text) ? mend_xml(text) : mend_xml(repair_utf8(text));
  // It keeps a copy.
  return Context(xmlCreateMemoryParserCtxt(mended.data(), static_cast<int>(mended.size())));
}

}  // namespace

std::string_view XmlElement::attribute(std::string_view wanted) const {
  for (const auto& [known, value] : attributes)
    if (known == wanted) return value;
  return {};
}

bool read_xml(std::string_view text, const OnXmlElement& on_element) {
  constexpr std::size_t most_bytes = INT_MAX / 4;
  if (text.empty() || text.size() > most_bytes) return false;
  const auto context = context_for(text);
  if (!context) return false;
  Reader reader(*context, on_element);
  *context->sax = handler();
  context->_private = &reader;
  xmlCtxtUseOptions(context.get(),
                    XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  xmlParseDocument(context.get());
  return reader.finish();
}

}  // namespace tinwatch::parsers
