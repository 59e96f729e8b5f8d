#pragma once
// Who and where am I: from what somebody configured, or did not, to the ids that Connect's operations want, with as few
// calls as that takes. Pure but for the functions it is given, which block.
#include <functional>
#include <string>
#include <vector>

#include "connect/ask_connect.h"
#include "connect/directory.h"
#include "connect/queue_metrics.h"

namespace perch::connect {

/// What was configured. Of each pair one member, or neither.
struct Sought {
  InstanceId instance;
  std::string alias;  ///< neither: the only active instance
  UserId user;
  std::string username;  ///< neither: the user who is called like the caller
  bool needs_user = true;
  bool complete() const { return !instance.empty() && (!user.empty() || !needs_user); }
};

/// What it comes to. Names are empty where nothing was looked up.
struct Place {
  InstanceId instance;
  std::string alias;
  UserId user;
  std::string username;
  bool operator==(const Place&) const = default;
};

/// The session name of the role whose keys we have; empty: they are of no role's session.
using WhoCalls = std::function<Result<std::string>()>;

/// All instances, in the order in which Connect lists them. A page that is announced twice is Code::malformed.
Result<std::vector<InstanceSummary>> all_instances(const AskConnect& ask);
Result<std::vector<UserSummary>> all_users(const AskConnect& ask, const InstanceId& instance);

/// By alias, exactly, else in any letter case; without one, the only active instance. Code::usage: there is none, or
/// there are several, which are listed then.
Result<InstanceSummary> find_instance(const AskConnect& ask, const std::string& alias);

/// By username: exactly, else the only one in any letter case. Code::usage with the close ones.
Result<UserSummary> find_user(const AskConnect& ask, const InstanceId& instance, const std::string& username);

/// Called like the caller's session: exactly, else the only one in any letter case, else the same for what stands
/// before its '@'. Code::usage when nobody is.
Result<UserSummary> find_caller(const AskConnect& ask, const InstanceId& instance, const std::string& session);

/// By id, else by name: exactly, else the only one in any letter case. Code::usage with the close ones.
Result<QueueSummary> queue_named(const std::vector<QueueSummary>& queues, const std::string& text);

/// The index in `users` of who is called like the caller, by the rules of find_caller; nothing: nobody.
std::optional<std::size_t> caller_among(const std::vector<UserSummary>& users, const std::string& session);

}  // namespace perch::connect
