#include <doctest/doctest.h>

#include "tests/cli/desk.h"

using namespace perch::overlay;
using perch::connect::Code;
using std::chrono::milliseconds;

namespace {

std::string key_of(const Configuration& config) {
  const auto found = config.target.credentials({});
  return found ? found->access_key_id : "none: " + found.error().message;
}

}  // namespace

TEST_CASE("flag before PERCH_*, AWS_*, config.json and the AWS files") {
  Desk d = desk();
  d.flags.region.reset();
  d.files["/home/ann/.aws/config"] = "[default]\nregion = from-aws-file\n";
  CHECK(d.configure()->target.region == "from-aws-file");
  d.files[config_path] = R"({"region": "from-config"})";
  CHECK(d.configure()->target.region == "from-config");
  d.env["AWS_DEFAULT_REGION"] = "from-aws-default";
  CHECK(d.configure()->target.region == "from-aws-default");
  d.env["AWS_REGION"] = "from-aws";
  CHECK(d.configure()->target.region == "from-aws");
  d.env["PERCH_REGION"] = "from-perch";
  CHECK(d.configure()->target.region == "from-perch");
  d.flags.region = "from-flag";
  CHECK(d.configure()->target.region == "from-flag");
  CHECK(d.configure()->target.endpoint == "https://connect.from-flag.amazonaws.com");
  CHECK(!d.configure()->target.simulated);
}

TEST_CASE("each value is told with what said so, and what is wrong beside it") {
  Desk d = desk();
  d.env["PERCH_TIMEOUT"] = "2.5";
  d.env["AWS_PROFILE"] = "work";
  d.files[config_path] = "{\n\"poll_s\": 20, \"view\": \"card\",\n\"theme\": \"dark\"}";
  d.flags.theme = "light";
  d.flags.user = "arn:aws:nonsense";
  const Examined examined = examine(d.flags, Needs::agent, d.around());
  const auto from = [&](const std::string& key) {
    for (const Origin& origin : examined.config.origins)
      if (origin.key == key) return origin.value + " from " + origin.from;
    return std::string("nobody");
  };
  CHECK(from("region") == "eu-west-2 from --region");
  CHECK(from("endpoint_url") == "https://connect.eu-west-2.amazonaws.com from the region");
  CHECK(from("timeout") == "2.5 from PERCH_TIMEOUT");
  CHECK(from("profile") == "work from AWS_PROFILE");
  CHECK(from("poll_s") == "20 from " + std::string(config_path) + ":2");
  CHECK(from("view") == "card from " + std::string(config_path) + ":2");
  CHECK(from("theme") == "light from --theme");
  REQUIRE(examined.refusals.size() == 1);
  CHECK(contains(examined.refusals[0], "--user"));
  d.flags.endpoint_url = "https://me:hunter2@connect.example";
  for (const Origin& origin : examine(d.flags, Needs::agent, d.around()).config.origins)
    CHECK(!contains(origin.value, "hunter2"));
}

TEST_CASE("every setting has its variable and its key") {
  Desk d;
  d.env["PERCH_INSTANCE"] = instance_id;
  d.env["PERCH_USER"] = user_id;
  d.env["PERCH_ENDPOINT_URL"] = "http://127.0.0.1:8080/";
  d.env["PERCH_TIMEOUT"] = "2.5";
  d.env["AWS_CA_BUNDLE"] = "/etc/ca.pem";
  d.files["/etc/ca.pem"] = "-----BEGIN CERTIFICATE-----\n";
  d.files[config_path] =
      "{\n  // how often\n  \"poll_s\": 0.5, \"region\": \"eu-west-2\", \"view\": \"card\", \"scale\": 2}";
  const auto config = d.configure();
  REQUIRE(config);
  CHECK(config->target.instance.value == instance_id);
  CHECK(config->target.user.value == user_id);
  CHECK(config->target.endpoint == "http://127.0.0.1:8080");
  CHECK(config->target.simulated);
  CHECK(config->target.ca_bundle == "/etc/ca.pem");
  CHECK(config->window.timeout == milliseconds(2500));
  CHECK(config->window.poll == milliseconds(500));
  CHECK(config->window.preferences.view == ViewKind::card);
  CHECK(config->window.preferences.scale == 2.0F);
  d.env["PERCH_POLL"] = "7";
  CHECK(d.configure()->window.poll == milliseconds(7000));
}

TEST_CASE("the endpoint of AWS settings, and not when they are to be ignored") {
  Desk d = desk();
  d.files["/home/ann/.aws/config"] = "[default]\nendpoint_url = https://file.example\n";
  CHECK(d.configure()->target.endpoint == "https://file.example");
  d.env["AWS_ENDPOINT_URL"] = "https://all.example";
  CHECK(d.configure()->target.endpoint == "https://all.example");
  d.env["AWS_ENDPOINT_URL_CONNECT"] = "https://connect.example";
  CHECK(d.configure()->target.endpoint == "https://connect.example");
  d.env["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true";
  CHECK(d.configure()->target.endpoint == "https://connect.eu-west-2.amazonaws.com");
  d.env["PERCH_ENDPOINT_URL"] = "https://own.example";
  CHECK(d.configure()->target.endpoint == "https://own.example");
}

TEST_CASE("FIPS and dual-stack endpoints, as the AWS tools name them") {
  Desk d = desk();
  d.env["AWS_USE_FIPS_ENDPOINT"] = "true";
  CHECK(d.configure()->target.endpoint == "https://connect-fips.eu-west-2.amazonaws.com");
  d.env["AWS_USE_DUALSTACK_ENDPOINT"] = "TRUE";
  CHECK(d.configure()->target.endpoint == "https://connect-fips.eu-west-2.api.aws");
  d.env.erase("AWS_USE_FIPS_ENDPOINT");
  CHECK(d.configure()->target.endpoint == "https://connect.eu-west-2.api.aws");
  d.env["AWS_USE_DUALSTACK_ENDPOINT"] = "false";
  d.files["/home/ann/.aws/config"] = "[default]\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\n";
  CHECK(d.configure()->target.endpoint == "https://connect-fips.eu-west-2.amazonaws.com");
  d.flags.region = "us-gov-west-1";
  CHECK(d.configure()->target.endpoint == "https://connect.us-gov-west-1.amazonaws.com");
  d.env["PERCH_ENDPOINT_URL"] = "https://own.example";
  CHECK(contains(d.refusal(), "PERCH_ENDPOINT_URL and use_fips_endpoint of profile \"default\" do not go together"));
}

TEST_CASE("a CA file comes from AWS_CA_BUNDLE, the profile, REQUESTS_CA_BUNDLE, and is looked at") {
  Desk d = desk();
  for (const char* path : {"/a.pem", "/b.pem", "/c.pem"}) d.files[path] = "-----BEGIN CERTIFICATE-----\n";
  d.env["REQUESTS_CA_BUNDLE"] = "/c.pem";
  CHECK(d.configure()->target.ca_bundle == "/c.pem");
  d.files["/home/ann/.aws/config"] = "[default]\nca_bundle = /b.pem\n";
  CHECK(d.configure()->target.ca_bundle == "/b.pem");
  d.env["AWS_CA_BUNDLE"] = "/a.pem";
  CHECK(d.configure()->target.ca_bundle == "/a.pem");
  d.files["/a.pem"] = "DER";
  CHECK(contains(d.refusal(), "AWS_CA_BUNDLE: /a.pem: no certificate in PEM form in it"));
  d.env["AWS_CA_BUNDLE"] = "/none.pem";
  CHECK(contains(d.refusal(), "AWS_CA_BUNDLE: "));
}

TEST_CASE("whether asking for keys can block is known beforehand") {
  Desk d = desk();
  CHECK(!d.configure()->target.credentials_at_once);
  d.files["/home/ann/.aws/config"] = "[default]\naws_access_key_id = A\naws_secret_access_key = x\n";
  CHECK(d.configure()->target.credentials_at_once);
  CHECK(d.configure()->target.credentials_kind == "static profile");
  d.files["/home/ann/.aws/config"] = "[default]\ncredential_process = x\n";
  CHECK(!d.configure()->target.credentials_at_once);
  CHECK(d.configure()->target.credentials_kind == "credential process");
  d.env["AWS_ACCESS_KEY_ID"] = "A";
  CHECK(d.configure()->target.credentials_at_once);
  CHECK(d.configure()->target.credentials_kind == "environment");
}

TEST_CASE("plain http goes to this machine only") {
  Desk d = desk();
  for (const char* url : {"http://connect.example", "http://127.0.0.1@evil.example", "http://localhost.evil.example",
                          "ftp://127.0.0.1", "nonsense", "http://"}) {
    CAPTURE(url);
    d.flags.endpoint_url = url;
    CHECK(contains(d.refusal(), "--endpoint-url"));
  }
  for (const char* url : {"http://127.0.0.1:99", "http://localhost:99", "http://[::1]:99", "https://connect.example"}) {
    CAPTURE(url);
    d.flags.endpoint_url = url;
    CHECK(d.configure());
  }
}

TEST_CASE("a profile that somebody named beats keys in the environment; AWS_PROFILE does not") {
  Desk d = desk();
  d.files["/home/ann/.aws/credentials"] =
      "[default]\naws_access_key_id = DEFAULTKEY\naws_secret_access_key = x\n"
      "[work]\naws_access_key_id = WORKKEY\naws_secret_access_key = x\n";
  CHECK(key_of(*d.configure()) == "DEFAULTKEY");
  d.env["AWS_PROFILE"] = "work";
  CHECK(key_of(*d.configure()) == "WORKKEY");
  d.env["AWS_ACCESS_KEY_ID"] = "ENVKEY";
  d.env["AWS_SECRET_ACCESS_KEY"] = "x";
  CHECK(key_of(*d.configure()) == "ENVKEY");
  d.env["PERCH_PROFILE"] = "work";
  CHECK(key_of(*d.configure()) == "WORKKEY");
  d.env.erase("PERCH_PROFILE");
  d.flags.profile = "default";
  CHECK(key_of(*d.configure()) == "DEFAULTKEY");
  d.flags.profile.reset();
  d.env.erase("AWS_PROFILE");
  d.files[config_path] = R"({"profile": "work"})";
  CHECK(key_of(*d.configure()) == "WORKKEY");
}

TEST_CASE("no credentials are said when they are needed, with the places that were tried") {
  const Desk d = desk();
  const auto config = d.configure();
  REQUIRE(config);
  const auto none = config->target.credentials({});
  REQUIRE(!none);
  CHECK(none.error().code == Code::unauthenticated);
}

TEST_CASE("instance and user as ids, as ARNs or by name; what can be neither is refused") {
  Desk d = desk();
  const std::string arn = std::string("arn:aws:connect:us-west-2:123456789012:instance/") + instance_id;
  d.flags.instance = arn;
  d.flags.user = arn + "/agent/" + user_id;
  CHECK(d.configure()->target.instance.value == instance_id);
  CHECK(d.configure()->target.user.value == user_id);
  CHECK(d.configure()->target.region == "eu-west-2");
  d.flags.region.reset();
  CHECK(d.configure()->target.region == "us-west-2");

  d.flags.region = "eu-west-2";
  d.flags.instance = "my-alias";
  CHECK(d.configure()->target.alias == "my-alias");
  CHECK(d.configure()->target.instance.empty());
  for (const char* wrong : {"my alias", "a/b", "alias.eu", "arn:aws:connect:us-west-2:1:instance/alias"}) {
    d.flags.instance = wrong;
    CHECK_MESSAGE(contains(d.refusal(), "--instance"), wrong);
  }
  d.flags.instance = arn;
  d.flags.user = "ann";
  CHECK(d.configure()->target.username == "ann");
  CHECK(d.configure()->target.user.empty());
  d.flags.user =
      std::string("arn:aws:connect:us-west-2:1:instance/99999999-2222-3333-4444-555555555555/agent/") + user_id;
  CHECK(contains(d.refusal(), "belongs to instance"));
  d.flags.user = arn + "/queue/" + user_id;
  CHECK(contains(d.refusal(), "not the ARN of a user"));
}

TEST_CASE("what is missing is said with all else that is wrong; instance and user can be found") {
  Desk d;
  const std::string why = d.refusal();
  CHECK(contains(why, "no region"));
  CHECK(d.configure(Needs::nothing));
  CHECK(d.configure(Needs::window));  // it asks on screen
  d.flags.timeout = "never";
  CHECK(contains(d.refusal(), "no region"));
  CHECK(contains(d.refusal(), "--timeout"));
}

TEST_CASE("only its flag makes the clocks run in other steps, and only then polls may be as short") {
  Desk d = desk();
  d.env["PERCH_CLOCK_STEP_MS"] = "10";
  CHECK_FALSE(d.configure()->window.clock_step);
  d.flags.poll = "0.03";
  CHECK(d.refusal().find("0.4") != std::string::npos);
  d.flags.clock_step_ms = "10";
  const auto config = d.configure();
  REQUIRE(config);
  CHECK(config->window.clock_step == milliseconds(10));
  CHECK(config->window.poll == milliseconds(30));
}

TEST_CASE("the demo looks at nothing but flags") {
  Desk d;
  d.env["PERCH_VIEW"] = "card";
  d.env["PERCH_INSTANCE"] = "nonsense";
  d.files[config_path] = "{broken";
  d.flags.demo = true;
  d.flags.demo_seed = "42";
  const auto config = d.configure(Needs::nothing);
  REQUIRE(config);
  CHECK(config->window.demo);
  CHECK(config->window.demo_seed == 42);
  CHECK(config->window.preferences.view == ViewKind::strip);
  CHECK(config->target.endpoint.empty());
}

TEST_CASE("numbers out of range and words that are none are refused with their origin") {
  Desk d = desk();
  for (const char* text : {"0", "-1", "nan", "inf", "1e9", "ten", "", "5s", "0x10"}) {
    CAPTURE(text);
    d.flags.timeout = text;
    CHECK(contains(d.refusal(), "--timeout"));
  }
  d.flags.timeout.reset();
  d.flags.poll = "0.1";
  CHECK(contains(d.refusal(), "from 0.4 to 300"));
  d.flags.poll.reset();
  d.flags.view = "team";
  CHECK(contains(d.refusal(), "does not work yet"));
  d.flags.view = "x\ny";
  CHECK(contains(d.refusal(), "no view is called xy"));
  d.flags.view.reset();
  d.flags.log_level = "loud";
  CHECK(contains(d.refusal(), "log level"));
}

TEST_CASE("an unknown key of config.json is a warning with its line") {
  Desk d = desk();
  d.files[config_path] =
      "{\n  /* a comment,\n     {\"of\": two lines} */\n  \"reigon\": \"x\", // \"no\": 1\n"
      "  \"queues\": [1, {\"deep\": \"},\\\"\"}],\n  \"n\\u0061me\": 1\n}";
  const auto config = d.configure();
  REQUIRE(config);
  REQUIRE(config->warnings.size() == 2);
  CHECK(config->warnings[0] == std::string(config_path) + ":4: unknown key \"reigon\", ignored");
  CHECK(config->warnings[1] == std::string(config_path) + ":6: unknown key \"name\", ignored");
}

TEST_CASE("a bad config.json is refused with line and reason") {
  Desk d = desk();
  for (const auto& [bad, part] : {std::pair{"{\n \"region\": }", "line 2"},
                                  {"[]", "object"},
                                  {"", "line 1"},
                                  {"{\"region\": 5}", ":1: region must be a text"},
                                  {"{\n\n\"opacity\": 7}", ":3: opacity must be a number from 0.3 to 1"},
                                  {"{\"reduced_motion\": \"yes\"}", "must be true or false"}}) {
    const char* text = bad;  // clang 14 captures no structured binding
    CAPTURE(text);
    d.flags.region.reset();
    d.files[config_path] = text;
    CHECK(contains(d.refusal(), config_path));
    CHECK(contains(d.refusal(), part));
  }
}

TEST_CASE("--config names another file, which then must be there") {
  Desk d = desk();
  d.flags.config = "/tmp/other.json";
  CHECK(contains(d.refusal(), "/tmp/other.json"));
  d.files["/tmp/other.json"] = R"({"poll_s": 3})";
  CHECK(d.configure()->window.poll == milliseconds(3000));
  d.flags.config.reset();
  d.env["XDG_CONFIG_HOME"] = "/xdg";
  d.files["/xdg/perch/config.json"] = R"({"poll_s": 4})";
  CHECK(d.configure()->window.poll == milliseconds(4000));
}
