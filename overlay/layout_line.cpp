#include "overlay/layout_line.h"

#include <cmath>

#include "connect/json.h"
#include "overlay/clean_text.h"

namespace perch::overlay {
namespace {

using connect::Json;

const char* name_of(Face face) {
  switch (face) {
    case Face::headline:
      return "headline";
    case Face::body:
      return "body";
    case Face::strong:
      return "strong";
    case Face::small:
      return "small";
  }
  return "?";
}

const char* name_of(Tone tone) {
  switch (tone) {
    case Tone::text:
      return "text";
    case Tone::muted:
      return "muted";
    case Tone::green:
      return "green";
    case Tone::blue:
      return "blue";
    case Tone::amber:
      return "amber";
    case Tone::red:
      return "red";
    case Tone::violet:
      return "violet";
    case Tone::grey:
      return "grey";
  }
  return "?";
}

const char* name_of(Shape shape) {
  switch (shape) {
    case Shape::disc:
      return "disc";
    case Shape::ring_dot:
      return "ring_dot";
    case Shape::half:
      return "half";
    case Shape::triangle:
      return "triangle";
    case Shape::square:
      return "square";
    case Shape::hollow:
      return "hollow";
    case Shape::dashed:
      return "dashed";
  }
  return "?";
}

const char* name_of(Tag::Kind kind) {
  switch (kind) {
    case Tag::Kind::confirmed:
      return "confirmed";
    case Tag::Kind::asked:
      return "asked";
    case Tag::Kind::elsewhere:
      return "elsewhere";
    case Tag::Kind::simulated:
      return "simulated";
  }
  return "?";
}

const char* name_of(PlacedButton::Look look) {
  switch (look) {
    case PlacedButton::Look::button:
      return "button";
    case PlacedButton::Look::chip:
      return "chip";
    case PlacedButton::Look::link:
      return "link";
  }
  return "?";
}

const char* name_of(const ViewModel& view) {
  if (view.panel) return "settings";
  if (view.card) return "card";
  return view.view == ViewKind::dot ? "dot" : "strip";
}

Json boxed(const Rect& box) {
  return Json::object({{"x", static_cast<double>(box.x0)},
                       {"y", static_cast<double>(box.y0)},
                       {"width", static_cast<double>(box.width())},
                       {"height", static_cast<double>(box.height())}});
}

/// Where words stand that begin at `x` and are centred in `outer`.
Rect words_box(const Rect& outer, float x, const std::string& words, Face face, const Theme& theme) {
  const float height = line_height(theme, face), y = std::round((outer.y0 + outer.y1 - height) / 2);
  return {x, y, x + text_width(theme, face, words), y + height};
}

Json inked(const PlacedText& placed) {
  Json json = boxed(placed.box);
  json.set("words", placed.words);
  json.set("face", name_of(placed.face));
  json.set("tone", name_of(placed.tone));
  return json;
}

Json inked(const PlacedTag& placed, const Theme& theme) {
  Json json = boxed(placed.box);
  json.set("words", placed.tag.words);
  json.set("kind", name_of(placed.tag.kind));
  json.set("text", boxed(words_box(placed.box, placed.words_x, placed.tag.words, Face::small, theme)));
  return json;
}

Json inked(const PlacedMark& placed) {
  Json json = boxed(placed.box);
  json.set("shape", name_of(placed.mark.shape));
  json.set("tone", name_of(placed.mark.tone));
  return json;
}

Json inked(const PlacedBand& placed) {
  Json json = boxed(placed.box);
  json.set("tone", name_of(placed.tone));
  return json;
}

Json inked(const PlacedBar& placed) {
  Json json = boxed(placed.box);
  json.set("filled", static_cast<double>(placed.bar.filled));
  json.set("tone", name_of(placed.bar.tone));
  return json;
}

Json inked(const PlacedButton& placed, const Theme& theme) {
  const Button& button = placed.button;
  Json json = boxed(placed.box);
  json.set("words", placed.words);
  json.set("whole", button.words + button.after);
  json.set("enabled", button.does.has_value());
  json.set("selected", button.selected);
  json.set("asked", button.asked);
  json.set("look", name_of(placed.look));
  json.set("face", name_of(placed.face));
  json.set("text", boxed(words_box(placed.box, placed.words_x, placed.words, placed.face, theme)));
  if (placed.key.width() > 0) {
    Json key = boxed(placed.key);
    key.set("words", button.key);
    json.set("key", std::move(key));
  }
  return json;
}

/// `placed` as a list, each made by `inked` with `more` behind it.
template <class Placed, class... More>
Json listed(const std::vector<Placed>& placed, const More&... more) {
  Json::Array list;
  for (const Placed& one : placed) list.push_back(inked(one, more...));
  return list;
}

std::string second_line(const Header& header) {
  std::string words;
  for (const Span& span : header.second) words += span.words;
  if (header.tag) words += " [" + header.tag->words + "]";
  for (const Span& span : header.after) words += span.words;
  return words;
}

}  // namespace

std::string layout_line(const ViewModel& view, const Layout& layout, const Theme& theme, Place place) {
  Json widgets = Json::object({});
  for (const PlacedButton& placed : layout.buttons) widgets.set(placed.button.id, inked(placed, theme));
  Json tip;
  if (layout.tip) {
    tip = boxed(layout.tip->box);
    tip.set("texts", listed(layout.tip->lines));
  }
  return clean_text(
      connect::to_text(Json::object({{"x", place.x},
                                     {"y", place.y},
                                     {"width", static_cast<double>(layout.width)},
                                     {"height", static_cast<double>(layout.height)},
                                     {"unit", static_cast<double>(theme.unit)},
                                     {"view", name_of(view)},
                                     {"headline", view.header.headline},
                                     {"time", view.header.time},
                                     {"second", second_line(view.header)},
                                     {"message", view.messages.empty() ? std::string() : view.messages.front().words},
                                     {"keys", view.keys},
                                     {"focused", view.focused},
                                     {"simulated", !view.simulated.empty()},
                                     {"widgets", widgets},
                                     {"texts", listed(layout.texts)},
                                     {"tags", listed(layout.tags, theme)},
                                     {"marks", listed(layout.marks)},
                                     {"bars", listed(layout.bars)},
                                     {"bands", listed(layout.bands)},
                                     {"rules", Json(Json::Array(layout.rules.begin(), layout.rules.end()))},
                                     {"tip", tip},
                                     {"alert", layout.alert ? name_of(*layout.alert) : ""}})));
}

}  // namespace perch::overlay
