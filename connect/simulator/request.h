#pragma once
// An HTTP exchange as the simulator sees it, with its own reading of targets and headers.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connect/time.h"

namespace perch::simulator {

using Header = std::pair<std::string, std::string>;

struct Request {
  std::string method;
  std::string target;  ///< as it was on the wire, nothing decoded
  std::vector<Header> headers;
  std::string body;

  std::string_view raw_path() const;   ///< up to the '?'
  std::string_view raw_query() const;  ///< after it
  /// First header of this name in any letter case; null when there is none.
  const std::string* header(std::string_view name) const;
};

struct Answer {
  enum class Ending {
    whole,     ///< status, headers, body
    drop,      ///< the connection closes without an answer
    truncate,  ///< half the announced body, then it closes
    stall,     ///< nothing, until the client goes or the faults are lifted
    again      ///< ask `Service::proceed` after the wait: the operation has not been done yet
  };
  int status = 200;
  std::vector<Header> headers;
  std::string body;
  connect::milliseconds wait{0};  ///< before anything of it goes out
  Ending ending = Ending::whole;
};

std::string lower_case(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
/// %XX to bytes; a '%' without two digits stays. `plus` also takes '+' for a blank, as in queries.
std::string percent_decoded(std::string_view text, bool plus = false);
/// A-Z a-z 0-9 - . _ ~ (and '/' when told) stay, all else becomes %XX in upper case.
std::string percent_encoded(std::string_view text, bool keep_slash = false);
/// Decoded names and values in the order they came; a name without '=' has an empty value.
std::vector<std::pair<std::string, std::string>> query_of(const Request& request);

}  // namespace perch::simulator
