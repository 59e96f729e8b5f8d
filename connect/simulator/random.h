#pragma once
// Seeded chance: the same seed gives the same ids, the same day and the same faults.
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace perch::simulator {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// Uniform in [low, high).
  double between(double low, double high) {
    // Not std::uniform_real_distribution: its result differs between standard libraries.
    return low + (high - low) * (static_cast<double>(engine_() >> 11U) * 0x1p-53);
  }
  bool chance(double rate) { return between(0, 1) < rate; }
  std::string hex(std::size_t digits) {
    std::string text;
    for (std::size_t i = 0; i < digits; ++i) text += std::string_view("0123456789abcdef")[engine_() >> 60U];
    return text;
  }
  /// A version 4 UUID.
  std::string uuid() {
    std::string text = hex(8) + '-' + hex(4) + "-4" + hex(3) + '-';
    text += std::string_view("89ab")[engine_() >> 62U];
    return text + hex(3) + '-' + hex(12);
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace perch::simulator
