#pragma once
// The doctor's sections about Connect: is it reached and how, what time is it there, what is permitted. Pure.
#include <optional>
#include <string>
#include <vector>

#include "overlay/cli/doctor_page.h"
#include "overlay/cli/doctor_probe.h"

namespace perch::overlay::cli {

/// `hello` is the probe without a signature.
Section reachability_section(const Target& target, const Probe& hello);

/// `now` and `wall` are the same moment.
Section clock_section(const connect::ServerClock& clock, connect::Mono now, connect::Wall wall);

/// A line for each operation: allowed, denied or failed, with the request's id. `writes`: the probes of
/// --probe-writes, about ids that nothing has.
Section permission_section(const std::vector<Probe>& reads, const std::vector<Probe>& writes);

/// All three, in this order, when nobody could be asked.
std::vector<Section> unasked_sections(const std::string& why);
/// Only the permissions could not be asked for.
Section unasked_permissions(const std::string& why);

}  // namespace perch::overlay::cli
