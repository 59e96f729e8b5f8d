#pragma once
// What is said at the overlay's door, a JSON object on a line each way. Pure. It grows by verbs and by members: a
// member that is not known is passed over, a verb that is not known is refused and the talk goes on.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "connect/json.h"
#include "connect/result.h"

namespace perch::overlay {

inline constexpr std::size_t door_line_bytes = 64U << 10U;  ///< of a line at most, its end included

/// {"do":"show"}: come where one can see you.
struct ShowRequest {
  bool operator==(const ShowRequest&) const = default;
};

enum class CallHint { started, ended };

/// {"do":"hint","what":"call-started"}: a softphone knows that a call began or ended; look early.
struct HintRequest {
  CallHint what{};
  bool operator==(const HintRequest&) const = default;
};

/// {"do":"who"}: answer and do nothing else. Older overlays refuse it, which also says that one is there.
struct WhoRequest {
  bool operator==(const WhoRequest&) const = default;
};

using DoorRequest = std::variant<ShowRequest, HintRequest, WhoRequest>;

/// A line without its end. Code::malformed: it is no request at all, and what follows will be none either; Code::usage:
/// a verb, or a word of it, that this version does not know.
connect::Result<DoorRequest> parse_door_request(std::string_view line);

/// The request as a line, with its end.
std::string to_line(const DoorRequest& request);

/// "call-started" and "call-ended", as they are typed and sent.
connect::Result<CallHint> parse_call_hint(std::string_view word);

/// Who answered.
struct DoorAnswer {
  std::int64_t pid = 0;
  std::string version;
  bool operator==(const DoorAnswer&) const = default;
};

/// {"ok":true,"pid":N,"version":"0.1.0"}
connect::Json accepted(const DoorAnswer& who);
/// {"ok":false,"error":"..."}
connect::Json refused(const connect::Error& why);

/// A line without its end. Code::invalid with the other side's reason when it refused, Code::malformed when it is no
/// answer.
connect::Result<DoorAnswer> parse_door_answer(std::string_view line);

}  // namespace perch::overlay
