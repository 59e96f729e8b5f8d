// perch-shaper.so: the only file that knows Pango and Cairo.
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <new>

#include "overlay/shaper/perch_shaper.h"

namespace {

// In ems from the baseline. Two marks above a capital, two below a consonant; what is piled higher is cut.
constexpr float highest = 1.75F, lowest = 1.0F;
constexpr int widest = 4096;  // pixels; every graphics card takes such a texture

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* pen) const { cairo_destroy(pen); }
  void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

Owned<PangoLayout> laid_out(PangoContext* context, const perch_shaper_text& text) {
  Owned<PangoLayout> layout(pango_layout_new(context));
  const Owned<PangoFontDescription> font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), text.family);
  pango_font_description_set_absolute_size(font.get(), static_cast<double>(text.em) * PANGO_SCALE);
  pango_font_description_set_weight(font.get(), static_cast<PangoWeight>(text.weight));
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
  pango_layout_set_auto_dir(layout.get(), FALSE);
  pango_context_set_base_dir(context, text.right_to_left != 0 ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_layout_context_changed(layout.get());
  pango_layout_set_text(layout.get(), text.utf8, static_cast<int>(text.bytes));
  return layout;
}

void fix_options(PangoContext* context) {
  // As ImGui's own glyphs are: grey, unhinted. The desktop's settings must not make names look different from words.
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context, FALSE);
}

/// Cairo's pixels are multiplied by their alpha, blue first. True: some are not grey.
bool to_straight_rgba(const unsigned char* from, int stride, const perch_shaper_box& box, uint8_t* to) {
  bool coloured = false;
  for (int y = 0; y < box.height; ++y)
    for (int x = 0; x < box.width; ++x, to += 4) {
      uint32_t pixel = 0;
      std::memcpy(&pixel, from + static_cast<std::ptrdiff_t>(y) * stride + static_cast<std::ptrdiff_t>(x) * 4, 4);
      const uint32_t alpha = pixel >> 24U;
      for (unsigned c = 0; c < 3; ++c) {
        const uint32_t value = (pixel >> (16U - 8U * c)) & 0xFFU;
        coloured |= value + 2 < alpha;
        to[c] = static_cast<uint8_t>(alpha == 0 ? 255 : std::min<uint32_t>(255, (value * 255 + alpha / 2) / alpha));
      }
      to[3] = static_cast<uint8_t>(alpha);
    }
  return coloured;
}

}  // namespace

struct perch_shaper {
  Owned<PangoFontMap> fonts{pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)};
  Owned<PangoContext> context;
};

namespace {

perch_shaper* open_shaper() {
  auto shaper = std::unique_ptr<perch_shaper>(new (std::nothrow) perch_shaper);
  if (!shaper || !shaper->fonts) return nullptr;
  shaper->context.reset(pango_font_map_create_context(shaper->fonts.get()));
  fix_options(shaper->context.get());
  return shaper.release();
}

void close_shaper(perch_shaper* shaper) { delete shaper; }

void measure(perch_shaper* shaper, const perch_shaper_text* text, perch_shaper_box* box) {
  const auto layout = laid_out(shaper->context.get(), *text);
  PangoRectangle ink{}, logical{};
  pango_layout_line_get_extents(pango_layout_get_line_readonly(layout.get(), 0), &ink, &logical);
  const auto pixels = [](int units) { return static_cast<float>(units) / PANGO_SCALE; };
  *box = {};
  box->advance = std::min(std::max(pixels(logical.width), 0.0F), static_cast<float>(widest));
  box->unknown = pango_layout_get_unknown_glyphs_count(layout.get());
  if (ink.width <= 0 || ink.height <= 0) return;
  // Where a glyph lies between pixels its edge is soft, and Pango rounds each glyph's box for itself.
  constexpr int margin = 2;
  const float top = std::max(pixels(ink.y), -highest * text->em), left = pixels(ink.x);
  const float bottom = std::min(pixels(ink.y + ink.height), lowest * text->em);
  box->left = static_cast<int>(std::floor(left)) - margin;
  box->baseline = margin - static_cast<int>(std::floor(top));
  box->width = std::min(static_cast<int>(std::ceil(left + pixels(ink.width))) + margin - box->left, widest);
  box->height = std::max(static_cast<int>(std::ceil(bottom)) + margin + box->baseline, 1);
}

int draw(perch_shaper* shaper, const perch_shaper_text* text, const perch_shaper_box* box, uint8_t* rgba) {
  const auto layout = laid_out(shaper->context.get(), *text);
  const Owned<cairo_surface_t> surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, box->width, box->height));
  {
    const Owned<cairo_t> pen(cairo_create(surface.get()));
    cairo_set_source_rgb(pen.get(), 1, 1, 1);
    cairo_move_to(pen.get(), -box->left, box->baseline);
    pango_cairo_show_layout_line(pen.get(), pango_layout_get_line_readonly(layout.get(), 0));
  }
  cairo_surface_flush(surface.get());
  const unsigned char* pixels = cairo_image_surface_get_data(surface.get());
  if (!pixels) {  // out of memory: nothing is seen
    std::memset(rgba, 0, static_cast<std::size_t>(box->width) * static_cast<std::size_t>(box->height) * 4);
    return 0;
  }
  return to_straight_rgba(pixels, cairo_image_surface_get_stride(surface.get()), *box, rgba) ? 1 : 0;
}

constexpr perch_shaper_api api{PERCH_SHAPER_VERSION, open_shaper, close_shaper, measure, draw};

}  // namespace

const perch_shaper_api* perch_shaper_get() { return &api; }
