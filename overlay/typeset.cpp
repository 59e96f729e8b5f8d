#include "overlay/typeset.h"

#include <uninorm.h>

#include <algorithm>

#include "overlay/bidi.h"
#include "overlay/graphemes.h"
#include "overlay/scripts.h"
#include "overlay/shown_name.h"
#include "overlay/utf8.h"

namespace perch::overlay {
namespace {

using Points = std::vector<std::uint32_t>;

struct Grapheme {
  std::size_t begin = 0, end = 0;  ///< in the line's points
  std::uint8_t level = 0;
  Need need{};
};

struct Line {
  Points points, forms;
  std::vector<Grapheme> graphemes;
};

/// Letter and marks as one code point where there is one, so that most languages need no shaping.
Points composed(const Points& points, const Means& means) {
  Points all;
  std::size_t begin = 0;
  for (const std::size_t end : grapheme_ends(points)) {
    const auto first = points.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = points.begin() + static_cast<std::ptrdiff_t>(end);
    Points one(first, last);
    if (one.size() > 1) {
      one.resize(one.size() * 3);  // no canonical composition is longer
      std::size_t length = one.size();
      if (u32_normalize(UNINORM_NFC, &*first, end - begin, one.data(), &length)) one.resize(length);
      if (std::any_of(one.begin(), one.end(), [&](char32_t c) { return means.without_glyph.contains(c); }))
        one.assign(first, last);
    }
    all.insert(all.end(), one.begin(), one.end());
    begin = end;
  }
  return all;
}

Need need_of(const Line& line, const Grapheme& grapheme, const Means& means) {
  const Need need = overlay::need_of({&line.points[grapheme.begin], grapheme.end - grapheme.begin});
  if (need != Need::glyphs) return need;
  for (std::size_t i = grapheme.begin; i < grapheme.end; ++i)
    if (joins_without_forms(line.points[i], line.forms[i]) || means.without_glyph.contains(line.forms[i]))
      return Need::shaping;
  return Need::glyphs;
}

/// One shaped letter takes the whole word of its script with it.
void spread_shaping(Line& line) {
  const auto spread = [&](Grapheme& to, const Grapheme& from) {
    if (to.need == Need::glyphs && from.need == Need::shaping && to.level == from.level &&
        same_script(line.points[to.begin], line.points[from.begin]))
      to.need = Need::shaping;
  };
  auto& all = line.graphemes;
  for (std::size_t i = 1; i < all.size(); ++i) spread(all[i], all[i - 1]);
  for (std::size_t i = all.size(); i-- > 1;) spread(all[i - 1], all[i]);
}

bool can_shape(const Line& line, const Grapheme& grapheme, const Means& means) {
  if (!means.shaped || !means.shaped->ready()) return false;
  const auto at = [&](std::size_t i) { return line.points.begin() + static_cast<std::ptrdiff_t>(i); };
  return std::all_of(at(grapheme.begin), at(grapheme.end),
                     [&](std::uint32_t point) { return is_invisible(point) || means.shaped->has(point); });
}

Line line_of(std::string_view words, const Means& means) {
  Line line;
  line.points = composed(code_points(words), means);
  Directions directions = directions_of(line.points);
  line.forms = std::move(directions.forms);
  std::size_t begin = 0;
  bool needs = false;
  for (const std::size_t end : grapheme_ends(line.points)) {
    Grapheme grapheme{begin, end, directions.levels[begin], Need::glyphs};
    grapheme.need = need_of(line, grapheme, means);
    needs |= grapheme.need != Need::glyphs;
    line.graphemes.push_back(grapheme);
    begin = end;
  }
  if (!needs) return line;
  for (Grapheme& grapheme : line.graphemes)
    if (grapheme.need != Need::glyphs && !can_shape(line, grapheme, means)) grapheme.need = Need::glyphs;
  spread_shaping(line);
  return line;
}

/// Neighbours of one kind and one level, first and one past the last.
struct Piece {
  std::size_t begin = 0, end = 0;
};

std::vector<Piece> pieces_of(const std::vector<Grapheme>& all) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i == 0 || all[i].level != all[i - 1].level || all[i].need != all[i - 1].need) pieces.push_back({i, i});
    pieces.back().end = i + 1;
  }
  return pieces;
}

bool has_glyph(std::uint32_t form) { return form != swallowed && !is_invisible(form); }

bool is_missing(std::uint32_t form, const Means& means) {
  return has_glyph(form) && (form > 0xFFFF || means.without_glyph.contains(form));
}

void append_glyphs(const Line& line, const Grapheme& grapheme, const Means& means, std::string& text) {
  for (std::size_t i = grapheme.begin; i < grapheme.end; ++i) {
    if (is_missing(line.forms[i], means))
      text += escape_of(line.points[i]);
    else if (has_glyph(line.forms[i]))
      append_code_point(text, line.forms[i]);
  }
}

/// Left to right, below the scripts that need a look: most of what is ever shown, asked for in every frame.
bool is_plain(std::string_view words, const Means& means) {
  while (!words.empty()) {
    const auto c = static_cast<unsigned char>(words.front());
    if (c >= 0x80) {
      const char32_t point = take_code_point(words);
      if (point < 0xC0 || point >= 0x300 || means.without_glyph.contains(point)) {
        if (point != U'\u00B7' && point != U'\u2026') return false;
      }
    } else {
      words.remove_prefix(1);
    }
  }
  return true;
}

}  // namespace

std::vector<Run> runs_of(std::string_view words, const Means& means) {
  if (is_plain(words, means)) return {{Run::Kind::glyphs, std::string(words), false}};
  const Line line = line_of(words, means);
  const std::vector<Piece> pieces = pieces_of(line.graphemes);
  std::vector<std::uint8_t> levels;
  levels.reserve(pieces.size());
  for (const Piece& piece : pieces) levels.push_back(line.graphemes[piece.begin].level);
  std::vector<Run> runs;
  for (const std::size_t index : visual_order(levels)) {
    const Piece& piece = pieces[index];
    const Grapheme& first = line.graphemes[piece.begin];
    const bool right_to_left = first.level % 2 != 0;
    if (first.need != Need::glyphs) {
      Run run{Run::Kind::shaped, {}, right_to_left};
      for (std::size_t i = first.begin; i < line.graphemes[piece.end - 1].end; ++i)
        append_code_point(run.text, line.points[i]);
      runs.push_back(std::move(run));
      continue;
    }
    if (runs.empty() || runs.back().kind != Run::Kind::glyphs) runs.push_back({Run::Kind::glyphs, {}, false});
    for (std::size_t i = piece.begin; i < piece.end; ++i)
      append_glyphs(line, line.graphemes[right_to_left ? piece.end - 1 - (i - piece.begin) : i], means,
                    runs.back().text);
  }
  std::erase_if(runs, [](const Run& run) { return run.text.empty(); });
  return runs;
}

std::set<char32_t> glyphs_of(const std::set<std::string>& lines, const Means& means) {
  std::set<char32_t> glyphs = own_points();
  for (const std::string& words : lines)
    for (const Run& run : runs_of(words, means))
      if (run.kind == Run::Kind::glyphs) add_points(run.text, glyphs);
  return glyphs;
}

std::set<char32_t> unshowable(const std::set<std::string>& lines, const Means& means) {
  std::set<char32_t> points;
  for (const std::string& words : lines) {
    if (is_plain(words, means)) continue;
    const Line line = line_of(words, means);
    for (const Grapheme& grapheme : line.graphemes)
      for (std::size_t i = grapheme.begin; grapheme.need == Need::glyphs && i < grapheme.end; ++i)
        if (is_missing(line.forms[i], means)) points.insert(line.points[i]);
  }
  return points;
}

Means means_of(const Theme& theme) { return {theme.fonts->without_glyph(), theme.shaped}; }

ShapedText shaped_text(const Theme& theme, Face face, const Run& run) {
  return {run.text, theme.fonts->em(face), theme.fonts->weight(face), run.right_to_left};
}

}  // namespace perch::overlay
