#pragma once
// Nothing of a request's secrets may come back to people by way of an answer or of an error's text: AWS quotes the
// request it refused, proxies quote what they were told, and both end in messages and logs. Pure.
#include <string>
#include <string_view>
#include <vector>

#include "connect/http.h"

namespace perch::connect {

/// What the request's headers carry that nobody may read: signature and access key id, session and bearer tokens, keys
/// of other services. Cheap; the values are copies.
std::vector<std::string> secrets_in(const HttpRequest& request);

/// `text` with "***" for each of `secrets`, also where it stands percent-encoded or in base64 by itself, and where the
/// text was cut in the midst of it.
std::string redacted(std::string text, const std::vector<std::string>& secrets);
/// The same in all words of an error. JSON and control characters can hide a secret in an answer that stands whole in
/// the message made of it, so both are looked at.
Error redacted(Error error, const std::vector<std::string>& secrets);
/// The same in headers and, of an answer that is no success, in the body: that of a success is data.
HttpResponse redacted(HttpResponse response, const std::vector<std::string>& secrets);

/// "http://user:password@host" without what is before the "@", everywhere in `text`.
std::string without_userinfo(std::string_view text);

}  // namespace perch::connect
