#pragma once
// What a profile of the shared files offers as a way to credentials, chains of roles included.
#include <memory>
#include <string>

#include "connect/sign_in/sign_in.h"
#include "connect/sign_in/ways.h"

namespace perch::connect {

struct Way {
  std::string kind;
  CredentialsProvider provider;  ///< one that only refuses where the files make no sense
  bool at_once = false;
};

/// What all the steps of one look share.
struct Search {
  const SignInOptions& options;
  const Outside& outside;
  const Profiles& profiles;
  std::shared_ptr<Renewals> renewals;
};

/// Null: the profile has no way at all. With `role_first` a role to assume counts before the profile's own keys; a
/// source_profile's own keys count before its role.
std::optional<Way> way_of(const Search& search, const Profile& profile);

/// Where STS is for this sign-in: the settings of its profile count, not those of a source_profile.
Result<StsPlace> sts_place(const Search& search);

/// A way that only refuses.
Way refusing(std::string kind, Error why);

/// AWS_WEB_IDENTITY_TOKEN_FILE and the like count, unless the profile was named. `profile` may be null.
std::optional<Way> web_identity_way(const Search& search, const Profile* profile, bool environment_counts);

}  // namespace perch::connect
