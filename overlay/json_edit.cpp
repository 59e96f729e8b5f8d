#include "overlay/json_edit.h"

#include <algorithm>

namespace perch::overlay {
namespace {

using connect::Json;

constexpr std::string_view white = " \t\r\n";

bool is_blank(std::string_view text) { return text.find_first_not_of(white) == text.npos; }

/// The user's way of writing: line ends and one step of indentation.
struct Style {
  std::string line_end = "\n", step = "  ";
};

std::size_t line_begin(std::string_view text, std::size_t at) {
  return at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
}

std::string indentation(std::string_view text, std::size_t at) {
  const std::size_t begin = line_begin(text, at);
  return std::string(text.substr(begin, std::min(text.find_first_not_of(" \t", begin), at) - begin));
}

bool begins_line(std::string_view text, std::size_t at) {
  return line_begin(text, at) > 0 && is_blank(text.substr(line_begin(text, at), at - line_begin(text, at)));
}

Style style_of(std::string_view text, const TextMember& map) {
  Style style;
  if (const std::size_t end = text.find('\n'); end != text.npos && end > 0 && text[end - 1] == '\r')
    style.line_end = "\r\n";
  for (const TextMember& member : map.members) {
    if (!begins_line(text, member.key.begin)) continue;
    style.step = indentation(text, member.key.begin);
    break;
  }
  return style;
}

/// An object goes over lines when `lines` says so or it holds objects, and then `style` is given.
std::string written(const Json& value, const Style* style, const std::string& indent, bool lines = false) {
  const Json::Object* members = value.members();
  if (!members || members->empty()) return connect::to_text(value);
  for (const auto& [key, member] : *members) lines = lines || member.is_object();
  if (!style) lines = false;
  const std::string inner = lines ? indent + style->step : indent;
  std::string out = "{";
  for (const auto& [key, member] : *members) {
    if (out.size() > 1) out += lines ? "," : ", ";
    if (lines) out += style->line_end + inner;
    out += connect::to_text(Json(key)) + ": " + written(member, style, inner);
  }
  return out + (lines ? style->line_end + indent : "") + "}";
}

/// Behind the comments that stand on the same line.
std::size_t end_of_line(std::string_view text, std::size_t at) {
  for (;;) {
    const std::size_t next = text.find_first_not_of(" \t", at);
    const std::string_view rest = next == text.npos ? std::string_view() : text.substr(next);
    if (rest.starts_with("/*")) {
      at = text.find("*/", next + 2) + 2;
    } else if (rest.starts_with("//")) {
      const std::size_t end = text.find('\n', next);
      return text[end - 1] == '\r' ? end - 1 : end;
    } else {
      return at;
    }
  }
}

void put_span(std::string& text, const TextSpan& span, std::string_view now) {
  text.replace(span.begin, span.end - span.begin, now);
}

/// Takes a piece out; its line too when nothing else is on it.
void cut(std::string& text, TextSpan piece) {
  const std::size_t begin = line_begin(text, piece.begin);
  const std::size_t end = text.find_first_not_of(" \t\r", piece.end);
  const bool alone = begin > 0 && end != text.npos && text[end] == '\n' &&
                     is_blank(std::string_view(text).substr(begin, piece.begin - begin));
  put_span(text, alone ? TextSpan{begin, end + 1} : piece, "");
}

}  // namespace

void replace_value(std::string& text, const TextMember& map, const TextMember& place, const Json& value) {
  const Style style = style_of(text, map);
  put_span(text, place.value, written(value, &style, indentation(text, place.key.begin)));
}

void insert_member(std::string& text, const TextMember& map, const TextMember& object, const std::string& name,
                   const Json& value) {
  const Style style = style_of(text, map);
  const auto member = [&](const Style* lines, const std::string& indent) {
    return connect::to_text(Json(name)) + ": " + written(value, lines, indent);
  };
  if (!object.members.empty()) {
    const TextMember& last = object.members.back();
    if (!begins_line(text, last.key.begin)) {
      text.insert(last.value.end, ", " + member(nullptr, ""));
      return;
    }
    const std::string indent = indentation(text, last.key.begin);
    text.insert(end_of_line(text, last.value.end), style.line_end + indent + member(&style, indent));
    text.insert(last.value.end, ",");
    return;
  }
  const bool top = object.key.end == 0;
  const std::string outer = indentation(text, top ? object.value.begin : object.key.begin);
  const std::size_t begin = object.value.begin + 1, end = object.value.end - 1;
  if (is_blank(std::string_view(text).substr(begin, end - begin))) {
    put_span(text, object.value, written(Json::object({{name, value}}), &style, outer, top));
    return;
  }
  // Behind the comments in it.
  const std::size_t at = text.find_last_not_of(white, end - 1) + 1;
  const bool closed_below = std::string_view(text).substr(at, end - at).find('\n') != std::string_view::npos;
  const std::string inner = outer + style.step;
  text.insert(at, style.line_end + inner + member(&style, inner) + (closed_below ? "" : style.line_end + outer));
}

void take_out_member(std::string& text, const TextMember& object, std::size_t n) {
  const TextMember& member = object.members[n];
  const bool last = n + 1 == object.members.size();
  TextSpan piece{member.key.begin, member.value.end};
  if (last && n == 0) return cut(text, piece);
  const std::size_t before = last ? object.members[n - 1].value.end : member.value.end;
  const std::size_t comma = skip_blank(text, before);
  const std::size_t behind = last ? member.key.begin : comma + 1;
  const std::string_view all = text;
  if (last && is_blank(all.substr(before, comma - before)) && is_blank(all.substr(comma + 1, behind - comma - 1))) {
    put_span(text, {before, member.value.end}, "");
  } else if (!last && is_blank(all.substr(before, comma - before))) {
    const std::size_t next = all.find_first_not_of(" \t", behind);
    const bool ends = all[next] == '\r' || all[next] == '\n';
    cut(text, {piece.begin, ends ? behind : next});
  } else {  // comments between them stay: the later piece first
    const TextSpan mark{comma, comma + 1};
    cut(text, last ? piece : mark);
    cut(text, last ? mark : piece);
  }
}

}  // namespace perch::overlay
