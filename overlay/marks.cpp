#include <algorithm>
#include <cmath>
#include <vector>

#include "overlay/view.h"

namespace perch::overlay {
namespace {

constexpr float pi = 3.14159265F;

void dashed_ring(ImDrawList& list, ImVec2 centre, float radius, float thickness, Colour colour) {
  constexpr int dashes = 8;
  for (int i = 0; i < dashes; ++i) {
    const float from = 2 * pi * static_cast<float>(i) / dashes;
    list.PathArcTo(centre, radius, from, from + 2 * pi / dashes * 0.58F, 6);
    list.PathStroke(colour, 0, thickness);
  }
}

}  // namespace

void paint_mark(ImDrawList& list, const Rect& box, const Mark& mark, const Palette& palette) {
  const float u = box.width() / 14;  // drawn on a grid of 14
  const ImVec2 centre(box.x0 + 7 * u, box.y0 + 7 * u);
  const Colour colour = palette.of(mark.tone);
  switch (mark.shape) {
    case Shape::disc:
      list.AddCircleFilled(centre, 6 * u, colour, 32);
      break;
    case Shape::ring_dot:
      list.AddCircle(centre, 5.4F * u, colour, 32, 2.2F * u);
      list.AddCircleFilled(centre, 2.4F * u, colour, 20);
      break;
    case Shape::half:
      list.AddCircle(centre, 5.8F * u, colour, 32, 1.6F * u);
      list.PathArcTo(centre, 5.8F * u, -pi / 2, pi / 2, 20);
      list.PathFillConvex(colour);
      break;
    case Shape::triangle:
      list.AddTriangleFilled({box.x0 + 7 * u, box.y0 + 1 * u}, {box.x0 + 13.4F * u, box.y0 + 12.6F * u},
                             {box.x0 + 0.6F * u, box.y0 + 12.6F * u}, colour);
      break;
    case Shape::square:
      list.AddRectFilled({box.x0 + 1.5F * u, box.y0 + 1.5F * u}, {box.x0 + 12.5F * u, box.y0 + 12.5F * u}, colour,
                         2.5F * u);
      break;
    case Shape::hollow:
      list.AddCircle(centre, 5.4F * u, colour, 32, 2 * u);
      break;
    case Shape::dashed:
      dashed_ring(list, centre, 5.4F * u, 2 * u, colour);
      break;
  }
}

void paint_tick(ImDrawList& list, ImVec2 at, float size, Colour colour) {
  list.PathLineTo({at.x + 0.08F * size, at.y + 0.55F * size});
  list.PathLineTo({at.x + 0.36F * size, at.y + 0.84F * size});
  list.PathLineTo({at.x + 0.92F * size, at.y + 0.20F * size});
  list.PathStroke(colour, 0, std::max(1.2F, size * 0.17F));
}

void paint_dashed(ImDrawList& list, const Rect& box, float radius, float unit, Colour colour) {
  // Around the whole outline, arcs too, with dashes stretched until a whole number of them fits.
  list.PathClear();
  list.PathRect({box.x0 + 0.5F, box.y0 + 0.5F}, {box.x1 - 0.5F, box.y1 - 0.5F}, radius);
  std::vector<ImVec2> outline(list._Path.begin(), list._Path.end());
  list.PathClear();
  outline.push_back(outline.front());
  const auto length = [](ImVec2 a, ImVec2 b) { return std::hypot(b.x - a.x, b.y - a.y); };
  float around = 0;
  for (std::size_t i = 1; i < outline.size(); ++i) around += length(outline[i - 1], outline[i]);
  const float period = around / std::max(4.0F, std::round(around / (6 * unit)));
  bool inked = true;
  float left = period * 0.55F;  // of the dash or the gap under the pencil
  list.PathLineTo(outline.front());
  for (std::size_t i = 1; i < outline.size(); ++i) {
    ImVec2 at = outline[i - 1];
    for (float rest = length(at, outline[i]); rest > 0;) {
      const float step = std::min(rest, left), part = step / rest;
      at = {at.x + (outline[i].x - at.x) * part, at.y + (outline[i].y - at.y) * part};
      rest -= step;
      left -= step;
      if (inked) list.PathLineTo(at);
      if (left > 0) continue;
      if (inked) list.PathStroke(colour, 0, unit);
      inked = !inked;
      left = period * (inked ? 0.55F : 0.45F);
      if (inked) list.PathLineTo(at);
    }
  }
  if (inked) list.PathStroke(colour, 0, unit);
}

void paint_tag(ImDrawList& list, const PlacedTag& placed, const Theme& theme) {
  const Rect& box = placed.box;
  const Palette& palette = *theme.palette;
  const Tag::Kind kind = placed.tag.kind;
  const Colour colour = kind == Tag::Kind::confirmed   ? palette.green
                        : kind == Tag::Kind::simulated ? palette.amber
                                                       : palette.muted;
  const float radius = 4 * theme.unit, thickness = std::max(1.0F, std::round(theme.unit));
  if (kind == Tag::Kind::asked)
    paint_dashed(list, box, radius, thickness, colour);
  else
    list.AddRect({box.x0, box.y0}, {box.x1, box.y1}, colour, radius, 0, thickness);
  if (kind == Tag::Kind::confirmed) {
    const float size = 9 * theme.unit;
    paint_tick(list, {box.x0 + 5 * theme.unit, std::round(box.y0 + (box.height() - size) / 2)}, size, colour);
  }
  // A little high: commas and descenders must stay clear of the frame.
  const float y = box.y0 + std::floor((box.height() - line_height(theme, Face::small) - theme.unit) / 2);
  paint_text(list, {placed.words_x, y}, theme, Face::small, colour, placed.tag.words);
}

}  // namespace perch::overlay
