#pragma once
// A small JSON value for everything small: simulator, configuration, --json. The hot path is connect/wire.
// RapidJSON is seen only in json.cpp and wire.cpp.
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "connect/result.h"

namespace perch::connect {

/// A JSON value. Objects keep the order of their members; of members with equal names the first wins in `find`.
class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;                                             ///< null
  Json(std::nullptr_t) {}                                       // NOLINT: meant to convert
  Json(bool value) : held_(value) {}                            // NOLINT: meant to convert
  Json(double value) : held_(value) {}                          // NOLINT: meant to convert
  Json(int value) : held_(static_cast<std::int64_t>(value)) {}  // NOLINT: meant to convert
  Json(std::int64_t value) : held_(value) {}                    // NOLINT: meant to convert
  Json(std::string value) : held_(std::move(value)) {}          // NOLINT: meant to convert
  Json(std::string_view value) : held_(std::string(value)) {}   // NOLINT: meant to convert
  Json(const char* value) : held_(std::string(value)) {}        // NOLINT: meant to convert
  Json(Array value) : held_(std::move(value)) {}                // NOLINT: meant to convert
  Json(Object value) : held_(std::move(value)) {}               // NOLINT: meant to convert
  template <class T>
  Json(const std::optional<T>& value) {  // NOLINT: meant to convert; nothing is null
    if (value) *this = Json(*value);
  }
  static Json object(std::initializer_list<Member> members) { return Json(Object(members)); }
  static Json array(std::initializer_list<Json> items) { return Json(Array(items)); }

  bool is_null() const { return std::holds_alternative<std::nullptr_t>(held_); }
  bool is_object() const { return std::holds_alternative<Object>(held_); }
  bool is_array() const { return std::holds_alternative<Array>(held_); }

  // Each answers null or nothing when the value is of another type.
  const std::string* text() const { return std::get_if<std::string>(&held_); }
  std::optional<bool> boolean() const;
  std::optional<double> number() const;         ///< integers too
  std::optional<std::int64_t> integer() const;  ///< also a double without a fraction, in range
  const Array* items() const { return std::get_if<Array>(&held_); }
  const Object* members() const { return std::get_if<Object>(&held_); }
  Object* members() { return std::get_if<Object>(&held_); }

  const Json* find(std::string_view name) const;            ///< null: no such member, or no object
  const std::string* text_at(std::string_view name) const;  ///< a member that is a string
  std::optional<double> number_at(std::string_view name) const;
  void set(std::string name, Json value);  ///< replaces, or appends; makes a null an object

  bool operator==(const Json&) const = default;

 private:
  std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> held_{nullptr};
};

struct JsonLimits {
  std::size_t max_bytes = 16U << 20U;
  std::size_t max_depth = 64;
  bool comments = false;  ///< also take // and /* */ (config.json)
};

/// Text to value. Never recursive over the input's depth, validates UTF-8, refuses trailing text; Code::malformed with
/// "line L, column C: reason" otherwise.
Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

/// Value to text on one line, valid UTF-8. Doubles are written with as many digits as they need, never an exponent
/// for values that fit 1e-6..1e15; NaN and infinity as null.
std::string to_text(const Json& value);

}  // namespace perch::connect
