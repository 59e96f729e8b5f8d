// Keys that a container or an instance hands out.
#include <doctest/doctest.h>

#include "connect/sign_in/metadata_url.h"
#include "connect/sign_in/ways.h"
#include "tests/sign_in/made_up_outside.h"

using namespace perch::connect;
using namespace perch::tests;

namespace {

const std::string handed_out = "{\"AccessKeyId\":\"CK\",\"SecretAccessKey\":\"" + std::string(hush) +
                               "\",\"Token\":\"T\",\"Expiration\":\"2026-11-20T06:00:00Z\"}";

World container_world(std::map<std::string, std::string> env) {
  World w;
  w.env = std::move(env);
  w.answer = [](const HttpRequest&) { return json_answer(handed_out); };
  return w;
}

std::string sent(const HttpRequest& request, const std::string& name) {
  for (const auto& [key, value] : request.headers)
    if (key == name) return value;
  return "none";
}

/// An instance as IMDSv2 answers.
HttpResponse imds(const HttpRequest& request) {
  const bool has_ttl = sent(request, "x-aws-ec2-metadata-token-ttl-seconds") == "21600";
  if (request.method == "PUT") return has_ttl ? HttpResponse{200, {}, "SESSION"} : HttpResponse{400, {}, ""};
  if (sent(request, "x-aws-ec2-metadata-token") != "SESSION") return {401, {}, ""};
  if (request.path == "/latest/meta-data/iam/security-credentials/") return {200, {}, "agent-role\n"};
  if (request.path == "/latest/meta-data/iam/security-credentials/agent-role") return json_answer(handed_out);
  return {404, {}, ""};
}

}  // namespace

TEST_CASE("keys are fetched without TLS from this machine and metadata addresses only") {
  const auto request = get_metadata("http://169.254.170.2/v2/creds?id=a%2Fb&x");
  REQUIRE(request);
  CHECK(request->origin == "http://169.254.170.2");
  CHECK(target_of(*request) == "/v2/creds?id=a%2Fb&x=");
  for (const char* good : {"http://127.0.0.1:99/x", "http://localhost/", "http://[::1]:8/", "http://169.254.170.23",
                           "http://[fd00:ec2::23]/v1", "https://anything.example/keys"})
    CHECK_MESSAGE(get_metadata(good), good);
  for (const char* bad : {"http://evil.example/", "http://169.254.170.2.evil.example/", "http://user@127.0.0.1/",
                          "http://169.254.169.253/", "ftp://127.0.0.1/", "/relative", "", "http://127.0.0.1/a b",
                          "http://169.254.170.2\r\nx: y"})
    CHECK_MESSAGE(!get_metadata(bad), bad);
}

TEST_CASE("a container's keys come from the relative address before the full one") {
  World w = container_world({{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/1"},
                             {"AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1/x"}});
  const auto keys = w.keys("default", false);
  REQUIRE(keys);
  CHECK(keys->access_key_id == "CK");
  CHECK(keys->session_token == "T");
  CHECK(keys->expires == now + std::chrono::hours(6));
  CHECK(w.asked.empty());
  REQUIRE(w.asked_metadata.size() == 1);
  CHECK(w.asked_metadata[0].origin + w.asked_metadata[0].path == "http://169.254.170.2/v2/credentials/1");
  CHECK(sent(w.asked_metadata[0], "authorization") == "none");
  CHECK(w.sign_in("default", false).kind == "container");
}

TEST_CASE("a container's token: the file first, and never with a line end") {
  World w = container_world(
      {{"AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/x"}, {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "plain"}});
  CHECK(w.keys("default", false));
  CHECK(sent(w.asked_metadata[0], "authorization") == "plain");
  w.env["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = "/token";
  CHECK(has(refusal_of(w.keys("default", false)), "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: /token: no such file"));
  w.files["/token"] = "from file";
  CHECK(w.keys("default", false));
  CHECK(sent(w.asked_metadata[1], "authorization") == "from file");
  w.files["/token"] = std::string(hush) + "\r\nx-evil: 1";
  CHECK(refusal_of(w.keys("default", false)) == "container: the authorization token holds a line end");
}

TEST_CASE("a container that does not answer as it should") {
  World w = container_world({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", std::string("http://evil.example/") + hush}});
  CHECK(has(refusal_of(w.keys("default", false)),
            "container: AWS_CONTAINER_CREDENTIALS_FULL_URI: must be an https:// URL"));
  w = container_world({{"AWS_CONTAINER_CREDENTIALS_FULL_URI", "https://keys.example/"}});
  w.answer = [](const HttpRequest&) { return HttpResponse{500, {}, hush}; };
  CHECK(refusal_of(w.keys("default", false)) == "container: HTTP 500");
  CHECK(w.asked_metadata.size() == 3);
  w.answer = [](const HttpRequest&) { return HttpResponse{200, {}, hush}; };
  CHECK(refusal_of(w.keys("default", false)) == "container: the answer is no JSON object");
  w.answer = [](const HttpRequest&) { return json_answer(std::string("{\"AccessKeyId\":\"") + hush + "\"}"); };
  CHECK(refusal_of(w.keys("default", false)) == "container: the answer has no SecretAccessKey");
}

TEST_CASE("an instance is asked by IMDSv2, and only when somebody wants that") {
  World w;
  w.answer = imds;
  CHECK(has(refusal_of(w.keys("default", false)), "instance metadata: not asked (ec2_metadata)"));
  CHECK(w.asked_metadata.empty());
  SignInOptions options;
  options.ec2_metadata = true;
  const auto wanted = sign_in(options, w.outside());
  CHECK(wanted.kind == "instance metadata");
  CHECK(!wanted.at_once);
  CHECK(wanted.provider(now)->access_key_id == "CK");
  CHECK(w.asked_metadata[0].origin == "http://169.254.169.254");
  w.files["/c"] = "[profile r]\nrole_arn=R\ncredential_source=Ec2InstanceMetadata\n";
  w.answer = [](const HttpRequest& request) {
    return request.body.empty() ? imds(request) : sts_answer("AssumeRole", "ROLEKEY");
  };
  CHECK(w.keys("r")->access_key_id == "ROLEKEY");
}

TEST_CASE("an instance's settings: endpoint, IPv6, off; and answers that are none") {
  World w;
  const auto endpoint = [&](const Profile* profile = nullptr) {
    const auto service = metadata_service(w.outside().env, profile);
    return service ? service->endpoint : "refused: " + service.error().message;
  };
  w.env["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"] = "IPv6";
  CHECK(endpoint() == "http://[fd00:ec2::254]");
  w.env["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://127.0.0.1:9/";
  CHECK(endpoint() == "http://127.0.0.1:9");
  w.env["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://evil.example/";
  CHECK(has(endpoint(), "refused: instance metadata: AWS_EC2_METADATA_SERVICE_ENDPOINT must be"));
  w.env = {{"AWS_EC2_METADATA_DISABLED", "true"}};
  CHECK(has(endpoint(), "AWS_EC2_METADATA_DISABLED is set"));
  w.env = {{"AWS_METADATA_SERVICE_TIMEOUT", "5"}, {"AWS_METADATA_SERVICE_NUM_ATTEMPTS", "2"}};
  CHECK(metadata_service(w.outside().env, nullptr)->timeout == milliseconds(5000));
  CHECK(metadata_service(w.outside().env, nullptr)->tries == 2);

  const auto provider = from_instance_metadata(w.outside(), {});
  w.answer = [](const HttpRequest&) { return HttpResponse{404, {}, hush}; };
  CHECK(refusal_of(provider(now)) == "instance metadata: HTTP 404");
  w.answer = [](const HttpRequest&) { return HttpResponse{200, {}, "<html>\n" + std::string(hush)}; };
  CHECK(refusal_of(provider(now)) == "instance metadata: the answer is no session token");
  w.answer = [](const HttpRequest& r) {
    return r.method == "PUT" ? HttpResponse{200, {}, "S"} : HttpResponse{200, {}, "../x"};
  };
  CHECK(refusal_of(provider(now)) == "instance metadata: the instance has no role");
}
