#include "overlay/resource_name.h"

#include <algorithm>
#include <array>
#include <optional>

#include "overlay/clean_text.h"

namespace perch::overlay {
namespace {

using connect::Code;
using connect::Error;
using connect::Result;

/// Ids of Connect are UUIDs; everything else that is no ARN is an alias or a username.
bool is_uuid(std::string_view text) {
  constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (shape[i] == '-' ? c != '-' : !hex) return false;
  }
  return true;
}

/// CreateInstance's pattern, in any letter case: letters, digits and hyphens, up to 62 of them.
bool is_alias(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  };
  return !text.empty() && text.size() <= 62 && std::all_of(text.begin(), text.end(), fits);
}

struct Arn {
  std::string region;
  std::string_view resource;
};

/// arn:PARTITION:connect:REGION:ACCOUNT:RESOURCE
std::optional<Arn> parse_arn(std::string_view text) {
  std::array<std::string_view, 5> parts;
  for (std::string_view& part : parts) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    part = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  if (parts[0] != "arn" || parts[2] != "connect") return std::nullopt;
  return Arn{std::string(parts[3]), text};
}

/// Takes "WORD/ID" off the front, with the slash behind it if there is one.
std::optional<std::string> take_id(std::string_view& resource, std::string_view word) {
  if (!resource.starts_with(word) || resource.substr(word.size(), 1) != "/") return std::nullopt;
  resource.remove_prefix(word.size() + 1);
  const std::size_t end = std::min(resource.find('/'), resource.size());
  std::string id(resource.substr(0, end));
  resource.remove_prefix(std::min(end + 1, resource.size()));
  return is_uuid(id) ? std::optional(id) : std::nullopt;
}

Error refusal(std::string_view text, const std::string& what) {
  return {Code::usage, "\"" + clean_text(text.substr(0, 200)) + "\" " + what};
}

}  // namespace

Result<InstanceName> parse_instance(std::string_view text) {
  if (is_uuid(text)) return InstanceName{{std::string(text)}, {}, {}};
  if (!text.starts_with("arn:")) {
    if (!is_alias(text)) return refusal(text, "is neither an instance's id, nor its ARN, nor an alias");
    return InstanceName{{}, {}, std::string(text)};
  }
  auto arn = parse_arn(text);
  auto id = arn ? take_id(arn->resource, "instance") : std::nullopt;
  if (!id || !arn->resource.empty()) return refusal(text, "is not the ARN of an instance");
  return InstanceName{{std::move(*id)}, std::move(arn->region), {}};
}

Result<UserName> parse_user(std::string_view text) {
  if (is_uuid(text)) return UserName{{std::string(text)}, {}, {}};
  if (!text.starts_with("arn:")) {
    constexpr std::size_t longest_username = 100;
    if (text.size() > 4 * longest_username) return refusal(text, "is neither a user's id, nor its ARN, nor a username");
    return UserName{{}, {}, std::string(text)};
  }
  auto arn = parse_arn(text);
  auto instance = arn ? take_id(arn->resource, "instance") : std::nullopt;
  auto id = instance ? take_id(arn->resource, "agent") : std::nullopt;
  if (!id || !arn->resource.empty()) return refusal(text, "is not the ARN of a user");
  return UserName{{std::move(*id)}, {std::move(*instance)}, {}};
}

std::string_view status_id_of(std::string_view text) {
  return text.starts_with("arn:") ? text.substr(text.rfind('/') + 1) : text;
}

}  // namespace perch::overlay
