#pragma once
// What does not fit on the screen is drawn smaller: with large text on a small screen, Settings would else end below
// its edge, and the way back with it.
#include <algorithm>
#include <optional>

#include "overlay/intent.h"
#include "overlay/place.h"
#include "overlay/preferences.h"

namespace perch::overlay {

class Fitting {
 public:
  struct Wanted {
    float unit = 1;  ///< pixels, as scale and text size say
    ViewKind view{};
    PanelKind panel{};
    Area screen;  ///< empty: as large as it likes
    bool operator==(const Wanted&) const = default;
  };

  /// The unit to lay out with. Something else to show, or another screen, starts anew from what is wanted.
  float unit_for(const Wanted& wanted) {
    if (wanted != wanted_) largest_.reset();
    wanted_ = wanted;
    return std::min(wanted.unit, largest_.value_or(wanted.unit));
  }

  /// The layout with `unit` came out at this size. True: it is too large, and `unit_for` has a smaller unit now.
  bool is_too_large(float unit, float width, float height) {
    if (wanted_.screen.empty() || unit <= smallest) return false;
    const float share =
        std::min(static_cast<float>(wanted_.screen.width) / width, static_cast<float>(wanted_.screen.height) / height);
    if (share >= 1) return false;
    largest_ = std::max(smallest, unit * std::min(share, 0.98F));  // by steps that end soon
    return true;
  }

 private:
  static constexpr float smallest = 0.5F;  ///< below it nothing can be read

  Wanted wanted_;
  std::optional<float> largest_;
};

}  // namespace perch::overlay
