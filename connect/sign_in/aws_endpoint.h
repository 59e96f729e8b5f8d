#pragma once
// Where a service is, by the rules all AWS tools share: AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the profile's
// services section, its endpoint_url, else a host made of region, FIPS and dual stack. Pure.
#include <optional>
#include <string>
#include <string_view>

#include "connect/credentials.h"
#include "connect/profile_file.h"

namespace perch::connect {

struct AwsService {
  const char* id;    ///< in a services section, and in capitals behind AWS_ENDPOINT_URL_
  const char* host;  ///< what the host's name begins with
};
inline constexpr AwsService connect_service{"connect", "connect"};
inline constexpr AwsService sts_service{"sts", "sts"};
inline constexpr AwsService sso_service{"sso", "portal.sso"};
inline constexpr AwsService sso_oidc_service{"sso_oidc", "oidc"};

/// May stand in a host's name.
bool is_region(std::string_view text);

/// Environment first, then the profile (null: there is none); anything but "true" in any letter case is no.
bool ignores_endpoint_urls(const GetEnv& env, const Profile* profile);

struct EndpointVariant {
  bool fips = false;
  bool dual_stack = false;
  std::string asked_by;  ///< for people: "AWS_USE_FIPS_ENDPOINT", "use_dualstack_endpoint of profile \"x\""
};
EndpointVariant endpoint_variant(const GetEnv& env, const Profile* profile);

/// The profile's own for this service; Code::usage when it names a services section that is not there.
Result<std::optional<std::string>> endpoint_of_profile(const Profiles& profiles, const Profile& profile,
                                                       const AwsService& service);

/// https://HOST as the rules have it. `region` is one of is_region.
std::string endpoint_by_rule(const AwsService& service, const std::string& region, const EndpointVariant& variant);

/// Why an endpoint that `origin` names cannot be used with this variant; nothing when it can. The services' own rules
/// say so (as the JavaScript SDK keeps them; botocore drops FIPS without a word, which nobody who asked for it would
/// want).
std::optional<Error> clash(const std::string& origin, const EndpointVariant& variant);

/// All of it; scheme://host[:port]. `profile` may be null. Code::usage names the setting that is wrong.
Result<std::string> endpoint_of(const AwsService& service, const std::string& region, const GetEnv& env,
                                const Profiles& profiles, const Profile* profile);

}  // namespace perch::connect
