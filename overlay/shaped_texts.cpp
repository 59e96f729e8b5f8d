#include "overlay/shaped_texts.h"

#include <utility>
#include <vector>

#include "overlay/utf8.h"

namespace perch::overlay {
namespace {

std::size_t bytes_of(const ShapedBox& box) {
  return static_cast<std::size_t>(box.width) * static_cast<std::size_t>(box.height) * 4;
}

}  // namespace

ShapedTexts::ShapedTexts(Textures textures, std::function<std::optional<Shaper>()> load)
    : ShapedTexts(std::move(textures), std::move(load), Bounds{}) {}

ShapedTexts::ShapedTexts(Textures textures, std::function<std::optional<Shaper>()> load, Bounds bounds)
    : textures_(std::move(textures)), load_(std::move(load)), bounds_(bounds) {}

ShapedTexts::~ShapedTexts() {
  drop_retired();
  for (const auto& [text, entry] : entries_)
    if (entry.painted.texture) textures_.drop(entry.painted.texture);
}

bool ShapedTexts::ready() {
  if (load_) shaper_ = std::exchange(load_, nullptr)();
  return shaper_.has_value();
}

bool ShapedTexts::has(std::uint32_t point) {
  if (!ready()) return false;
  const auto [at, added] = has_.try_emplace(point, false);
  if (added) {
    ShapedText text;
    text.em = 16;  // any: it is only looked up
    append_code_point(text.text, point);
    at->second = shaper_->measure(text).unknown == 0;
  }
  return at->second;
}

void ShapedTexts::use_unit(float unit) {
  if (unit == unit_) return;
  unit_ = unit;
  for (const auto& [text, entry] : entries_)
    if (entry.painted.texture) retired_.push_back(entry.painted.texture);
  drop_retired();
  used_.clear();
  entries_.clear();
  bytes_ = 0;
}

ShapedBox ShapedTexts::measure(const ShapedText& text) { return ready() ? entry_of(text).painted.box : ShapedBox{}; }

ShapedTexts::Painted ShapedTexts::paint(const ShapedText& text, int frame) {
  if (!ready()) return {};
  if (frame != std::exchange(frame_, frame)) drop_retired();
  Entry& entry = entry_of(text);
  if (!entry.drawn) draw(text, entry);
  return entry.painted;
}

ShapedTexts::Entry& ShapedTexts::entry_of(const ShapedText& text) {
  const auto [at, added] = entries_.try_emplace(text);
  if (added) {
    at->second.painted.box = shaper_->measure(text);
    used_.push_front(&at->first);
    at->second.place = used_.begin();
    make_room();
  } else {
    used_.splice(used_.begin(), used_, at->second.place);
  }
  return at->second;
}

void ShapedTexts::draw(const ShapedText& text, Entry& entry) {
  entry.drawn = true;
  Painted& painted = entry.painted;
  if (painted.box.width <= 0 || painted.box.height <= 0) return;
  std::vector<std::uint8_t> rgba(bytes_of(painted.box));
  painted.coloured = shaper_->draw(text, painted.box, rgba.data());
  painted.texture = textures_.make(painted.box.width, painted.box.height, rgba.data());
  if (!painted.texture) return;
  bytes_ += rgba.size();
  make_room();
}

/// Drops what was not used for the longest time; never the latest, which the caller holds.
void ShapedTexts::make_room() {
  while (used_.size() > 1 && (used_.size() > bounds_.texts || bytes_ > bounds_.bytes)) {
    const auto at = entries_.find(*used_.back());
    if (const Painted& gone = at->second.painted; gone.texture) {
      retired_.push_back(gone.texture);
      bytes_ -= bytes_of(gone.box);
    }
    used_.pop_back();
    entries_.erase(at);
  }
}

void ShapedTexts::drop_retired() {
  for (const TextureId texture : retired_) textures_.drop(texture);
  retired_.clear();
}

}  // namespace perch::overlay
