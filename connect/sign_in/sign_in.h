#pragma once
// Who we are to AWS, found where every AWS tool looks: environment, role, web identity, IAM Identity Center, shared
// credentials file, login session, credential_process, config file, container, and the instance metadata when asked.
#include <string>

#include "connect/credentials.h"
#include "connect/sign_in/outside.h"

namespace perch::connect {

struct SignInOptions {
  std::string config_path;       ///< ~/.aws/config; empty: there is none
  std::string credentials_path;  ///< ~/.aws/credentials; empty: there is none
  std::string home;              ///< for ~/.aws/sso/cache and "~" in paths; empty: there is none
  std::string profile = "default";
  bool profile_named = false;  ///< by a flag, PERCH_PROFILE or config.json: then keys in the environment do not count
  std::string region{};        ///< for STS; empty: the profile's, else STS's global endpoint
  bool ec2_metadata = false;   ///< ask the instance metadata when nothing else has keys
};

struct SignIn {
  /// Looks anew at every call; keeps nothing but the time of its last attempt to renew an IAM Identity Center token, so
  /// one thread calls it at a time. A refusal names each place tried, why it failed and what to run; Code::cancelled
  /// when `Outside` gave up. No secret is in any message, nor part of one.
  CredentialsProvider provider;
  bool at_once = false;  ///< environment or static keys: the provider never blocks, and stays that way
  std::string kind;      ///< for people: "environment", "static profile", "assume role", ... as the files say now
};

SignIn sign_in(SignInOptions options, Outside outside);

}  // namespace perch::connect
