#include "connect/locate.h"

#include <algorithm>

#include "connect/case_fold.h"
#include "connect/close_name.h"
#include "connect/pages.h"
#include "connect/printable.h"

namespace perch::connect {
namespace {

constexpr std::size_t most_named = 12;  // names in a message

std::string quoted(const std::string& name) { return '"' + printable(name, 128) + '"'; }

const std::string& name_of(const InstanceSummary& one) { return one.alias.empty() ? one.id.value : one.alias; }
const std::string& name_of(const UserSummary& one) { return one.username; }
const std::string& name_of(const QueueSummary& one) { return one.name; }

template <class T>
std::string listed(const std::vector<const T*>& some) {
  std::string text;
  for (std::size_t i = 0; i < some.size() && i < most_named; ++i)
    text += (i == 0 ? "" : ", ") + printable(name_of(*some[i]), 128) + " (" + printable(some[i]->id.value, 64) + ')';
  if (some.size() > most_named) text += " and " + std::to_string(some.size() - most_named) + " more";
  return text;
}

template <class T>
std::vector<const T*> alike(const std::vector<T>& all, const std::string& name) {
  const std::u32string folded = case_folded(name);
  std::vector<const T*> found;
  for (const T& one : all)
    if (case_folded(name_of(one)) == folded) found.push_back(&one);
  return found;
}

/// The one with exactly this name, else the only one in any letter case; null: none, or several.
template <class T>
const T* named(const std::vector<T>& all, const std::string& name) {
  for (const T& one : all)
    if (name_of(one) == name) return &one;
  const auto found = alike(all, name);
  return found.size() == 1 ? found.front() : nullptr;
}

/// What to say when `named` found none.
template <class T>
Error unknown(const std::vector<T>& all, const std::string& name, const std::string& kind, const std::string& todo) {
  if (const auto several = alike(all, name); !several.empty())
    return {Code::usage, "several " + kind + "s are called " + quoted(name) + ", give the id: " + listed(several)};
  std::vector<const T*> close;
  const std::u32string typed = case_folded(std::string_view(name).substr(0, 128));
  for (const T& one : all)
    if (is_close(typed, case_folded(std::string_view(name_of(one)).substr(0, 128)))) close.push_back(&one);
  const std::string text = "no " + kind + " is called " + quoted(name);
  return {Code::usage, close.empty() ? text + "; " + todo : text + "; close: " + listed(close)};
}

/// SearchUsers is an operation of its own in policies: whoever may not search may still list.
bool may_list_instead(const Error& why) { return why.code == Code::denied || why.code == Code::invalid; }

/// Who is called like one of `names`, as SearchUsers finds them; everybody when it may not be asked, or found nobody
/// (its letters are exact, ours need not be). `everybody` says which of the two it is.
Result<std::vector<UserSummary>> candidates(const AskConnect& ask, const InstanceId& instance,
                                            const std::vector<std::string>& names, bool& everybody) {
  std::vector<UserSummary> found;
  everybody = false;
  const auto searched = each_page(
      ask, "SearchUsers", [&](const std::string& token) { return search_users(instance, names, token); },
      parse_found_users, collect_into(found));
  if (!searched && !may_list_instead(searched.error())) return searched.error();
  if (searched && !found.empty()) return found;
  everybody = true;
  auto all = all_users(ask, instance);
  // Nobody was found; that the list is not for us does not make that another answer.
  if (!all && searched && all.error().code == Code::denied) return found;
  return all;
}

}  // namespace

Result<std::vector<InstanceSummary>> all_instances(const AskConnect& ask) {
  std::vector<InstanceSummary> all;
  const auto read = each_page(ask, "ListInstances", list_instances, parse_instances, collect_into(all));
  if (!read) return read.error();
  return all;
}

Result<std::vector<UserSummary>> all_users(const AskConnect& ask, const InstanceId& instance) {
  std::vector<UserSummary> all;
  const auto read = each_page(
      ask, "ListUsers", [&](const std::string& token) { return list_users(instance, token); }, parse_listed_users,
      collect_into(all));
  if (!read) return read.error();
  return all;
}

Result<InstanceSummary> find_instance(const AskConnect& ask, const std::string& alias) {
  std::vector<InstanceSummary> all;
  const auto take = [&](std::vector<InstanceSummary> items) {
    (void)collect_into(all)(std::move(items));
    const auto meant = [&](const InstanceSummary& one) { return one.alias == alias; };
    return alias.empty() || std::none_of(all.begin(), all.end(), meant);  // no two instances have the same alias
  };
  if (const auto read = each_page(ask, "ListInstances", list_instances, parse_instances, take); !read) {
    Error why = read.error();
    if (why.code == Code::denied) why.message += " (give --instance ID to do without)";
    return why;
  }
  if (!alias.empty()) {
    const InstanceSummary* one = named(all, alias);
    if (!one) return unknown(all, alias, "instance", "is it in this region, and of this account?");
    if (!one->active())
      return Error{Code::usage, "instance " + quoted(one->alias) + " is not active: " + printable(one->status, 64)};
    return *one;
  }
  std::vector<const InstanceSummary*> active;
  for (const InstanceSummary& one : all)
    if (one.active()) active.push_back(&one);
  if (active.size() == 1) return *active.front();
  if (active.empty())
    return Error{Code::usage, "no active instance in this region and account: give --region or --profile"};
  return Error{Code::usage,
               std::to_string(active.size()) + " instances: " + listed(active) + ": give --instance ALIAS or ID"};
}

Result<UserSummary> find_user(const AskConnect& ask, const InstanceId& instance, const std::string& username) {
  bool everybody = false;
  const auto found = candidates(ask, instance, {username}, everybody);
  if (!found) return found.error();
  if (const UserSummary* one = named(*found, username)) return *one;
  return unknown(*found, username, "user", "is it in this instance?");
}

Result<QueueSummary> queue_named(const std::vector<QueueSummary>& queues, const std::string& text) {
  for (const QueueSummary& one : queues)
    if (one.id.value == text) return one;
  if (const QueueSummary* one = named(queues, text)) return *one;
  return unknown(queues, text, "queue", "`perch queues` lists them");
}

std::optional<std::size_t> caller_among(const std::vector<UserSummary>& users, const std::string& session) {
  if (session.empty()) return {};
  const UserSummary* one = named(users, session);
  const std::string login = session.substr(0, session.find('@'));
  if (!one && !login.empty()) one = named(users, login);
  return one ? std::optional(static_cast<std::size_t>(one - users.data())) : std::nullopt;
}

Result<UserSummary> find_caller(const AskConnect& ask, const InstanceId& instance, const std::string& session) {
  constexpr const char* todo = ": give --user NAME or ID, PERCH_USER or `user` in config.json";
  if (session.empty())
    return Error{Code::usage,
                 std::string("no user, and the credentials are of no role's session that would name one") + todo};
  std::vector<std::string> names{session};
  if (const auto at = session.find('@'); at != std::string::npos && at > 0) names.push_back(session.substr(0, at));
  bool everybody = false;
  auto found = candidates(ask, instance, names, everybody);
  if (!found) return found.error();
  auto at = caller_among(*found, session);
  if (!at && !everybody) {  // what SearchUsers takes for the same need not be so here
    found = all_users(ask, instance);
    if (!found) return found.error();
    at = caller_among(*found, session);
  }
  if (at) return (*found)[*at];
  return Error{Code::usage, "no user, and nobody in the instance is called like the caller, " + quoted(session) + todo};
}

}  // namespace perch::connect
