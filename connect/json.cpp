#include "connect/json.h"

#include <rapidjson/encodedstream.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace perch::connect {
namespace {

/// Builds the value from the reader's events; open containers wait on a stack of ours, not on the call stack.
/// At the bottom of that stack lies an array that gets the one root value.
class Builder {
 public:
  explicit Builder(std::size_t max_depth) : max_depth_(max_depth) { open_.push_back({Json::Array(), {}}); }

  bool Null() { return add(nullptr); }
  bool Bool(bool value) { return add(value); }
  // Numbers come as text: RapidJSON's own exact conversion is undefined for a zero with an exponent ("0e300").
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    const char* end = text + size;
    std::int64_t whole = 0;
    if (const auto [at, failed] = std::from_chars(text, end, whole); failed == std::errc() && at == end)
      return add(whole);
    double number = 0;
    out_of_range_ = std::from_chars(text, end, number).ec != std::errc();
    return !out_of_range_ && add(number == 0 ? 0.0 : number);  // no negative zero
  }
  bool Int(int) { return false; }  // these five are only asked for without that flag
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }
  bool String(const char* text, rapidjson::SizeType size, bool) { return add(std::string(text, size)); }
  bool StartObject() { return open(Json::Object()); }
  bool StartArray() { return open(Json::Array()); }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    open_.back().key.assign(text, size);
    return true;
  }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  bool too_deep() const { return too_deep_; }
  bool out_of_range() const { return out_of_range_; }
  Json take() { return std::move(std::get<Json::Array>(open_.front().held).front()); }

 private:
  struct Open {
    std::variant<Json::Object, Json::Array> held;
    std::string key;  // of the member whose value comes next
  };

  bool open(std::variant<Json::Object, Json::Array> empty) {
    too_deep_ = open_.size() > max_depth_;
    if (too_deep_) return false;
    open_.push_back({std::move(empty), {}});
    return true;
  }
  bool close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    return std::visit([this](auto& held) { return add(std::move(held)); }, done.held);
  }
  template <class Value>
  bool add(Value value) {
    if (auto* members = std::get_if<Json::Object>(&open_.back().held)) {
      members->emplace_back(std::move(open_.back().key), std::move(value));
    } else {
      std::get<Json::Array>(open_.back().held).emplace_back(std::move(value));
    }
    return true;
  }

  std::size_t max_depth_;
  bool too_deep_ = false;
  bool out_of_range_ = false;  ///< a number that no double holds
  std::vector<Open> open_;
};

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

Error malformed(std::string_view text, std::size_t offset, std::string_view reason) {
  std::size_t line = 1;
  std::size_t column = 1;
  for (char c : text.substr(0, offset)) {
    if (c == '\n') {
      ++line;
      column = 1;
    } else if (!continues(c)) {
      ++column;
    }
  }
  return {Code::malformed,
          "line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + std::string(reason)};
}

void append_escaped(std::string& out, unsigned code) {
  static constexpr std::string_view digits = "0123456789abcdef";
  out += "\\u";
  for (unsigned shift : {12U, 8U, 4U, 0U}) out += digits[(code >> shift) & 0xFU];
}

/// Length of the well-formed UTF-8 sequence at the start of `text` (RFC 3629), 0 when there is none.
std::size_t sequence_length(std::string_view text) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])); };
  unsigned first = byte(0);
  std::size_t length = first < 0x80U   ? 1
                       : first < 0xC2U ? 0
                       : first < 0xE0U ? 2
                       : first < 0xF0U ? 3
                       : first < 0xF5U ? 4
                                       : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if (!continues(text[i])) return 0;
  bool overlong = (first == 0xE0U && byte(1) < 0xA0U) || (first == 0xF0U && byte(1) < 0x90U);
  bool surrogate = first == 0xEDU && byte(1) > 0x9FU;
  bool beyond = first == 0xF4U && byte(1) > 0x8FU;
  return overlong || surrogate || beyond ? 0 : length;
}

void append_text(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    std::size_t length = sequence_length(text);
    auto first = static_cast<unsigned char>(text[0]);
    if (length == 0) {
      out += "\xEF\xBF\xBD";  // U+FFFD for each byte that is no UTF-8
      length = 1;
    } else if (first == '"' || first == '\\') {
      out += '\\';
      out += text[0];
    } else if (first == '\n') {
      out += "\\n";
    } else if (first < 0x20U || first == 0x7FU) {
      append_escaped(out, first);
    } else if (first == 0xC2U && static_cast<unsigned char>(text[1]) < 0xA0U) {
      append_escaped(out, static_cast<unsigned char>(text[1]));  // C1 controls: terminals obey some of them
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  out += '"';
}

void append_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  double size = std::fabs(value);
  bool plain = size == 0 || (size >= 1e-6 && size <= 1e15);
  std::array<char, 40> digits{};
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value,
                           plain ? std::chars_format::fixed : std::chars_format::scientific);
  out.append(digits.data(), end.ptr);
}

void append(std::string& out, const Json& value);  // recursive: values are as deep as we built or let in

template <class Items, class Write>
void append_list(std::string& out, char open, char close, const Items& items, Write write) {
  out += open;
  bool first = true;
  for (const auto& item : items) {
    if (!first) out += ',';
    first = false;
    write(item);
  }
  out += close;
}

void append(std::string& out, const Json& value) {
  if (const auto* text = value.text()) {
    append_text(out, *text);
  } else if (auto boolean = value.boolean()) {
    out += *boolean ? "true" : "false";
  } else if (const auto* items = value.items()) {
    append_list(out, '[', ']', *items, [&](const Json& item) { append(out, item); });
  } else if (const auto* members = value.members()) {
    append_list(out, '{', '}', *members, [&](const Json::Member& member) {
      append_text(out, member.first);
      out += ':';
      append(out, member.second);
    });
  } else if (auto number = value.number()) {
    auto whole = value.integer();
    if (whole && (value == Json(*whole))) {
      out += std::to_string(*whole);
    } else {
      append_number(out, *number);
    }
  } else {
    out += "null";
  }
}

}  // namespace

std::optional<bool> Json::boolean() const {
  const auto* held = std::get_if<bool>(&held_);
  return held ? std::optional(*held) : std::nullopt;
}

std::optional<double> Json::number() const {
  if (const auto* whole = std::get_if<std::int64_t>(&held_)) return static_cast<double>(*whole);
  const auto* held = std::get_if<double>(&held_);
  return held ? std::optional(*held) : std::nullopt;
}

std::optional<std::int64_t> Json::integer() const {
  if (const auto* whole = std::get_if<std::int64_t>(&held_)) return *whole;
  const auto* held = std::get_if<double>(&held_);
  // 2^63 is the first double that does not fit; -2^63 still does.
  if (!held || std::trunc(*held) != *held || *held < -0x1p63 || *held >= 0x1p63) return std::nullopt;
  return static_cast<std::int64_t>(*held);
}

const Json* Json::find(std::string_view name) const {
  if (const auto* object = members())
    for (const auto& [key, value] : *object)
      if (key == name) return &value;
  return nullptr;
}

const std::string* Json::text_at(std::string_view name) const {
  const Json* member = find(name);
  return member ? member->text() : nullptr;
}

std::optional<double> Json::number_at(std::string_view name) const {
  const Json* member = find(name);
  return member ? member->number() : std::nullopt;
}

void Json::set(std::string name, Json value) {
  if (is_null()) held_ = Object();
  auto* object = members();
  if (!object) return;
  for (auto& [key, held] : *object) {
    if (key == name) {
      held = std::move(value);
      return;
    }
  }
  object->emplace_back(std::move(name), std::move(value));
}

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes)
    return Error{Code::malformed, "more than " + std::to_string(limits.max_bytes) + " bytes of JSON"};
  constexpr unsigned flags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag;
  // The stream below would also skip a part of a byte order mark.
  if (!text.empty() && static_cast<unsigned char>(text[0]) >= 0x80U && !text.starts_with("\xEF\xBB\xBF"))
    return malformed(text, 0, "Invalid value");
  rapidjson::MemoryStream memory(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> stream(memory);  // skips a BOM
  rapidjson::Reader reader;
  Builder builder(limits.max_depth);
  rapidjson::ParseResult done = limits.comments ? reader.Parse<flags | rapidjson::kParseCommentsFlag>(stream, builder)
                                                : reader.Parse<flags>(stream, builder);
  if (builder.too_deep())
    return malformed(text, reader.GetErrorOffset(), "nested deeper than " + std::to_string(limits.max_depth));
  if (builder.out_of_range()) return malformed(text, reader.GetErrorOffset(), "a number out of range");
  if (done.IsError()) {
    std::string reason = rapidjson::GetParseError_En(done.Code());
    if (!reason.empty() && reason.back() == '.') reason.pop_back();
    return malformed(text, done.Offset(), reason);
  }
  // The reader takes a NUL byte for the end of the text.
  if (memory.Tell() < text.size()) return malformed(text, memory.Tell(), "text after the value");
  return builder.take();
}

std::string to_text(const Json& value) {
  std::string out;
  append(out, value);
  return out;
}

}  // namespace perch::connect
