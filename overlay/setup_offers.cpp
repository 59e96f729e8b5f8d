#include "overlay/setup_offers.h"

#include "overlay/read_target.h"

namespace perch::overlay {

Setup setup_offers(const Target& configured, const Surroundings& around) {
  Setup setup;
  setup.regions = connect_regions();
  setup.chosen.region = configured.region;
  setup.chosen.instance = configured.instance;
  setup.chosen.alias = configured.alias;
  setup.chosen.user = configured.user;
  setup.chosen.username = configured.username;
  const auto key = around.env("AWS_ACCESS_KEY_ID");
  if (key && !key->empty()) setup.profiles.push_back({{}, connect::ProfileKind::static_keys, {}});
  const auto profiles =
      connect::load_profiles({home_file(around.env, "AWS_CONFIG_FILE", "/.aws/config"),
                              home_file(around.env, "AWS_SHARED_CREDENTIALS_FILE", "/.aws/credentials"), around.read});
  if (!profiles) return setup;
  for (const connect::Profile& profile : profiles->list)
    if (const auto kind = connect::kind_of(profile); kind != connect::ProfileKind::none)
      setup.profiles.push_back({profile.name, kind, connect::region_of(profile).value_or("")});
  return setup;
}

}  // namespace perch::overlay
