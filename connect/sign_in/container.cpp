// The credentials of an ECS task or an EKS pod, from the address its environment names.
#include "connect/json.h"
#include "connect/sign_in/metadata_url.h"
#include "connect/sign_in/refusal.h"
#include "connect/sign_in/ways.h"

namespace perch::connect {
namespace {

constexpr const char* relative_uri = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
constexpr const char* full_uri = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
constexpr const char* token_file = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
constexpr const char* token_variable = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
constexpr milliseconds container_time{2'000};
constexpr int container_tries = 3;

Error container_refusal(const std::string& why) { return no_keys("container: " + why); }

Result<HttpRequest> container_request(const GetEnv& env) {
  const auto relative = env(relative_uri);
  const auto url = relative ? "http://169.254.170.2" + *relative : env(full_uri).value_or("");
  auto request = get_metadata(url);
  if (!request)
    return container_refusal(std::string(relative ? relative_uri : full_uri) + ": " + request.error().message);
  request->headers = {{"accept", "application/json"}, {"user-agent", "perch/" PERCH_VERSION}};
  return request;
}

/// The value of the authorization header; empty: none is wanted.
Result<std::string> container_token(const Outside& outside) {
  std::string token;
  if (const auto path = outside.env(token_file)) {
    const auto text = outside.read(*path);
    if (!text) return container_refusal(std::string(token_file) + ": " + text.error().message);
    token = *text;
  } else {
    token = outside.env(token_variable).value_or("");
  }
  if (token.find_first_of("\r\n") != std::string::npos)
    return container_refusal("the authorization token holds a line end");
  return token;
}

}  // namespace

bool has_container(const GetEnv& env) { return env(relative_uri) || env(full_uri); }

CredentialsProvider from_container(Outside outside) {
  return [outside = std::move(outside)](Wall now) -> Result<Credentials> {
    if (!has_container(outside.env))
      return container_refusal("neither " + std::string(relative_uri) + " nor " + full_uri + " is set");
    auto request = container_request(outside.env);
    if (!request) return request.error();
    const auto token = container_token(outside);
    if (!token) return token.error();
    if (!token->empty()) request->headers.emplace_back("authorization", *token);
    auto answer = outside.fetch_metadata(*request, container_time);
    for (int tries = 1; tries < container_tries && may_pass(answer) && outside.pause(std::chrono::seconds(1)); ++tries)
      answer = outside.fetch_metadata(*request, container_time);
    if (!answer) return no_keys_because("container", answer.error());
    if (answer->status != 200) return container_refusal("HTTP " + std::to_string(answer->status));
    const auto json = parse_json(answer->body, {.max_bytes = 1U << 20U, .max_depth = 16});
    if (!json || !json->is_object()) return container_refusal("the answer is no JSON object");
    return keys_in(*json, {.token = "Token"}, "container", now);
  };
}

}  // namespace perch::connect
