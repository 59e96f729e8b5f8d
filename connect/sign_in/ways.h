#pragma once
// The ways to credentials, each in a file of its name. Each is asked anew whenever keys are needed; each refusal begins
// with `origin` or its own name, and no secret is in it.
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "connect/credentials.h"
#include "connect/sign_in/outside.h"
#include "connect/sign_in/sts.h"

namespace perch::connect {

/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN (or the older AWS_SECURITY_TOKEN) and
/// AWS_CREDENTIAL_EXPIRATION (ISO 8601).
CredentialsProvider from_environment(GetEnv get);

/// Static keys of a profile in the shared files, read anew at every call. When the profile wants something else by then
/// (role, SSO, process, ...), it is refused: Perch has to be started anew.
CredentialsProvider from_static_profile(ProfileFiles files, std::string name);

struct Role {
  std::string arn;
  std::string session_name;  ///< empty: "perch-" and the time
  std::string external_id;
  std::optional<int> duration_s;
};
CredentialsProvider from_assume_role(Outside outside, StsPlace sts, Role role, CredentialsProvider source,
                                     std::string origin);

struct WebIdentity {
  std::string role_arn;
  std::string token_file;
  std::string session_name;  ///< empty: "perch-" and the time
};
CredentialsProvider from_web_identity(Outside outside, StsPlace sts, WebIdentity identity, std::string origin);

/// `command` as it stands in credential_process.
CredentialsProvider from_process(RunProgram run, std::string command, std::string origin);

/// What the AWS CLI itself finds for this profile: for what Perch does not do (login sessions, MFA).
CredentialsProvider from_aws_cli(RunProgram run, std::string profile, std::string reason);

/// Whether the container's variables are set.
bool has_container(const GetEnv& env);
CredentialsProvider from_container(Outside outside);

struct MetadataService {
  std::string endpoint = "http://169.254.169.254";
  milliseconds timeout{1'000};
  int tries = 1;
};
/// AWS_EC2_METADATA_*, else the profile's (null: none); an endpoint that is neither https, nor this machine, nor a
/// metadata address is Code::usage, and so is AWS_EC2_METADATA_DISABLED.
Result<MetadataService> metadata_service(const GetEnv& env, const Profile* profile);
/// IMDSv2 only.
CredentialsProvider from_instance_metadata(Outside outside, MetadataService service);

struct SsoAccess {
  std::string profile;
  std::string session;  ///< name of the sso-session; empty: the legacy form, whose token is never renewed
  std::string start_url;
  std::string portal, oidc;  ///< endpoints
  std::string account_id, role_name;
  std::string cache_file;
};
/// When a renewal of a token was last tried, and why it failed; by cache file. One for all providers of a sign-in.
struct Renewals {
  struct Try {
    Wall at;
    std::string why;  ///< empty: it did not fail
  };
  std::map<std::string, Try> last;
};
CredentialsProvider from_sso(Outside outside, SsoAccess access, std::shared_ptr<Renewals> renewals);

/// Where the AWS tools keep a session's token: ~/.aws/sso/cache/<sha1 of session name or start URL>.json.
std::string sso_cache_file(const std::string& home, const std::string& session_or_url);

/// A JSON object with keys in it, its members by these names; of `origin`.
struct KeyNames {
  const char* id = "AccessKeyId";
  const char* secret = "SecretAccessKey";
  const char* token = "SessionToken";
  const char* expires = "Expiration";
};
class Json;
Result<Credentials> keys_in(const Json& object, const KeyNames& names, const std::string& origin, Wall now);

}  // namespace perch::connect
