/// json-c (Debian: libjson-c-dev): JSON with a depth limit that is given to each parser.
#include <json-c/json.h>
