#include "overlay/xsettings.h"

#include <cstddef>

namespace perch::overlay {
namespace {

/// Takes numbers and texts from the front, as long as there are enough bytes.
class Bytes {
 public:
  explicit Bytes(std::string_view left) : left_(left) {}

  void most_significant_first(bool yes) { most_significant_first_ = yes; }

  std::optional<std::uint32_t> number(std::size_t size) {
    const auto taken = text(size);
    if (!taken) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
      value = value << 8U | static_cast<std::uint8_t>((*taken)[most_significant_first_ ? i : size - 1 - i]);
    return value;
  }

  std::optional<std::string_view> text(std::size_t size) {
    if (size > left_.size()) return std::nullopt;
    const std::string_view taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
  }

  /// A text and what fills it up to a multiple of four.
  std::optional<std::string_view> padded_text(std::size_t size) {
    const auto taken = text(size);
    return taken && text((4 - size % 4) % 4) ? taken : std::nullopt;
  }

 private:
  std::string_view left_;
  bool most_significant_first_ = false;
};

enum class Type { integer = 0, text = 1, colour = 2 };
constexpr std::size_t colour_size = 8;

}  // namespace

std::optional<XSettings> XSettings::parse(std::string_view bytes) {
  Bytes in(bytes);
  const auto order = in.number(1);
  if (!order || *order > 1 || !in.text(3)) return std::nullopt;
  in.most_significant_first(*order == 1);
  const auto serial = in.number(4);
  const auto count = in.number(4);
  if (!serial || !count) return std::nullopt;
  XSettings settings;
  for (std::uint32_t i = 0; i < *count; ++i) {  // ends with the bytes, whatever the count says
    const auto type = in.number(1);
    const auto unused = in.text(1);
    const auto name_size = in.number(2);
    if (!type || !unused || !name_size) return std::nullopt;
    const auto name = in.padded_text(*name_size);
    const auto changed = in.number(4);
    if (!name || !changed) return std::nullopt;
    if (*type == static_cast<std::uint32_t>(Type::integer)) {
      const auto value = in.number(4);
      if (!value) return std::nullopt;
      settings.values_.insert_or_assign(std::string(*name), static_cast<std::int32_t>(*value));
    } else if (*type == static_cast<std::uint32_t>(Type::text)) {
      const auto size = in.number(4);
      const auto value = size ? in.padded_text(*size) : std::nullopt;
      if (!value) return std::nullopt;
      settings.values_.insert_or_assign(std::string(*name), std::string(*value));
    } else if (*type != static_cast<std::uint32_t>(Type::colour) || !in.text(colour_size)) {
      return std::nullopt;
    }
  }
  return settings;
}

std::optional<std::int32_t> XSettings::integer(const std::string& name) const {
  const auto found = values_.find(name);
  const auto* value = found == values_.end() ? nullptr : std::get_if<std::int32_t>(&found->second);
  return value ? std::optional(*value) : std::nullopt;
}

std::optional<std::string> XSettings::text(const std::string& name) const {
  const auto found = values_.find(name);
  const auto* value = found == values_.end() ? nullptr : std::get_if<std::string>(&found->second);
  return value ? std::optional(*value) : std::nullopt;
}

}  // namespace perch::overlay
