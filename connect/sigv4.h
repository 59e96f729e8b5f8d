#pragma once
// AWS Signature Version 4, in the stages the standard names, so that each can be checked on its own. Signed are host,
// content-type and x-amz-* and nothing else: proxies may change the rest.
#include <string>
#include <string_view>

#include "connect/credentials.h"
#include "connect/http.h"
#include "connect/result.h"
#include "connect/time.h"

namespace perch::connect {

struct Scope {
  std::string region;
  std::string service = "connect";
  bool operator==(const Scope&) const = default;
};

/// The request in canonical form. Its path, encoded once already, is encoded once more (all services but S3 want that);
/// query pairs are sorted by encoded name, then value. Host comes from `origin` when there is no host header.
std::string canonical_request(const HttpRequest& request, std::string_view payload_sha256);

std::string string_to_sign(Wall at, const Scope& scope, std::string_view canonical_request);

/// Lower-case hex.
std::string signature(std::string_view secret_access_key, Wall at, const Scope& scope, std::string_view string_to_sign);

/// The request with host, x-amz-date, x-amz-security-token and authorization as they have to go on the wire; older ones
/// are replaced, so a request can be signed anew. `at` is the time the service will judge by (the PC's clock, corrected
/// by what its answers said). Refuses credentials that cannot stand in a header (Code::unauthenticated), and a path
/// with empty, "." or ".." segments or a time outside the years 1970-9999 (Code::usage).
Result<HttpRequest> signed_request(HttpRequest request, const Credentials& credentials, const Scope& scope, Wall at);

}  // namespace perch::connect
