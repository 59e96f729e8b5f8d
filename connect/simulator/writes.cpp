// Operations that change the world. They answer nothing: what happened is learnt by reading again.
#include "connect/simulator/operations.h"

namespace perch::simulator {
namespace {

using connect::Code;
using connect::ContactId;
using connect::Json;
using connect::Result;

Outcome outcome_of(const Result<Done>& done) {
  if (done) return Json();
  return done.error().code == Code::not_found ? not_found(done.error().message) : invalid_request(done.error().message);
}

/// A required string member within 1..256 characters, else what is wrong.
std::variant<std::string, ServiceError> required(const Call& call, std::string_view name) {
  const Json* member = call.body.find(name);
  if (!member || member->is_null()) return invalid_request(std::string(name) + " is missing");
  if (!member->text()) return ServiceError{400, "SerializationException", std::string(name) + " is not a string", true};
  if (member->text()->empty() || member->text()->size() > 256)
    return invalid_parameter(std::string(name) + " has to be 1 to 256 characters");
  return *member->text();
}

}  // namespace

Outcome put_user_status(const Call& call, const Instance& instance) {
  auto status = required(call, "AgentStatusId");
  if (const auto* error = std::get_if<ServiceError>(&status)) return *error;
  return outcome_of(
      instance.world.put_status({bare_id(call.labels[0])}, {bare_id(std::get<std::string>(status))}, instance.now));
}

Outcome dismiss_user_contact(const Call& call, const Instance& instance) {
  auto contact = required(call, "ContactId");
  if (const auto* error = std::get_if<ServiceError>(&contact)) return *error;
  return outcome_of(
      instance.world.dismiss({bare_id(call.labels[0])}, {bare_id(std::get<std::string>(contact))}, instance.now));
}

Outcome stop_contact(const Call& call, const Instance& instance) {
  auto contact = required(call, "ContactId");
  if (const auto* error = std::get_if<ServiceError>(&contact)) return *error;
  auto where = required(call, "InstanceId");
  if (const auto* error = std::get_if<ServiceError>(&where)) return *error;
  if (auto elsewhere = not_here(std::get<std::string>(where), instance)) return *elsewhere;
  ContactId id{bare_id(std::get<std::string>(contact))};
  auto stopped = instance.world.stop(id, instance.now);
  // Gone is another answer here than never there.
  bool gone = !stopped && (stopped.error().code == Code::invalid || instance.world.is_over(id));
  if (gone) return ServiceError{410, "ContactNotFoundException", "The contact has ended: " + id.value, true};
  return outcome_of(stopped);
}

}  // namespace perch::simulator
