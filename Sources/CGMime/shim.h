/// GMime 3.0 (Debian: libgmime-3.0-dev): mail, mbox and MHTML. GObject's casts and type checks are macros, which Swift does
/// not import; these wrappers hand objects around as `void *`, unowned unless said otherwise.
#include <gmime/gmime.h>

/// A parser over a copy of the bytes; owned by the caller (`rasid_gmime_unref`).
static inline void *rasid_gmime_parser(const void *bytes, size_t count, int isMbox) {
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *)bytes, count);
  GMimeParser *parser = g_mime_parser_new_with_stream(stream);
  g_object_unref(stream);
  g_mime_parser_set_format(parser, isMbox ? GMIME_FORMAT_MBOX : GMIME_FORMAT_MESSAGE);
  return parser;
}

static inline int rasid_gmime_at_end(void *parser) { return g_mime_parser_eos(parser); }

/// The next message, owned by the caller, or NULL; and where it lies in the bytes.
static inline void *rasid_gmime_next(void *parser, long *begin, long *end) {
  GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
  *begin = (long)g_mime_parser_get_headers_begin(parser);
  *end = (long)g_mime_parser_tell(parser);
  return message;
}

static inline void rasid_gmime_unref(void *object) { g_object_unref(object); }

/// The body of a message, NULL if it has none.
static inline void *rasid_gmime_body(void *message) { return g_mime_message_get_mime_part(message); }

/// A field of a message or part as it stands, unfolded or not; NULL if there is none.
static inline const char *rasid_gmime_field(void *object, const char *name) {
  GMimeHeader *header = g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);
  return header ? g_mime_header_get_raw_value(header) : NULL;
}

typedef enum { rasid_gmime_part, rasid_gmime_multipart, rasid_gmime_message, rasid_gmime_other } rasid_gmime_kind;

static inline rasid_gmime_kind rasid_gmime_kind_of(void *object) {
  if (GMIME_IS_MULTIPART(object)) return rasid_gmime_multipart;
  if (GMIME_IS_MESSAGE_PART(object)) return rasid_gmime_message;
  if (GMIME_IS_PART(object)) return rasid_gmime_part;
  return rasid_gmime_other;
}

static inline int rasid_gmime_child_count(void *multipart) { return g_mime_multipart_get_count(multipart); }
static inline void *rasid_gmime_child(void *multipart, int index) { return g_mime_multipart_get_part(multipart, index); }
static inline void *rasid_gmime_inner_message(void *messagePart) { return g_mime_message_part_get_message(messagePart); }

static inline const char *rasid_gmime_type(void *object) {
  return g_mime_content_type_get_media_type(g_mime_object_get_content_type(object));
}
static inline const char *rasid_gmime_subtype(void *object) {
  return g_mime_content_type_get_media_subtype(g_mime_object_get_content_type(object));
}
static inline const char *rasid_gmime_parameter(void *object, const char *name) {
  return g_mime_object_get_content_type_parameter(object, name);
}
static inline const char *rasid_gmime_disposition(void *object) { return g_mime_object_get_disposition(object); }
static inline const char *rasid_gmime_filename(void *object) {
  return GMIME_IS_PART(object) ? g_mime_part_get_filename(object) : NULL;
}

/// The bytes of a memory stream, which is freed; owned by the caller.
static inline GByteArray *rasid_gmime_take_bytes(GMimeStream *stream) {
  GByteArray *bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
  // The stream owns its array and would free it; hand it over.
  g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
  g_object_unref(stream);
  return bytes;
}

/// The content with its transfer encoding taken off, in a byte array owned by the caller (g_byte_array_unref); NULL without content.
static inline GByteArray *rasid_gmime_content(void *part) {
  GMimeDataWrapper *content = g_mime_part_get_content(part);
  if (!content) return NULL;
  GMimeStream *stream = g_mime_stream_mem_new();
  g_mime_data_wrapper_write_to_stream(content, stream);
  return rasid_gmime_take_bytes(stream);
}

/// An attached message as it was sent, in a byte array owned by the caller; NULL if there is none.
static inline GByteArray *rasid_gmime_inner_bytes(void *messagePart) {
  GMimeMessage *message = g_mime_message_part_get_message(messagePart);
  if (!message) return NULL;
  GMimeStream *stream = g_mime_stream_mem_new();
  g_mime_object_write_to_stream((GMimeObject *)message, NULL, stream);
  return rasid_gmime_take_bytes(stream);
}
