#pragma once
// SHA-256 and its HMAC over libcrypto, as far as signing needs them.
#include <array>
#include <string>
#include <string_view>

namespace perch::connect {

using Sha256 = std::array<unsigned char, 32>;

Sha256 sha256(std::string_view bytes);
Sha256 hmac_sha256(std::string_view key, std::string_view bytes);

std::string lower_hex(const Sha256& digest);  ///< 64 characters

/// The digest's bytes as the key or the text of a next step.
inline std::string_view bytes_of(const Sha256& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace perch::connect
