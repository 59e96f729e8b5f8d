#pragma once
// Was this name meant? For the list of close ones that an unknown name is answered with.
#include <string>

namespace perch::connect {

/// Both folded by case_folded. One in the other, or few letters apart: how few depends on the length.
bool is_close(const std::u32string& typed, const std::u32string& name);

}  // namespace perch::connect
