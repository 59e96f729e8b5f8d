#pragma once
// How the service says no.
#include <string>

#include "connect/simulator/request.h"

namespace perch::simulator {

struct ServiceError {
  int status = 400;
  std::string code;
  std::string message;
  bool modelled = true;  ///< modelled errors carry `Message`; those of the front end (rate, signature) `message`
};

/// Status, x-amzn-errortype and body; the request id is added on the way out.
Answer answer_of(const ServiceError& error);

}  // namespace perch::simulator
