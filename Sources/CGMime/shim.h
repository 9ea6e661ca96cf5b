/// GMime 3.0 (Debian: libgmime-3.0-dev): mail, mbox and MHTML. Its type-check macros are not imported by Swift.
#include <gmime/gmime.h>

static inline int rasid_gmime_is_multipart(GMimeObject *object) { return GMIME_IS_MULTIPART(object); }
static inline int rasid_gmime_is_part(GMimeObject *object) { return GMIME_IS_PART(object); }
static inline int rasid_gmime_is_message_part(GMimeObject *object) { return GMIME_IS_MESSAGE_PART(object); }
static inline void rasid_gmime_unref(void *object) { g_object_unref(object); }
