#pragma once
// The one operation of the Security Token Service that tells who calls: AWS's query protocol, answered as XML.
#include <optional>
#include <string>

#include "connect/simulator/instance.h"
#include "connect/simulator/request.h"

namespace perch::simulator {

/// Is this request for STS and not for Connect? It is signed for the service `sts` then.
bool is_sts(const Request& request);

/// The Action of the form; nothing when it is none that is known here.
std::optional<std::string> sts_operation_of(const Request& request);

Answer perform_sts(const Request& request, const Instance& instance);

/// An error as Connect would tell it, as STS tells it: its own codes, in XML. Other answers stay as they are.
Answer sts_answer(Answer answer, const std::string& request_id);

}  // namespace perch::simulator
