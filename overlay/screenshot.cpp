#include "overlay/screenshot.h"

#include <png.h>

#include <cerrno>
#include <cstring>

namespace perch::overlay {

connect::Result<connect::Done> write_png(const std::string& path, const Picture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_RGBA;
  errno = 0;
  if (png_image_write_to_file(&image, path.c_str(), 0, picture.rgba.data(), 0, nullptr) != 0) return connect::Done{};
  const std::string why = errno != 0 ? std::strerror(errno) : image.message;
  return connect::Error{connect::Code::usage, "screenshot: " + path + ": " + why};
}

}  // namespace perch::overlay
