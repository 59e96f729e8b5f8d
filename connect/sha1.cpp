#include "connect/sha1.h"

#include <openssl/evp.h>

#include <array>

namespace perch::connect {

std::string sha1_hex(std::string_view bytes) {
  std::array<unsigned char, 20> digest{};
  // One shot, as in sha256.cpp: it fails only without the algorithm, and then there is no file of that name.
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha1(), nullptr) != 1) digest = {};
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out;
  for (const unsigned char byte : digest) out += {hex[byte >> 4U], hex[byte & 15U]};
  return out;
}

}  // namespace perch::connect
