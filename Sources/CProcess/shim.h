/// GNU's calls for files without names and for clean child processes, which Swift's Glibc module leaves out
/// (it is built without _GNU_SOURCE).
#include <spawn.h>

/// memfd_create(2); flag 1 is MFD_CLOEXEC (linux/memfd.h).
extern int memfd_create(const char *name, unsigned int flags);
/// pipe2(2).
extern int pipe2(int ends[2], int flags);
/// glibc 2.34.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
