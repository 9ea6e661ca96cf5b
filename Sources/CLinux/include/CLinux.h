/// Linux calls that Swift's Glibc module does not show, because glibc declares them for _GNU_SOURCE only.
#pragma once
#include <stdint.h>

/// renameat2(2) with RENAME_NOREPLACE; paths relative to the current folder. 0, or the value of errno.
int linux_rename_noreplace(const char *from, const char *to);

/// The magic number of the file system that `path` is on (statfs(2), f_type); 0 when it cannot be told.
uint32_t linux_filesystem_magic(const char *path);

/// Whether another descriptor of the file is open for writing: 1 yes, 0 no, -1 not to be told.
/// Asks for a read lease (fcntl(2), F_SETLEASE) and gives it back at once.
int linux_is_open_for_writing(int descriptor);
