/// libxml2 (Debian: libxml2-dev): HTML and XML as a stream of events, never from the network, never with entities of a
/// document's own. Only what Swift cannot import (variadic handlers, structs with bit-fields set to NULL) is done here.
// Debian's libxml2 is built with ICU and would bring its headers in, which clash with the ICU of Swift's Foundation. They
// only add a field at the end of a struct that is handled by pointer here.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// What a parse reports. `context` is handed back as it was given; names and texts are UTF-8 and die with the call.
typedef struct {
  void *context;
  /// Names are local names; `attributes` is name, value (NUL-terminated), …, NULL; `offset` is behind the start tag's attributes.
  void (*start)(void *context, const char *name, const char *const *attributes, long offset);
  void (*end)(void *context, const char *name, long offset);
  void (*text)(void *context, const char *bytes, int count);
  /// An entity that is neither XML's nor HTML's: a document that brings its own.
  void (*entity)(void *context, const char *name);
  /// Nonzero stops the parser at the next event.
  int stop;
  xmlParserCtxtPtr parser;
} rasid_markup;

static inline long rasid_markup_offset(rasid_markup *m) {
  xmlParserInputPtr in = m->parser->input;
  return in ? (long)in->consumed + (long)(in->cur - in->base) : 0;
}

static inline void rasid_markup_text(void *p, const xmlChar *bytes, int count) {
  rasid_markup *m = p;
  if (m->stop) xmlStopParser(m->parser);
  else m->text(m->context, (const char *)bytes, count);
}

static inline void rasid_markup_html_start(void *p, const xmlChar *name, const xmlChar **attributes) {
  rasid_markup *m = p;
  static const char *const none[] = {NULL};
  if (m->stop) xmlStopParser(m->parser);
  else m->start(m->context, (const char *)name, attributes ? (const char *const *)attributes : none, rasid_markup_offset(m));
}

static inline void rasid_markup_html_end(void *p, const xmlChar *name) {
  rasid_markup *m = p;
  if (!m->stop) m->end(m->context, (const char *)name, rasid_markup_offset(m));
}

/// Attribute values of libxml2's SAX2 are slices; they are copied into one block of NUL-terminated strings.
static inline void rasid_markup_xml_start(
    void *p, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaceCount,
    const xmlChar **namespaces, int count, int defaulted, const xmlChar **attributes) {
  rasid_markup *m = p;
  (void)uri, (void)namespaceCount, (void)namespaces, (void)defaulted;
  if (m->stop) {
    xmlStopParser(m->parser);
    return;
  }
  size_t size = 0;
  for (int i = 0; i < count; i++) size += (size_t)(attributes[i * 5 + 4] - attributes[i * 5 + 3]) + 1;
  const char **list = malloc(sizeof(char *) * (2 * (size_t)count + 1));
  char *values = malloc(size + 1), *next = values;
  if (!list || !values) {
    m->stop = 1;
  } else {
    for (int i = 0; i < count; i++) {
      size_t length = (size_t)(attributes[i * 5 + 4] - attributes[i * 5 + 3]);
      list[2 * i] = (const char *)attributes[i * 5];
      list[2 * i + 1] = next;
      memcpy(next, attributes[i * 5 + 3], length);
      next[length] = 0;
      next += length + 1;
    }
    list[2 * count] = NULL;
    // A prefixed name keeps its prefix (`media:title` is not `title`), joined as written.
    char joined[256];
    if (prefix && xmlStrlen(prefix) + xmlStrlen(name) < 250) {
      snprintf(joined, sizeof joined, "%s:%s", (const char *)prefix, (const char *)name);
      m->start(m->context, joined, list, rasid_markup_offset(m));
    } else {
      m->start(m->context, (const char *)name, list, rasid_markup_offset(m));
    }
  }
  free(list);
  free(values);
}

static inline void rasid_markup_xml_end(void *p, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
  rasid_markup *m = p;
  (void)uri, (void)prefix;
  if (!m->stop) m->end(m->context, (const char *)name, rasid_markup_offset(m));
}

/// XML's five and HTML's names resolve to their characters; nothing else does.
static inline xmlEntityPtr rasid_markup_xml_entity(void *p, const xmlChar *name) {
  static __thread xmlEntity entity;
  static __thread xmlChar bytes[8];
  rasid_markup *m = p;
  xmlEntityPtr predefined = xmlGetPredefinedEntity(name);
  if (predefined) return predefined;
  const htmlEntityDesc *html = htmlEntityLookup(name);
  if (!html) {
    m->entity(m->context, (const char *)name);
    m->stop = 1;
    xmlStopParser(m->parser);
    return NULL;
  }
  int count = xmlCopyCharMultiByte(bytes, (int)html->value);
  bytes[count] = 0;
  memset(&entity, 0, sizeof entity);
  entity.type = XML_ENTITY_DECL;
  entity.etype = XML_INTERNAL_PREDEFINED_ENTITY;
  entity.name = name;
  entity.content = bytes;
  entity.orig = bytes;
  entity.length = count;
  return &entity;
}

static inline void rasid_markup_silent(void *p, const char *message, ...) { (void)p, (void)message; }

/// Parses `count` bytes of UTF-8 as HTML, whatever its meta elements declare. Returns 0, or -1 without memory.
static inline int rasid_markup_parse_html(rasid_markup *m, const char *bytes, int count) {
  htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(bytes, count);
  if (!parser) return -1;
  m->parser = parser;
  memset(parser->sax, 0, sizeof *parser->sax);
  parser->sax->startElement = rasid_markup_html_start;
  parser->sax->endElement = rasid_markup_html_end;
  parser->sax->characters = rasid_markup_text;
  parser->sax->cdataBlock = rasid_markup_text;
  parser->sax->ignorableWhitespace = rasid_markup_text;
  parser->sax->error = rasid_markup_silent;
  parser->sax->warning = rasid_markup_silent;
  parser->sax->initialized = 1;
  parser->userData = m;
  xmlCharEncodingHandlerPtr utf8 = xmlFindCharEncodingHandler("UTF-8");
  if (utf8) xmlSwitchToEncoding(parser, utf8);
  htmlCtxtUseOptions(parser, HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC | HTML_PARSE_NODEFDTD);
  htmlParseDocument(parser);
  htmlFreeParserCtxt(parser);
  m->parser = NULL;
  return 0;
}

/// Parses `count` bytes of UTF-8 as XML, whatever its declaration says.
/// Returns the first error that breaks the structure (an xmlParserErrors code, 0 if none) and its byte offset.
static inline int rasid_markup_parse_xml(rasid_markup *m, const char *bytes, int count, int *wellFormed, long *errorOffset) {
  xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(bytes, count);
  if (!parser) return -1;
  m->parser = parser;
  memset(parser->sax, 0, sizeof *parser->sax);
  parser->sax->startElementNs = rasid_markup_xml_start;
  parser->sax->endElementNs = rasid_markup_xml_end;
  parser->sax->characters = rasid_markup_text;
  parser->sax->cdataBlock = rasid_markup_text;
  parser->sax->ignorableWhitespace = rasid_markup_text;
  parser->sax->getEntity = rasid_markup_xml_entity;
  parser->sax->error = rasid_markup_silent;
  parser->sax->warning = rasid_markup_silent;
  parser->sax->fatalError = rasid_markup_silent;
  parser->sax->initialized = XML_SAX2_MAGIC;
  parser->userData = m;
  // NOENT resolves references in attribute values too; it can expand nothing, since no entity is ever declared here.
  xmlCtxtUseOptions(
      parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC | XML_PARSE_RECOVER | XML_PARSE_NOENT);
  xmlParseDocument(parser);
  *wellFormed = parser->wellFormed;
  *errorOffset = rasid_markup_offset(m);
  int code = parser->wellFormed ? 0 : parser->lastError.code;
  if (parser->myDoc) xmlFreeDoc(parser->myDoc);
  xmlFreeParserCtxt(parser);
  m->parser = NULL;
  return code;
}

/// libxml2's tables are filled once, before threads parse.
static inline void rasid_markup_init(void) { xmlInitParser(); }

/// The code point of an HTML entity's name, 0 if there is none.
static inline unsigned rasid_html_entity(const char *name) {
  const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
  return entity ? entity->value : 0;
}
