#include "connect/sign_in/aws_endpoint.h"

#include <algorithm>
#include <array>

#include "connect/http.h"
#include "connect/printable.h"
#include "connect/sign_in/refusal.h"

namespace perch::connect {
namespace {

/// A region's partition, by the beginning of its name; the last one has all others.
struct Partition {
  std::string_view regions, suffix, dual_stack_suffix;
};
constexpr std::array partitions{
    Partition{"cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn"},
    Partition{"us-iso-", "c2s.ic.gov", "api.aws.ic.gov"},
    Partition{"us-isob-", "sc2s.sgov.gov", "api.aws.scloud"},
    Partition{"us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov"},
    Partition{"eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"},
    Partition{"eusc-", "amazonaws.eu", "api.amazonwebservices.eu"},
    Partition{"", "amazonaws.com", "api.aws"},
};

/// As botocore reads a yes: other words, "1" among them, are no.
bool is_true(const std::string& text) {
  constexpr std::string_view yes = "true";
  return std::equal(text.begin(), text.end(), yes.begin(), yes.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

/// A yes or no of the environment, else of the profile; `origin` learns who said it.
bool asked_for(const GetEnv& env, const char* variable, const Profile* profile, const char* key, std::string* origin) {
  if (const auto value = env(variable); value && !value->empty()) {
    if (is_true(*value) && origin) *origin = variable;
    return is_true(*value);
  }
  const auto* value = profile ? profile->find(key) : nullptr;
  if (!value || !is_true(*value)) return false;
  if (origin) *origin = std::string(key) + " of " + profile_in_words(profile->name);
  return true;
}

std::string variable_of(const AwsService& service) {
  std::string name = "AWS_ENDPOINT_URL_";
  for (const char* c = service.id; *c != '\0'; ++c) name += *c >= 'a' && *c <= 'z' ? char(*c - 'a' + 'A') : *c;
  return name;
}

struct NamedUrl {
  std::string url, origin;
};

Result<std::optional<NamedUrl>> named_url(const AwsService& service, const GetEnv& env, const Profiles& profiles,
                                          const Profile* profile) {
  if (ignores_endpoint_urls(env, profile)) return std::optional<NamedUrl>();
  for (const auto& variable : {variable_of(service), std::string("AWS_ENDPOINT_URL")})
    if (auto url = env(variable); url && !url->empty()) return std::optional(NamedUrl{*std::move(url), variable});
  if (!profile) return std::optional<NamedUrl>();
  auto url = endpoint_of_profile(profiles, *profile, service);
  if (!url) return url.error();
  if (!*url) return std::optional<NamedUrl>();
  return std::optional(NamedUrl{**url, "the endpoint of " + profile_in_words(profile->name)});
}

}  // namespace

bool is_region(std::string_view text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !text.empty() && text.size() <= 63 && text.front() != '-' && std::all_of(text.begin(), text.end(), fits);
}

bool ignores_endpoint_urls(const GetEnv& env, const Profile* profile) {
  return asked_for(env, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", profile, "ignore_configured_endpoint_urls", nullptr);
}

EndpointVariant endpoint_variant(const GetEnv& env, const Profile* profile) {
  EndpointVariant out;
  std::string fips, dual_stack;
  out.fips = asked_for(env, "AWS_USE_FIPS_ENDPOINT", profile, "use_fips_endpoint", &fips);
  out.dual_stack = asked_for(env, "AWS_USE_DUALSTACK_ENDPOINT", profile, "use_dualstack_endpoint", &dual_stack);
  out.asked_by = out.fips ? fips : dual_stack;
  return out;
}

Result<std::optional<std::string>> endpoint_of_profile(const Profiles& profiles, const Profile& profile,
                                                       const AwsService& service) {
  if (const auto* section = profile.find("services")) {
    const auto services = profiles.services.find(*section);
    if (services == profiles.services.end())
      return Error{Code::usage, profile_in_words(profile.name) + ": there is no [services " + printable(*section, 80) +
                                    "] in the AWS config file"};
    if (const auto ours = services->second.find(service.id); ours != services->second.end())
      if (const auto url = ours->second.find("endpoint_url"); url != ours->second.end() && !url->second.empty())
        return std::optional(url->second);
  }
  const auto* url = profile.find("endpoint_url");
  return url ? std::optional(*url) : std::nullopt;
}

std::string endpoint_by_rule(const AwsService& service, const std::string& region, const EndpointVariant& variant) {
  const auto& partition = *std::find_if(partitions.begin(), partitions.end(),
                                        [&](const Partition& p) { return region.starts_with(p.regions); });
  // GovCloud's ordinary hosts are FIPS ones already.
  const bool is_fips_anyway = region.starts_with("us-gov-") && !variant.dual_stack;
  std::string host = service.host;
  if (variant.fips && !is_fips_anyway) host += "-fips";
  host += '.' + region + '.';
  return "https://" + host.append(variant.dual_stack ? partition.dual_stack_suffix : partition.suffix);
}

std::optional<Error> clash(const std::string& origin, const EndpointVariant& variant) {
  if (!variant.fips && !variant.dual_stack) return {};
  return Error{Code::usage, origin + " and " + variant.asked_by +
                                " do not go together: an endpoint of its own is neither " +
                                "a FIPS nor a dual-stack one"};
}

Result<std::string> endpoint_of(const AwsService& service, const std::string& region, const GetEnv& env,
                                const Profiles& profiles, const Profile* profile) {
  const auto variant = endpoint_variant(env, profile);
  const auto named = named_url(service, env, profiles, profile);
  if (!named) return named.error();
  if (*named) {
    const auto& [url, origin] = **named;
    if (auto why = clash(origin, variant)) return *std::move(why);
    auto parsed = parse_origin(url);
    if (!parsed) return Error{Code::usage, origin + ": " + parsed.error().message};
    return parsed;
  }
  if (!is_region(region))
    return Error{Code::usage, region.empty() ? std::string("no region to find ") + service.host + " in"
                                             : printable(region, 80) + " is no region"};
  return endpoint_by_rule(service, region, variant);
}

}  // namespace perch::connect
