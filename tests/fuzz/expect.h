#pragma once
// What a fuzzer asks of the code: anything that does not hold ends it.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "connect/printable.h"
#include "connect/result.h"

namespace perch::fuzz {

inline void expect(bool holds) {
  if (!holds) std::abort();
}

/// A reason that can go on a terminal and into a log as it is.
inline void expect_one_line(const std::string& message) {
  expect(message == connect::printable(message) || message.ends_with(' '));
  expect(message.size() < 700);
}

template <class T>
void expect_reason(const connect::Result<T>& result) {
  if (result) return;
  expect(!result.error().message.empty());
  expect_one_line(result.error().message);
}

inline std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

}  // namespace perch::fuzz
