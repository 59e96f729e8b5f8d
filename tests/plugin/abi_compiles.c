/* The header stands alone, and its structs are what a C program thinks they are. */
#include "plugin/perch.h"

_Static_assert(sizeof(perch_event_t) % sizeof(void*) == 0, "no compiler-dependent tail");
_Static_assert(offsetof(perch_plugin_t, version) == 8, "the version numbers never move");
_Static_assert(offsetof(perch_host_t, host_data) == 8, "the version numbers never move");

perch_entry_t perch_test_entry_type(void);
perch_entry_t perch_test_entry_type(void) { return perch_entry; }
