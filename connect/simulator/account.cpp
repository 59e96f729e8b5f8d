// The account's instances.
#include "connect/simulator/operations.h"

namespace perch::simulator {

using connect::Json;

Outcome list_instances(const Call& call, const Instance& instance) {
  Json::Array rows;
  for (const AccountInstance& one : instance.account)
    rows.push_back(Json::object(
        {{"Id", one.id},
         {"Arn", instance.arn_of(one.id)},
         {"IdentityManagementType", "CONNECT_MANAGED"},
         {"InstanceAlias", one.alias},
         {"CreatedTime", epoch_seconds(instance.founded)},
         {"ServiceRole", "arn:aws:iam::" + std::string(account_id) +
                             ":role/aws-service-role/connect.amazonaws.com/AWSServiceRoleForAmazonConnect_simulated"},
         {"InstanceStatus", one.status},
         {"InboundCallsEnabled", true},
         {"OutboundCallsEnabled", true},
         {"InstanceAccessUrl", "https://" + one.alias + ".my.connect.aws"}}));
  auto outcome = listed(call, "InstanceSummaryList", rows, {}, 10, 10);
  // The one error the model knows for a bad request to it.
  if (const auto* error = std::get_if<ServiceError>(&outcome)) return invalid_request(error->message);
  return outcome;
}

}  // namespace perch::simulator
