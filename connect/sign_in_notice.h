#pragma once
// What somebody should do about the sign-in before it ends.
#include "connect/result.h"
#include "connect/time.h"

namespace perch::connect {

struct SignInNotice {
  Error why;     ///< why there is nothing to follow the credentials in use
  Wall until{};  ///< when those end, in the server's time
  bool operator==(const SignInNotice&) const = default;
};

}  // namespace perch::connect
