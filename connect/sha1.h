#pragma once
// SHA-1 over libcrypto: the AWS tools name their cache files with it. Protects nothing.
#include <string>
#include <string_view>

namespace perch::connect {

std::string sha1_hex(std::string_view bytes);  ///< 40 characters, lower case

}  // namespace perch::connect
