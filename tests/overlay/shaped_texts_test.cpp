#include "overlay/shaped_texts.h"

#include <doctest/doctest.h>

#include <cmath>

#include "overlay/sheet.h"
#include "overlay/shown_name.h"
#include "overlay/typeset.h"
#include "tests/support/fake_shaper.h"
#include "tests/support/headless.h"

namespace perch::overlay {
namespace {

ShapedText text(std::string words, float em = 13) { return {std::move(words), em, 400, false}; }

constexpr ShapedTexts::Bounds three{3, 1U << 20U};

}  // namespace

TEST_CASE("the library is loaded when it is needed, and once") {
  FakeShaper fake;
  ShapedTexts shaped(fake.textures(), fake.loader());
  CHECK(fake.loads == 0);
  CHECK(shaped.measure(text("กก")).advance == 20);
  CHECK(shaped.has(U'ก'));
  CHECK(fake.loads == 1);
}

TEST_CASE("a library that is not there is looked for once") {
  FakeShaper fake;
  fake.there = false;
  ShapedTexts shaped(fake.textures(), fake.loader());
  for (int i = 0; i < 3; ++i) CHECK_FALSE(shaped.ready());
  CHECK_FALSE(shaped.has(U'ก'));
  CHECK(shaped.paint(text("ก"), 1).texture == nullptr);
  CHECK(fake.loads == 1);
}

TEST_CASE("a text is measured and drawn once, and a texture is made only when it is painted") {
  FakeShaper fake;
  ShapedTexts shaped(fake.textures(), fake.loader());
  shaped.measure(text("ก"));
  CHECK(fake.made == 0);
  for (int frame = 1; frame < 5; ++frame) {
    shaped.measure(text("ก"));
    CHECK(shaped.paint(text("ก"), frame).texture != nullptr);
  }
  CHECK(fake.measured == 1);
  CHECK(fake.drawn == 1);
  CHECK(fake.textures_alive.size() == 1);
}

TEST_CASE("what was not used for the longest time goes, but not while its frame is being made") {
  FakeShaper fake;
  ShapedTexts shaped(fake.textures(), fake.loader(), three);
  for (const char* words : {"a", "b", "c"}) shaped.paint(text(words), 1);
  const TextureId a = shaped.paint(text("a"), 2).texture;
  shaped.paint(text("d"), 2);  // b goes
  CHECK(shaped.texts() == 3);
  CHECK(fake.textures_alive.size() == 4);
  shaped.paint(text("a"), 3);
  CHECK(fake.textures_alive.size() == 3);
  CHECK(shaped.paint(text("a"), 3).texture == a);
  CHECK(fake.drawn == 4);
}

TEST_CASE("a frame may show more than is kept") {
  FakeShaper fake;
  ShapedTexts shaped(fake.textures(), fake.loader(), three);
  for (int frame = 1; frame < 4; ++frame) {
    std::set<TextureId> on_screen;
    for (int i = 0; i < 8; ++i)
      on_screen.insert(shaped.paint(text(std::string(1, static_cast<char>('a' + i))), frame).texture);
    for (const TextureId id : on_screen) CHECK(fake.textures_alive.contains(id));
    CHECK(shaped.texts() == 3);
  }
  shaped.paint(text("a"), 9);
  CHECK(fake.textures_alive.size() <= 4);
}

TEST_CASE("textures are bounded in bytes too") {
  FakeShaper fake;
  ShapedTexts shaped(fake.textures(), fake.loader(), {100, 12 * 15 * 4 * 2});
  for (const char* words : {"a", "b", "c", "d"}) shaped.paint(text(words), 1);
  CHECK(shaped.texts() == 2);
  CHECK(shaped.bytes() == 12 * 15 * 4 * 2);
}

TEST_CASE("another unit frees everything of the old size, and so does the end") {
  FakeShaper fake;
  {
    ShapedTexts shaped(fake.textures(), fake.loader());
    shaped.use_unit(1);
    shaped.paint(text("a"), 1);
    shaped.paint(text("b"), 1);
    shaped.use_unit(1);
    CHECK(fake.textures_alive.size() == 2);
    shaped.use_unit(2);
    CHECK(fake.textures_alive.empty());
    CHECK(shaped.texts() == 0);
    CHECK(shaped.bytes() == 0);
    shaped.paint(text("a", 26), 2);
    CHECK(fake.textures_alive.size() == 1);
  }
  CHECK(fake.textures_alive.empty());
}

TEST_CASE("widths add up: glyphs, cells of digits, shaped pieces") {
  FakeShaper fake;
  ShapedTexts shaped(fake.textures(), fake.loader());
  Headless ui;
  ui.theme.shaped = &shaped;
  const auto width = [&](const std::string& words) { return text_width(ui.theme, Face::body, words); };
  CHECK(width("พัก") == 30);
  CHECK(width("พัก พัก") == 60 + width(" "));
  CHECK(width("11:11พ") == width("08:40") + 10);
  CHECK(width("") == 0);
  CHECK(width("\u2068\u2069") == 0);
}

TEST_CASE("a shaped piece is painted on the baseline, tinted unless it has colours") {
  FakeShaper fake;
  ShapedTexts shaped(fake.textures(), fake.loader());
  Headless ui;
  ui.theme.shaped = &shaped;
  ImGui::GetIO().DisplaySize = {400, 100};
  ImGui::NewFrame();
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  paint_text(list, {10, 20}, ui.theme, Face::body, 0x80112233U, "ก🍕");
  REQUIRE(list.VtxBuffer.Size == 8);
  const float baseline = std::round(20 + (*ui.theme.fonts)[Face::body]->Ascent);
  CHECK(list.VtxBuffer[0].pos.x == 9);
  CHECK(list.VtxBuffer[0].pos.y == baseline - 11);
  CHECK(list.VtxBuffer[2].pos.y == baseline + 4);
  CHECK(list.VtxBuffer[0].col == 0x80112233U);
  CHECK(list.VtxBuffer[4].pos.x == 19);
  CHECK(list.VtxBuffer[4].col == 0x80FFFFFFU);
  ImGui::Render();
}

TEST_CASE("elided keeps what fits, and never half of what is read as one") {
  FakeShaper fake;
  ShapedTexts shaped(fake.textures(), fake.loader());
  Headless ui;
  ui.theme.shaped = &shaped;
  const auto width = [&](const std::string& words) { return text_width(ui.theme, Face::body, words); };
  const auto cut = [&](const std::string& words, float room) { return elided(ui.theme, Face::body, words, room); };
  CHECK(cut("Lunch", width("Lunch")) == "Lunch");
  CHECK(cut("Lunch break", width("Lunch\u2026")) == "Lunch\u2026");
  CHECK(cut("Lunch break", width("Lunch \u2026") + 1) == "Lunch\u2026");  // no space before the dots
  const float dots = width("\u2026");
  CHECK(cut("x👩‍🚒y", width("x") + 20 + dots) == "x\u2026");
  CHECK(cut("พักเที่ยง", 50 + dots) == "พักเ\u2026");
  CHECK(cut("क्षिप्र", 50 + dots) == "क्षि\u2026");
  CHECK(cut("Lunch", dots) == "\u2026");
  CHECK(cut("Lunch", dots - 1).empty());
  const std::string name = "Rückrufe 休 พัก 👩‍🚒👩‍🚒 bis 15:30";
  for (float room = 0; room < width(name) + 5; room += 3) {
    const std::string shown = cut(name, room);
    CAPTURE(room);
    CHECK(width(shown) <= room);
    if (shown == name || shown.empty()) continue;
    const std::string kept = shown.substr(0, shown.size() - 3);
    std::size_t at = 0;
    for (const std::string_view one : graphemes(name))
      if (at < kept.size()) at += one.size();
    CHECK((at == kept.size() || name[kept.size()] == ' '));
    CHECK(name.starts_with(kept));
  }
}

TEST_CASE("lines are broken between graphemes") {
  FakeShaper fake;
  ShapedTexts shaped(fake.textures(), fake.loader());
  Headless ui;
  ui.theme.shaped = &shaped;
  const Sheet sheet(ui.theme);
  CHECK(sheet.broken("👩‍🚒👩‍🚒👩‍🚒", Face::body, 50) ==
        std::vector<std::string>{"👩‍🚒", "👩‍🚒", "👩‍🚒"});
  CHECK(sheet.broken("क्षिक्षि", Face::body, 45) == std::vector<std::string>{"क्षि", "क्षि"});
}

TEST_CASE("a name from right to left that is cut keeps what is drawn behind it out of its isolate") {
  Headless ui;
  const std::string name = "\u2068\u05D4\u05E4\u05E1\u05E7\u05EA \u05E6\u05D4\u05E8\u05D9\u05D9\u05DD\u2069";
  const float whole = text_width(ui.theme, Face::body, name);
  CHECK(elided(ui.theme, Face::body, name, whole) == name);
  const std::string cut = elided(ui.theme, Face::body, name, whole * 0.7F);
  CHECK(cut.starts_with("\u2068\u05D4"));
  CHECK(cut.ends_with("\u2026\u2069"));
  CHECK(open_isolates(cut) == 0);
}

TEST_CASE("lines are broken at line feeds, and an isolate ends with its line and goes on in the next") {
  Headless ui;
  const Sheet sheet(ui.theme);
  using Lines = std::vector<std::string>;
  CHECK(sheet.broken("one\ntwo three\n\nfour\n", Face::body, 1000) == Lines{"one", "two three", "", "four"});
  const std::string first = "\u05D4\u05E4\u05E1\u05E7\u05EA", second = "\u05E6\u05D4\u05E8\u05D9";
  const float width = text_width(ui.theme, Face::body, first) + 2;
  CHECK(sheet.broken("\u2068" + first + " " + second + "\u2069", Face::body, width) ==
        Lines{"\u2068" + first + "\u2069", "\u2068" + second + "\u2069"});
}

}  // namespace perch::overlay
