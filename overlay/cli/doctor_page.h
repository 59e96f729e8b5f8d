#pragma once
// The page of `perch doctor` as a value, and how it is shown. Pure.
#include <string>
#include <vector>

#include "connect/json.h"

namespace perch::overlay::cli {

enum class Mark { ok, warning, failed, unchecked };

/// One line of the page.
struct Finding {
  std::string id;  ///< for scripts; stays what it is
  Mark mark{};
  std::string text;                                ///< for people, one line
  connect::Json data = connect::Json::object({});  ///< for scripts, beside id, mark and text
};

struct Section {
  std::string id, title;
  std::vector<Finding> findings;
};

struct Page {
  std::vector<Section> sections;
  int status_exit_code = 0;  ///< what `perch status` would end with
};

/// "ok", "warning", "failed", "not checked"
std::string_view in_words(Mark mark);

/// The page for a help desk: a title for each section, a line for each finding, the mark first. Without the last line
/// end.
std::string page_text(const Page& page);

/// {"version","status_exit_code","failed":N,"warnings":N,"sections":[{"id","title","findings":[{"id","mark","text",...}]}]}
connect::Json page_json(const Page& page);

}  // namespace perch::overlay::cli
