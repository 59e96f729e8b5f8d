// The JSON that credential programs, containers and instances answer with.
#include "connect/json.h"
#include "connect/sign_in/refusal.h"
#include "connect/sign_in/ways.h"

namespace perch::connect {

Result<Credentials> keys_in(const Json& object, const KeyNames& names, const std::string& origin, Wall now) {
  const auto part = [&](const char* name) {
    const auto* text = object.text_at(name);
    return text ? *text : std::string();
  };
  Credentials keys{part(names.id), part(names.secret), part(names.token), {}, origin};
  for (const auto& [name, value] :
       {std::pair(names.id, &keys.access_key_id), std::pair(names.secret, &keys.secret_access_key)})
    if (value->empty()) return no_keys(origin + ": the answer has no " + name);
  if (const auto* until = object.find(names.expires); until && !until->is_null()) {
    keys.expires = until->text() ? iso_time(*until->text()) : std::nullopt;
    if (!keys.expires) return no_keys(origin + ": " + names.expires + " is no ISO 8601 time");
  }
  return usable_keys(std::move(keys), now);
}

}  // namespace perch::connect
