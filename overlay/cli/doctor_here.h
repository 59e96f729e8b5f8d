#pragma once
// The doctor's sections about this PC: what is configured, as whom, how often Perch asks, display, files. Pure: what
// was found out comes in as values.
#include <string>
#include <vector>

#include "connect/credentials.h"
#include "overlay/cli/doctor_page.h"
#include "overlay/config.h"
#include "overlay/door_request.h"

namespace perch::overlay::cli {

Section version_section(const std::string& system);

Section configuration_section(const Examined& examined);

/// Never a value: which way (`kind`), where from, what keys, until when, the last 4 characters of the key id.
Section credentials_section(const connect::Result<connect::Credentials>& found, const std::string& kind,
                            connect::Wall now);

/// What this agent's polls cost, and when an account's rate is used up by how many.
Section poll_section(connect::milliseconds idle);

/// `report` is overlay/display_report.h's. Two sections: display and fonts.
std::vector<Section> display_sections(const connect::Result<connect::Json>& report);

struct FileFact {
  std::string id, what, path;
  bool there = false;
  bool open_to_others = false;  ///< somebody else may read or write it
  bool ours_alone = true;       ///< it must not be
  unsigned mode = 0;            ///< permission bits
};
Section files_section(const std::vector<FileFact>& facts);

/// What the door said; Code::not_found: nobody is there.
Section overlay_section(const connect::Result<DoorAnswer>& answer);

}  // namespace perch::overlay::cli
