#pragma once
// ImGui without a window and without a graphics card: frames are made and thrown away, and a widget is pressed by its
// name.
#include <imgui.h>

#include <string>
#include <vector>

#include "overlay/view.h"

namespace perch::overlay {

class Headless {
 public:
  explicit Headless(float unit = 1) {
    context_ = ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().DeltaTime = 0.016F;
    theme.fonts = &fonts_;
    theme.unit = unit;
    std::set<char32_t> points = own_points();
    fonts_.ensure(*ImGui::GetIO().Fonts, unit, points);
  }
  ~Headless() { ImGui::DestroyContext(context_); }
  Headless(const Headless&) = delete;
  Headless& operator=(const Headless&) = delete;

  std::vector<Intent> frame(const ViewModel& view) {
    const Layout layout = lay_out(view, theme);
    ImGui::GetIO().DisplaySize = {layout.width, layout.height};
    ImGui::NewFrame();
    auto intents = draw(view, layout, theme);
    ImGui::Render();
    return intents;
  }
  /// The pointer goes to the widget, presses and lets go; all intents of those frames.
  std::vector<Intent> click(const ViewModel& view, const std::string& id) {
    ImGuiIO& io = ImGui::GetIO();
    for (const PlacedButton& placed : lay_out(view, theme).buttons)
      if (placed.button.id == id)
        io.MousePos = {(placed.box.x0 + placed.box.x1) / 2, (placed.box.y0 + placed.box.y1) / 2};
    std::vector<Intent> all;
    for (const bool down : {false, true, false}) {
      io.MouseDown[0] = down;
      for (const Intent& intent : frame(view)) all.push_back(intent);
    }
    return all;
  }

  Theme theme;

 private:
  ImGuiContext* context_;
  Fonts fonts_;
};

}  // namespace perch::overlay
