#include "connect/usernames.h"

#include "connect/json.h"

namespace perch::connect {

bool are_good(const Usernames& known, const Usernames& wanted, Wall now) {
  // A time to come is no time at which something was told: the clock has been set back.
  return known.endpoint == wanted.endpoint && known.region == wanted.region && known.instance == wanted.instance &&
         !known.names.empty() && known.at <= now && now - known.at < usernames_last;
}

std::string to_text(const Usernames& known) {
  Json::Object names;
  for (const auto& [id, name] : known.names) names.emplace_back(id.value, name);
  return to_text(Json::object({{"endpoint", known.endpoint},
                               {"region", known.region},
                               {"instance", known.instance.value},
                               {"at", std::chrono::floor<std::chrono::seconds>(known.at.time_since_epoch()).count()},
                               {"names", Json(std::move(names))}}));
}

Usernames usernames_in(std::string_view text) {
  constexpr std::int64_t latest = 253402300800;  // the year 10000
  const auto json = parse_json(text, {.max_bytes = max_usernames_bytes, .max_depth = 4});
  if (!json) return {};
  const std::string* endpoint = json->text_at("endpoint");
  const std::string* region = json->text_at("region");
  const std::string* instance = json->text_at("instance");
  const Json* at = json->find("at");
  const auto seconds = at ? at->integer() : std::nullopt;
  const Json* names = json->find("names");
  if (!endpoint || !region || !instance || !seconds || *seconds < 0 || *seconds >= latest || !names ||
      !names->members())
    return {};
  Usernames known{*endpoint, *region, {*instance}, {}, Wall(std::chrono::seconds(*seconds))};
  for (const auto& [id, name] : *names->members())
    if (const std::string* said = name.text()) known.names.emplace(UserId{id}, *said);
  return known;
}

}  // namespace perch::connect
