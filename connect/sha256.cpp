#include "connect/sha256.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <climits>

namespace perch::connect {

// One-shot calls: nothing to free, nothing fetched by name. They fail only without memory or without the algorithm;
// zeros come out then, and the service refuses the signature.

Sha256 sha256(std::string_view bytes) {
  Sha256 out{};
  if (EVP_Digest(bytes.data(), bytes.size(), out.data(), nullptr, EVP_sha256(), nullptr) != 1) return {};
  return out;
}

Sha256 hmac_sha256(std::string_view key, std::string_view bytes) {
  Sha256 out{};
  if (key.size() > INT_MAX) return {};
  const auto* text = reinterpret_cast<const unsigned char*>(bytes.data());
  unsigned length = 0;
  if (HMAC(EVP_sha256(), key.empty() ? "" : key.data(), static_cast<int>(key.size()), text, bytes.size(), out.data(),
           &length) == nullptr)
    return {};
  return out;
}

std::string lower_hex(const Sha256& digest) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out;
  out.reserve(2 * digest.size());
  for (const unsigned char byte : digest) out += {hex[byte >> 4U], hex[byte & 15U]};
  return out;
}

}  // namespace perch::connect
