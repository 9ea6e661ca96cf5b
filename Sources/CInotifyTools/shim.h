/// libinotifytools (Debian: libinotifytools0-dev) ships no pkg-config file; this header is all that the module needs.
#include <inotifytools/inotifytools.h>
#include <sys/inotify.h>
