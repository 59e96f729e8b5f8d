#include <doctest/doctest.h>

#include "overlay/cli/doctor_here.h"
#include "overlay/cli/doctor_there.h"
#include "tests/cli/desk.h"

using namespace perch::overlay;
using namespace perch::overlay::cli;
using perch::connect::Error;
using perch::connect::Json;
using perch::connect::Wall;

namespace {

const Finding& finding_of(const Section& section, const std::string& id) {
  for (const Finding& finding : section.findings)
    if (finding.id == id) return finding;
  FAIL("no finding " << id);
  return section.findings.front();
}

Json display_told() {
  return *perch::connect::parse_json(
      R"({"display": ":0", "session_type": "wayland", "server": "X.Org 1", "window_manager": null, "keeps_above": false,
          "composited": true, "scale": 1.5, "monitors": [{"name": "DP-1", "x": 0, "y": 10, "width": 1920, "height": 1080}],
          "window": {"opens": false, "why": "the display offers no OpenGL 3.0"},
          "fonts": ["/usr/share/fonts/DejaVuSans.ttf"], "shaper": false,
          "missing": [{"text": "Caf\u001b", "points": ["U+1F600"]}]})");
}

Probe answered(const char* operation, int status, const char* code) {
  return {operation,
          perch::connect::HttpResponse{status, {{"x-amzn-errortype", code}, {"x-amzn-requestid", "r-7"}}, ""}};
}

}  // namespace

TEST_CASE("the page says each mark in words, and people's text does nothing to a terminal") {
  Page page;
  page.status_exit_code = 4;
  page.sections = {{"a", "A", {{"x", Mark::failed, "bad\x1b[2J\nthing"}, {"y", Mark::ok, "good"}}}};
  CHECK(page_text(page) ==
        "perch doctor: 1 failed, 0 warnings; perch status would end with 4\n\nA\n  failed      bad[2Jthing\n  ok       "
        "   good");
  const Json json = page_json(page);
  CHECK(json.number_at("status_exit_code") == 4);
  CHECK(*json.find("sections")->items()->front().find("findings")->items()->front().text_at("mark") == "failed");
}

TEST_CASE("credentials are told without their values") {
  perch::connect::Credentials keys{"AKIAPLANTED0123WXYZ", "planted-secret", "planted-token", {}, "environment"};
  const Wall now{std::chrono::hours(500'000)};
  keys.expires = now + std::chrono::minutes(5);
  const Section section = credentials_section(keys, "environment", now);
  CHECK(finding_of(section, "expiry").mark == Mark::warning);
  std::string all;
  for (const Finding& finding : section.findings) all += finding.text + perch::connect::to_text(finding.data);
  CHECK(contains(all, "...WXYZ"));
  for (const char* secret : {"planted", "3WXYZ", "AKIA"}) CHECK(!contains(all, secret));
  keys.access_key_id = "short-id";
  CHECK(contains(credentials_section(keys, "environment", now).findings[0].text, "key id ..."));
  CHECK(!contains(credentials_section(keys, "environment", now).findings[0].text, "t-id"));
}

TEST_CASE("a display that is not what Perch wants is told as it is") {
  const auto sections = display_sections(display_told());
  REQUIRE(sections.size() == 2);
  CHECK(finding_of(sections[0], "session").mark == Mark::warning);
  CHECK(finding_of(sections[0], "window_manager").mark == Mark::warning);
  CHECK(contains(finding_of(sections[0], "monitors").text, "DP-1 1920x1080 at 0,10; scale 1.5"));
  CHECK(finding_of(sections[0], "window").mark == Mark::failed);
  CHECK(finding_of(sections[1], "typeface").mark == Mark::warning);
  CHECK(contains(finding_of(sections[1], "missing").text, "U+1F600"));
  const auto untold = display_sections(Error{perch::connect::Code::timed_out, "it did not end in time"});
  CHECK(untold[0].findings[0].mark == Mark::failed);
  CHECK(untold[1].findings[0].mark == Mark::unchecked);
  CHECK(display_sections(Json(3)).size() == 2);  // nonsense changes nothing but the words
}

TEST_CASE("what a write about nothing proves is not overstated") {
  const Section section = permission_section({answered("GetCurrentUserData", 403, "AccessDeniedException")},
                                             {answered("PutUserStatus", 404, "ResourceNotFoundException"),
                                              answered("DismissUserContact", 403, "AccessDenied")});
  CHECK(finding_of(section, "GetCurrentUserData").mark == Mark::failed);
  CHECK(contains(finding_of(section, "GetCurrentUserData").text, "denied"));
  CHECK(finding_of(section, "PutUserStatus").mark == Mark::ok);
  CHECK(contains(finding_of(section, "PutUserStatus").text, "not denied for an id of zeros"));
  CHECK(finding_of(section, "DismissUserContact").mark == Mark::failed);
  CHECK(contains(finding_of(section, "writes").text, "can still deny a real one"));
}

TEST_CASE("the poll plan says how many agents an account's rate feeds") {
  CHECK(finding_of(poll_section(std::chrono::seconds(15)), "budget").data.number_at("agents_at_limit") == 30);
  CHECK(finding_of(poll_section(std::chrono::milliseconds(400)), "budget").mark == Mark::warning);
}
