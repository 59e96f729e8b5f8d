// The header stands alone, also as C++17.
#include "plugin/perch.h"

#include <type_traits>

static_assert(std::is_standard_layout_v<perch_snapshot_t> && std::is_trivial_v<perch_snapshot_t>);
static_assert(std::is_same_v<perch_entry_t, decltype(&perch_entry)>);
