#pragma once
// Signature Version 4 as the service checks it: recomputed from what came over the wire. Written from the standard, not
// from the client's signer.
#include <optional>
#include <string>
#include <string_view>

#include "connect/simulator/request.h"
#include "connect/time.h"

namespace perch::simulator {

/// The one key the simulator knows, and what a signature must be scoped to.
struct Key {
  std::string access_key_id;
  std::string secret_access_key;
  std::string region;
  std::string service = "connect";
};

/// Why the front end refuses a request: HTTP status, error code, text.
struct Refusal {
  int status = 0;
  std::string code;
  std::string message;
};

/// What an Authorization header says.
struct Authorization {
  std::string access_key_id, date, region, service, terminator;
  std::string signed_headers;  ///< as sent: lower case, sorted, ';' between
  std::string signature;
};

// The stages of the standard, each on its own so that a wrong signature shows where it went wrong.
std::string canonical_request(const Request& request, const Authorization& authorization);
std::string string_to_sign(std::string_view amz_date, const Authorization& scope, std::string_view canonical_request);
std::string signature(std::string_view secret, const Authorization& scope, std::string_view string_to_sign);

/// Nothing when the request is signed with this key and `now` is within five minutes of its date. `now` is what the
/// service takes for the time.
std::optional<Refusal> refusal(const Request& request, const Key& key, connect::Wall now);

std::optional<connect::Wall> amz_date(std::string_view text);  ///< 20261120T093000Z
std::string amz_date(connect::Wall time);

}  // namespace perch::simulator
