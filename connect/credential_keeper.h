#pragma once
// Edge: credentials for whoever signs, without ever making them wait. What blocks (a role to assume, a program to run)
// runs on a thread of its own, ahead of expiry; while there are none it looks again by itself, so that `aws sso login`
// in a terminal is all that anybody has to do.
#include <functional>
#include <memory>
#include <optional>

#include "connect/credentials.h"
#include "connect/sign_in_notice.h"

namespace perch::connect {

struct KeeperOptions {
  CredentialsProvider provider;
  /// The provider never blocks and is cheap: it is asked anew for every request, so that rotated keys count at once.
  /// false: it is asked on the keeper's thread only, and what it gave is kept until shortly before its expiry.
  bool at_once = true;
  /// Looks again while there are none, or while Connect rejects them. Commands have no time for that.
  bool watches = false;
  /// Ends a provider that blocks; called once, when the keeper goes. [thread-safe]
  std::function<void()> cancel{};
};

class CredentialKeeper {
 public:
  /// `told` is called on the keeper's thread whenever `get`, `fetched_anew` or `news` would now say something else; it
  /// must only wake somebody.
  CredentialKeeper(KeeperOptions options, std::function<void()> told);
  /// Joins the thread.
  ~CredentialKeeper();
  CredentialKeeper(const CredentialKeeper&) = delete;
  CredentialKeeper& operator=(const CredentialKeeper&) = delete;

  /// Nothing: they are being fetched, `told` comes when that ended. `now` is the server's time as far as it is known.
  std::optional<Result<Credentials>> get(Wall now);
  /// Connect did not take these: others are fetched, and when there are none `get` says `why`.
  void reject(const Credentials& credentials, const Error& why);
  /// Once true after the keeper's thread fetched credentials: whoever was told that there were none may try again.
  bool fetched_anew();
  /// The latest notice if it has changed since the last call: the outer nothing says that it has not.
  std::optional<std::optional<SignInNotice>> news();

 private:
  struct Room;
  std::unique_ptr<Room> room_;
};

}  // namespace perch::connect
