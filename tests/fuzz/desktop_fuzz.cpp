// What other programs leave on a desktop, and words for a shortcut, through what reads them. The first byte chooses.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "overlay/desktop.h"
#include "overlay/shortcut.h"

using namespace perch::overlay;

namespace {

/// What holds for every input; anything else ends the fuzzer.
void expect(bool holds) {
  if (!holds) std::abort();
}

void read_shortcut(std::string_view words) {
  const auto shortcut = parse_shortcut(words);
  if (!shortcut) return expect(!shortcut.error().message.empty());
  expect(shortcut->keysym != 0);
  expect(parse_shortcut(shortcut->words) == shortcut);  // the usual spelling says the same
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] == 's') {
    read_shortcut(bytes);
    return 0;
  }
  const auto settings = data[0] == 'x' ? XSettings::parse(bytes) : std::nullopt;
  const float scale = scale_of(settings, data[0] == 'x' ? std::string_view() : bytes);
  expect(scale >= 0.5F && scale <= 4.0F);
  (void)dark_of(std::nullopt, settings);
  return 0;
}
