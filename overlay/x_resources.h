#pragma once
// X resources: the text in the root window's RESOURCE_MANAGER (what xrdb loads), as far as one name's value goes.
#include <optional>
#include <string>
#include <string_view>

namespace perch::overlay {

/// The value of e.g. ("Xft", "dpi"): of the lines `Xft.dpi: V`, `Xft*dpi: V`, `?.dpi: V`, `*dpi: V` the first that
/// stands there, and of its repetitions the last. Comments and broken lines are passed over.
std::optional<std::string> resource(std::string_view text, std::string_view group, std::string_view name);

}  // namespace perch::overlay
