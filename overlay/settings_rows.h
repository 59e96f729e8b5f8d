#pragma once
// The lines of Settings, a function a tab. Each choice carries the preferences as they would be.
#include <vector>

#include "overlay/scene.h"

namespace perch::overlay {

std::vector<PanelRow> look_rows(const Scene& scene);
std::vector<PanelRow> break_rows(const Scene& scene);
std::vector<PanelRow> reminder_rows(const Scene& scene);
std::vector<PanelRow> key_rows(const Scene& scene);

/// One line being made: what is chosen is told by comparing preferences.
class RowMaker {
 public:
  RowMaker(const Scene& scene, std::string id, const char* label) : scene_(scene), id_(std::move(id)) {
    row_.label = label;
  }
  /// `change` turns today's preferences into what this choice makes of them.
  template <class Change>
  RowMaker& choice(const std::string& id, std::string words, const Change& change) {
    Preferences wanted = scene_.ui.preferences;
    change(wanted);
    Button button{
        .id = "set:" + id_ + ":" + id, .words = std::move(words), .after = "", .key = "", .fill = {}, .does = {}};
    button.selected = wanted == scene_.ui.preferences;
    if (!button.selected) button.does = Prefer{std::move(wanted)};
    row_.choices.push_back(std::move(button));
    return *this;
  }
  RowMaker& note(std::string words) {
    row_.note = std::move(words);
    return *this;
  }
  PanelRow done() { return std::move(row_); }

 private:
  const Scene& scene_;
  std::string id_;
  PanelRow row_;
};

}  // namespace perch::overlay
