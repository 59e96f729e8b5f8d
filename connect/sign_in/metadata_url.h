#pragma once
// URLs at which keys are handed out without TLS: by this machine or by the link-local metadata addresses, and nobody
// else.
#include <string>

#include "connect/http.h"

namespace perch::connect {

/// GET of an https URL, or of an http URL of this machine or a metadata address; Code::usage otherwise, without quoting
/// it.
Result<HttpRequest> get_metadata(const std::string& url);

}  // namespace perch::connect
