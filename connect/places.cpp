#include "connect/places.h"

#include <algorithm>

#include "connect/json.h"

namespace perch::connect {
namespace {

constexpr std::size_t most_kept = 64;

/// A time to come is no time at which something was found: the clock has been set back.
bool is_fresh(Wall at, Wall now) { return at <= now && now - at < places_last; }

template <class Entry, class Same>
void keep(std::vector<Entry>& all, Entry fresh, Same same) {
  std::erase_if(all, same);
  all.insert(all.begin(), std::move(fresh));
  if (all.size() > most_kept) all.resize(most_kept);
}

Result<InstanceSummary> instance_of(const Sought& sought, const Lookup& lookup, Places& known) {
  const auto same = [&](const Places::Instance& one) {
    return one.endpoint == lookup.endpoint && one.region == lookup.region && one.asked == sought.alias;
  };
  for (const Places::Instance& one : known.instances)
    if (same(one) && is_fresh(one.at, lookup.now)) return InstanceSummary{one.id, one.alias, "ACTIVE"};
  auto found = find_instance(lookup.ask, sought.alias);
  if (found)
    keep(known.instances,
         Places::Instance{lookup.endpoint, lookup.region, sought.alias, found->id, found->alias, lookup.now}, same);
  return found;
}

Result<UserSummary> user_of(const Sought& sought, const InstanceId& instance, const Lookup& lookup, Places& known) {
  const bool caller = sought.username.empty();
  std::string asked = sought.username;
  if (caller) {
    auto session = lookup.who();
    if (!session) return session.error();
    asked = *std::move(session);
  }
  const auto same = [&](const Places::User& one) {
    return one.endpoint == lookup.endpoint && one.region == lookup.region && one.instance == instance &&
           one.caller == caller && one.asked == asked;
  };
  for (const Places::User& one : known.users)
    if (same(one) && is_fresh(one.at, lookup.now)) return UserSummary{one.id, one.username};
  auto found = caller ? find_caller(lookup.ask, instance, asked) : find_user(lookup.ask, instance, asked);
  if (found)
    keep(known.users,
         Places::User{lookup.endpoint, lookup.region, instance, asked, caller, found->id, found->username, lookup.now},
         same);
  return found;
}

Json epoch(Wall at) { return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count(); }

/// Empty where there is no such text.
std::string text_at(const Json& entry, const char* name) {
  const std::string* text = entry.text_at(name);
  return text ? *text : std::string();
}

std::optional<Wall> time_at(const Json& entry) {
  constexpr std::int64_t latest = 253402300800;  // the year 10000
  const Json* at = entry.find("at");
  const auto seconds = at ? at->integer() : std::nullopt;
  return seconds && *seconds >= 0 && *seconds < latest ? std::optional(Wall(std::chrono::seconds(*seconds)))
                                                       : std::nullopt;
}

template <class Take>
void each_entry(const Json& root, const char* list, Take take) {
  const Json* entries = root.find(list);
  if (!entries || !entries->items()) return;
  for (const Json& entry : *entries->items())
    if (const auto at = time_at(entry); at && !text_at(entry, "id").empty()) take(entry, *at);
}

}  // namespace

Result<Place> locate(const Sought& sought, const Lookup& lookup, Places& known) {
  Place place{sought.instance, sought.alias, sought.user, sought.username};
  if (place.instance.empty()) {
    auto instance = instance_of(sought, lookup, known);
    if (!instance) return instance.error();
    place.instance = std::move(instance->id);
    place.alias = std::move(instance->alias);
  }
  if (place.user.empty() && sought.needs_user) {
    auto user = user_of(sought, place.instance, lookup, known);
    if (!user) return user.error();
    place.user = std::move(user->id);
    place.username = std::move(user->username);
  }
  return place;
}

void forget(Places& known, const InstanceId& instance, const UserId& user) {
  std::erase_if(known.instances, [&](const Places::Instance& one) { return one.id == instance; });
  std::erase_if(known.users, [&](const Places::User& one) { return one.instance == instance || one.id == user; });
}

std::string to_text(const Places& known) {
  Json::Array instances, users;
  for (const Places::Instance& one : known.instances)
    instances.push_back(Json::object({{"endpoint", one.endpoint},
                                      {"region", one.region},
                                      {"asked", one.asked},
                                      {"id", one.id.value},
                                      {"alias", one.alias},
                                      {"at", epoch(one.at)}}));
  for (const Places::User& one : known.users)
    users.push_back(Json::object({{"endpoint", one.endpoint},
                                  {"region", one.region},
                                  {"instance", one.instance.value},
                                  {"asked", one.asked},
                                  {"caller", one.caller},
                                  {"id", one.id.value},
                                  {"username", one.username},
                                  {"at", epoch(one.at)}}));
  return to_text(Json::object({{"instances", Json(std::move(instances))}, {"users", Json(std::move(users))}}));
}

Places places_in(std::string_view text) {
  Places known;
  const auto json = parse_json(text, {.max_bytes = 1U << 20U, .max_depth = 8});
  if (!json) return known;
  each_entry(*json, "instances", [&](const Json& entry, Wall at) {
    known.instances.push_back({text_at(entry, "endpoint"),
                               text_at(entry, "region"),
                               text_at(entry, "asked"),
                               {text_at(entry, "id")},
                               text_at(entry, "alias"),
                               at});
  });
  each_entry(*json, "users", [&](const Json& entry, Wall at) {
    const Json* caller = entry.find("caller");
    known.users.push_back({text_at(entry, "endpoint"),
                           text_at(entry, "region"),
                           {text_at(entry, "instance")},
                           text_at(entry, "asked"),
                           caller && caller->boolean().value_or(false),
                           {text_at(entry, "id")},
                           text_at(entry, "username"),
                           at});
  });
  return known;
}

}  // namespace perch::connect
