#pragma once
// Letter case of names in the scripts that have one. Own, because the C library's depends on the process's locale.
#include <string>
#include <string_view>

namespace perch::connect {

/// Unicode simple case folding for Latin (ASCII, Latin-1, Extended-A and Additional), Greek, Cyrillic and Armenian;
/// everything else stays. Broken UTF-8 becomes U+FFFD.
std::u32string case_folded(std::string_view text);

}  // namespace perch::connect
