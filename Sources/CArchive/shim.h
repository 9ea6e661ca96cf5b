/// libarchive (Debian: libarchive-dev): bz2, xz, zst, zip, tar, always from memory.
#include <archive.h>
#include <archive_entry.h>
