/// Counts what is allocated: the functions of the allocator stand in this program, and call those of glibc.
#pragma once
#include <stdint.h>

/// Blocks that the process has asked for since it began.
uint64_t count_of_allocations(void);
