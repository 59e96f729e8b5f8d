#pragma once
// Why there are no credentials, in words that hold none of them.
#include <initializer_list>
#include <string>
#include <string_view>

#include "connect/credentials.h"
#include "connect/http.h"

namespace perch::connect {

/// Code::unauthenticated.
Error no_keys(std::string why);

/// What failed on the way, with where it happened in front. Trouble that passes (network, 5xx, throttling) and a
/// cancelled look keep their Code; everything else is Code::unauthenticated.
Error no_keys_because(const std::string& where, const Error& why);

/// "profile \"NAME\"", printable.
std::string profile_in_words(const std::string& name);

/// A shell takes this as one word.
std::string shell_word(const std::string& name);

/// Somebody else's words about a failure, as one printable line of at most 300 bytes: each of `secrets` in it is
/// "***", and so is what has the shape of a key or token (36 and more letters of both cases and digits in a row,
/// outside an ARN).
std::string without_secrets(std::string_view text, std::initializer_list<std::string_view> secrets = {});

/// The keys once more when they can be used at `now`, else why not; names of fields only.
Result<Credentials> usable_keys(Credentials keys, Wall now);

/// A network's trouble or an answer that another try may better: no answer, 5xx, 429.
bool may_pass(const Result<HttpResponse>& answer);

}  // namespace perch::connect
