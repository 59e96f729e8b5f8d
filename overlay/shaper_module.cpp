#include "overlay/shaper_module.h"

#include <dlfcn.h>

#include <filesystem>
#include <memory>

#include "overlay/fonts.h"
#include "overlay/shaper/perch_shaper.h"

namespace perch::overlay {
namespace {

perch_shaper_text plain(const ShapedText& text) {
  return {text.text.data(), text.text.size(), typeface, text.em, text.weight, text.right_to_left ? 1 : 0};
}

}  // namespace

std::optional<Shaper> load_shaper(const std::string& file) {
  void* module = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (!module) return std::nullopt;
  const auto get = reinterpret_cast<decltype(&perch_shaper_get)>(dlsym(module, "perch_shaper_get"));
  const perch_shaper_api* api = get ? get() : nullptr;
  if (!api || api->version != PERCH_SHAPER_VERSION) return std::nullopt;
  const std::shared_ptr<perch_shaper> shaper(api->open(), [api](perch_shaper* done) {
    if (done) api->close(done);
  });
  if (!shaper) return std::nullopt;
  Shaper found;
  found.measure = [api, shaper](const ShapedText& text) {
    const perch_shaper_text asked = plain(text);
    perch_shaper_box box{};
    api->measure(shaper.get(), &asked, &box);
    return ShapedBox{box.advance, box.left, box.baseline, box.width, box.height, box.unknown};
  };
  found.draw = [api, shaper](const ShapedText& text, const ShapedBox& size, std::uint8_t* rgba) {
    const perch_shaper_text asked = plain(text);
    const perch_shaper_box box{size.advance, size.left, size.baseline, size.width, size.height, size.unknown};
    return api->draw(shaper.get(), &asked, &box, rgba) != 0;
  };
  return found;
}

std::string shaper_file() {
  std::error_code failed;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", failed);
  return failed ? std::string() : (self.parent_path() / "perch-shaper.so").string();
}

}  // namespace perch::overlay
