// The credentials of an EC2 instance's role, from its metadata service (IMDSv2).
#include <algorithm>
#include <charconv>

#include "connect/json.h"
#include "connect/sign_in/metadata_url.h"
#include "connect/sign_in/refusal.h"
#include "connect/sign_in/ways.h"

namespace perch::connect {
namespace {

constexpr const char* roles_path = "/latest/meta-data/iam/security-credentials/";

Error instance_refusal(const std::string& why) { return no_keys("instance metadata: " + why); }

bool same_word(std::string_view a, std::string_view lower_case) {
  return std::equal(a.begin(), a.end(), lower_case.begin(), lower_case.end(),
                    [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x - 'A' + 'a' : x) == y; });
}

/// Of the environment, else of the profile; empty: neither.
std::string setting(const GetEnv& env, const char* variable, const Profile* profile, const char* key) {
  if (auto value = env(variable); value && !value->empty()) return *std::move(value);
  const auto* value = profile ? profile->find(key) : nullptr;
  return value ? *value : std::string();
}

std::optional<int> small_number(const std::string& text) {
  int value = 0;
  const auto* end = text.data() + text.size();
  const auto [at, failed] = std::from_chars(text.data(), end, value);
  if (failed != std::errc() || at != end || value < 1 || value > 60) return {};
  return value;
}

/// The body of a 200; tries again as often as the service's settings say.
Result<std::string> ask_instance(const Outside& outside, const MetadataService& service, const HttpRequest& request) {
  auto answer = outside.fetch_metadata(request, service.timeout);
  for (int tries = 1; tries < service.tries && may_pass(answer); ++tries)
    answer = outside.fetch_metadata(request, service.timeout);
  if (!answer) return no_keys_because("instance metadata", answer.error());
  if (answer->status != 200) return instance_refusal("HTTP " + std::to_string(answer->status));
  return std::move(answer->body);
}

bool is_role_name(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("+=,.@_-").find(c) != std::string_view::npos;
  };
  return !text.empty() && text.size() <= 128 && text != "." && text != ".." &&
         std::all_of(text.begin(), text.end(), fits);
}

}  // namespace

Result<MetadataService> metadata_service(const GetEnv& env, const Profile* profile) {
  if (same_word(env("AWS_EC2_METADATA_DISABLED").value_or(""), "true"))
    return Error{Code::usage, "instance metadata: AWS_EC2_METADATA_DISABLED is set"};
  MetadataService out;
  if (same_word(setting(env, "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", profile, "ec2_metadata_service_endpoint_mode"),
                "ipv6"))
    out.endpoint = "http://[fd00:ec2::254]";
  auto endpoint = setting(env, "AWS_EC2_METADATA_SERVICE_ENDPOINT", profile, "ec2_metadata_service_endpoint");
  if (!endpoint.empty()) {
    const auto origin = get_metadata(endpoint);
    if (!origin || (origin->path != "/" || !origin->query.empty()))
      return Error{Code::usage,
                   "instance metadata: AWS_EC2_METADATA_SERVICE_ENDPOINT must be https, or http of this "
                   "machine or of a metadata address, without a path"};
    out.endpoint = origin->origin;
  }
  const auto seconds = small_number(setting(env, "AWS_METADATA_SERVICE_TIMEOUT", profile, "metadata_service_timeout"));
  if (seconds) out.timeout = std::chrono::seconds(*seconds);
  const auto tries =
      small_number(setting(env, "AWS_METADATA_SERVICE_NUM_ATTEMPTS", profile, "metadata_service_num_attempts"));
  if (tries) out.tries = *tries;
  return out;
}

CredentialsProvider from_instance_metadata(Outside outside, MetadataService service) {
  return [outside = std::move(outside), service = std::move(service)](Wall now) -> Result<Credentials> {
    HttpRequest request{
        "PUT", service.endpoint, "/latest/api/token", {}, {{"x-aws-ec2-metadata-token-ttl-seconds", "21600"}}, {}};
    const auto token = ask_instance(outside, service, request);
    if (!token) return token.error();
    const bool visible = std::all_of(token->begin(), token->end(), [](char c) { return c > ' ' && c < 0x7F; });
    if (token->empty() || !visible) return instance_refusal("the answer is no session token");
    request = {"GET", service.endpoint, roles_path, {}, {{"x-aws-ec2-metadata-token", *token}}, {}};
    auto role = ask_instance(outside, service, request);
    if (!role) return role.error();
    role = role->substr(0, role->find('\n'));
    if (!is_role_name(*role)) return instance_refusal("the instance has no role");
    request.path = roles_path + percent_encoded(*role);
    const auto answer = ask_instance(outside, service, request);
    if (!answer) return answer.error();
    const auto json = parse_json(*answer, {.max_bytes = 1U << 20U, .max_depth = 16});
    if (!json || !json->is_object()) return instance_refusal("the answer is no JSON object");
    return keys_in(*json, {.token = "Token"}, "instance metadata", now);
  };
}

}  // namespace perch::connect
