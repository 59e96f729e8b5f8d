#pragma once
// What every call that can fail returns: the value, or why not. Nothing in Perch throws across a thread or the ABI.
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace perch::connect {

/// What kind of failure it is, as far as anybody acts on it differently.
enum class Code {
  unreachable,      ///< no HTTP answer: refused, DNS, TLS, reset
  timed_out,        ///< no HTTP answer in time
  throttled,        ///< 429 for rate: later
  unavailable,      ///< 5xx: transient
  unauthenticated,  ///< no credentials, or credentials that were rejected
  denied,           ///< 403: not permitted
  not_found,        ///< 404, 410
  invalid,          ///< any other 4xx: refused as asked
  malformed,        ///< an answer that is not what the operation answers
  cancelled,        ///< we gave it up
  usage,            ///< our own caller asked for what cannot be
};

struct Error {
  Code code{};
  std::string message;     ///< one line, printable (no control characters), no credentials in it
  std::string aws_code{};  ///< e.g. "AccessDeniedException"; empty when Connect gave none
  std::string request_id{};
  int http_status = 0;                                     ///< 0: no HTTP answer came
  bool maybe_sent = false;                                 ///< bytes of the request may have reached the other side
  std::optional<std::chrono::milliseconds> retry_after{};  ///< what the server asked for
  std::string
      run{};  ///< what a person can run in a terminal to mend it ("aws sso login --profile x"); in `message`, too

  bool operator==(const Error&) const = default;
};

/// A value or an Error, and it must be looked at.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: meant to convert
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: meant to convert

  explicit operator bool() const { return held_.index() == 0; }
  const T& operator*() const& { return std::get<0>(held_); }
  T& operator*() & { return std::get<0>(held_); }
  T&& operator*() && { return std::get<0>(std::move(held_)); }
  const T* operator->() const { return &std::get<0>(held_); }
  T* operator->() { return &std::get<0>(held_); }
  const Error& error() const { return std::get<1>(held_); }

  bool operator==(const Result&) const = default;

 private:
  std::variant<T, Error> held_;
};

/// Result of a call that answers nothing but "done".
struct Done {
  bool operator==(const Done&) const = default;
};

/// One overload set for std::visit; clang 14 still needs the guide.
template <class... F>
struct overloaded : F... {
  using F::operator()...;
};
template <class... F>
overloaded(F...) -> overloaded<F...>;

}  // namespace perch::connect
