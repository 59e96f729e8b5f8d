#include "overlay/bidi.h"

#include <fribidi.h>

#include <algorithm>
#include <numeric>

namespace perch::overlay {

Directions directions_of(const std::vector<std::uint32_t>& points) {
  const auto count = static_cast<FriBidiStrIndex>(points.size());
  std::vector<FriBidiCharType> types(points.size());
  std::vector<FriBidiBracketType> brackets(points.size());
  std::vector<FriBidiLevel> levels(points.size());
  std::vector<FriBidiArabicProp> joining(points.size());
  fribidi_get_bidi_types(points.data(), count, types.data());
  fribidi_get_bracket_types(points.data(), count, types.data(), brackets.data());
  FriBidiParType base = FRIBIDI_PAR_LTR;
  Directions found{std::vector<std::uint8_t>(points.size()), points};
  if (fribidi_get_par_embedding_levels_ex(types.data(), brackets.data(), count, &base, levels.data()) == 0)
    return found;  // out of memory: as it was written
  fribidi_get_joining_types(points.data(), count, joining.data());
  fribidi_join_arabic(types.data(), count, levels.data(), joining.data());
  fribidi_shape(FRIBIDI_FLAGS_DEFAULT | FRIBIDI_FLAGS_ARABIC, levels.data(), count, joining.data(), found.forms.data());
  std::transform(levels.begin(), levels.end(), found.levels.begin(),
                 [](FriBidiLevel level) { return static_cast<std::uint8_t>(std::max<FriBidiLevel>(level, 0)); });
  return found;
}

bool joins_without_forms(std::uint32_t point, std::uint32_t form) {
  if (point != form) return false;
  FriBidiJoiningType type{};
  fribidi_get_joining_types(&point, 1, &type);
  return FRIBIDI_IS_JOIN_BASE_SHAPES(type) &&
         (FRIBIDI_IS_JOINING_TYPE_R(type) || FRIBIDI_IS_JOINING_TYPE_D(type) || FRIBIDI_IS_JOINING_TYPE_L(type));
}

std::vector<std::size_t> visual_order(const std::vector<std::uint8_t>& levels) {
  std::vector<std::size_t> order(levels.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const unsigned highest = levels.empty() ? 0 : *std::max_element(levels.begin(), levels.end());
  for (unsigned level = highest; level > 0; --level)  // rule L2 of the algorithm
    for (std::size_t i = 0; i < order.size();) {
      std::size_t end = i;
      while (end < order.size() && levels[order[end]] >= level) ++end;
      std::reverse(order.begin() + static_cast<std::ptrdiff_t>(i), order.begin() + static_cast<std::ptrdiff_t>(end));
      i = std::max(end, i + 1);
    }
  return order;
}

}  // namespace perch::overlay
