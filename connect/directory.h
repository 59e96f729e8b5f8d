#pragma once
// Who and what there is: the operations that turn names into ids, as bytes. Pure, like wire.h, but for what is asked
// once and rarely.
#include <string>
#include <string_view>
#include <vector>

#include "connect/http.h"
#include "connect/model.h"
#include "connect/result.h"

namespace perch::connect {

/// One instance of the account (ListInstances).
struct InstanceSummary {
  InstanceId id;
  std::string alias;   ///< may be empty
  std::string status;  ///< as it came; "ACTIVE" can be used
  bool active() const { return status == "ACTIVE"; }
  bool operator==(const InstanceSummary&) const = default;
};

/// One user of an instance (SearchUsers, ListUsers).
struct UserSummary {
  UserId id;
  std::string username;
  bool operator==(const UserSummary&) const = default;
};

template <class T>
struct DirectoryPage {
  std::vector<T> items;
  std::string next_token;  ///< empty: this was the last page
};

HttpRequest list_instances(std::string_view next_token = {});
HttpRequest list_users(const InstanceId& instance, std::string_view next_token = {});
/// Users that are called exactly like one of `names`, of which there is one at least.
HttpRequest search_users(const InstanceId& instance, const std::vector<std::string>& names,
                         std::string_view next_token = {});

// Each takes any HTTP answer: other than 2xx is the Error of `error_of`, what is no such answer Code::malformed. Rows
// without an id are left out.
Result<DirectoryPage<InstanceSummary>> parse_instances(const HttpResponse& response);
Result<DirectoryPage<UserSummary>> parse_listed_users(const HttpResponse& response);
Result<DirectoryPage<UserSummary>> parse_found_users(const HttpResponse& response);

}  // namespace perch::connect
