#pragma once
// What the ways to credentials need of the world outside, as functions: each way is tested without a network, a disk or
// a child process. All of them block, so they run only on the keeper's thread (connect/credential_keeper.h) or in a
// command.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "connect/credentials.h"
#include "connect/http.h"
#include "connect/profile_file.h"

namespace perch::connect {

struct ProgramEnd {
  int exit_code = 0;  ///< 128 + N when signal N ended it
  std::string out;    ///< may hold secrets: never in a message
  std::string err;
};

/// Runs argv[0], found by PATH, without a shell and with no input, and waits. Code::not_found: there is no such
/// program; Code::timed_out: it was killed; Code::malformed: it printed more than 1 MiB; Code::cancelled: given up.
using RunProgram = std::function<Result<ProgramEnd>(const std::vector<std::string>& argv, milliseconds timeout)>;

/// One exchange. An HTTP error status is an answer, not an Error. Code::cancelled: given up.
using Fetch = std::function<Result<HttpResponse>(const HttpRequest& request, milliseconds timeout)>;

/// Sleeps, between two tries; false: given up.
using Pause = std::function<bool(milliseconds)>;

/// Replaces a file as a whole (0600), only while it still holds `was`; Code::invalid when somebody else changed it.
using ChangeFile = std::function<Result<Done>(const std::string& path, std::string_view was, std::string_view text)>;

struct Outside {
  GetEnv env;
  ReadFile read;
  ChangeFile change;
  Fetch fetch;           ///< TLS verified, plain http only to this machine, proxies as configured
  Fetch fetch_metadata;  ///< the same, and plain http also to the link-local metadata addresses; never by a proxy
  RunProgram run;
  Pause pause;
};

}  // namespace perch::connect
