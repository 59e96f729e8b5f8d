#pragma once
// Hashes and encodings over libcrypto; the simulator's own, so that a mistake in the client's does not hide here.
#include <optional>
#include <string>
#include <string_view>

namespace perch::simulator {

std::string hex(std::string_view bytes);                               ///< lower case
std::string sha256(std::string_view text);                             ///< 32 bytes
std::string hmac_sha256(std::string_view key, std::string_view text);  ///< 32 bytes
std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);
std::string random_text(std::size_t length);  ///< from the system's generator; A-Z a-z 0-9 + /

}  // namespace perch::simulator
