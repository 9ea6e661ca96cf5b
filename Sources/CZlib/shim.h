/// zlib (Debian: zlib1g-dev): gzip with its checksum verified, which libarchive 3.6 leaves out.
#include <zlib.h>

/// `inflateInit2` is a macro, which Swift does not import. 31: a 32 KiB window and the gzip wrapper.
static inline int rasid_inflate_init_gzip(z_stream *stream) { return inflateInit2(stream, 31); }

/// The same for data with zlib's own wrapper, as PDF has it.
static inline int rasid_inflate_init_zlib(z_stream *stream) { return inflateInit2(stream, 15); }
