#include "overlay/cli/doctor_page.h"

#include "overlay/clean_text.h"

namespace perch::overlay::cli {
namespace {

using connect::Json;

int count(const Page& page, Mark mark) {
  int found = 0;
  for (const Section& section : page.sections)
    for (const Finding& finding : section.findings) found += finding.mark == mark ? 1 : 0;
  return found;
}

std::string plural(int number, const std::string& word) {
  return std::to_string(number) + " " + word + (number == 1 ? "" : "s");
}

}  // namespace

std::string_view in_words(Mark mark) {
  switch (mark) {
    case Mark::ok:
      return "ok";
    case Mark::warning:
      return "warning";
    case Mark::failed:
      return "failed";
    case Mark::unchecked:
      break;
  }
  return "not checked";
}

std::string page_text(const Page& page) {
  constexpr std::size_t widest = 12;
  std::string text = "perch doctor: " + std::to_string(count(page, Mark::failed)) + " failed, " +
                     plural(count(page, Mark::warning), "warning") + "; perch status would end with " +
                     std::to_string(page.status_exit_code);
  for (const Section& section : page.sections) {
    text += "\n\n" + section.title;
    for (const Finding& finding : section.findings) {
      const std::string mark(in_words(finding.mark));
      text += "\n  " + mark + std::string(widest - mark.size(), ' ') + clean_text(finding.text);
    }
  }
  return text;
}

Json page_json(const Page& page) {
  Json::Array sections;
  for (const Section& section : page.sections) {
    Json::Array findings;
    for (const Finding& finding : section.findings) {
      Json line = Json::object({{"id", finding.id}, {"mark", in_words(finding.mark)}, {"text", finding.text}});
      for (const auto& [name, value] : *finding.data.members()) line.set(name, value);
      findings.push_back(std::move(line));
    }
    sections.push_back(Json::object({{"id", section.id}, {"title", section.title}, {"findings", std::move(findings)}}));
  }
  return Json::object({{"version", PERCH_VERSION},
                       {"status_exit_code", page.status_exit_code},
                       {"failed", count(page, Mark::failed)},
                       {"warnings", count(page, Mark::warning)},
                       {"sections", std::move(sections)}});
}

}  // namespace perch::overlay::cli
