// The words of the first run, a function a step.
#include <algorithm>

#include "overlay/scene.h"

namespace perch::overlay {
namespace {

using Step = Setup::Step;
using What = SetUp::What;

constexpr std::size_t most_shown = 18;  ///< users; who is not among them is found by typing

Button choice(const char* kind, const std::string& id, std::string words, Intent does) {
  return {.id = std::string(kind) + ":" + id,
          .words = std::move(words),
          .after = "",
          .key = "",
          .fill = {},
          .does = std::move(does)};
}

const char* kind_words(const Texts& text, connect::ProfileKind kind) {
  using connect::ProfileKind;
  switch (kind) {
    case ProfileKind::none:
      return "";
    case ProfileKind::static_keys:
      return text.kind_keys;
    case ProfileKind::static_session:
      return text.kind_session;
    case ProfileKind::assume_role:
    case ProfileKind::web_identity:
      return text.kind_role;
    case ProfileKind::sso_session:
    case ProfileKind::sso_legacy:
      return text.kind_sso;
    case ProfileKind::login:
      return text.kind_login;
    case ProfileKind::process:
      return text.kind_process;
  }
  return "";
}

/// What went wrong, and what helps.
std::string trouble_of(const Scene& scene, const connect::Error& why) {
  std::string told = scene.name(why.message);
  if (why.code == connect::Code::usage) return told;
  std::string words = trouble_words(scene.text, why) + " (" + told + ")";
  words[0] = static_cast<char>(words[0] >= 'a' && words[0] <= 'z' ? words[0] - 'a' + 'A' : words[0]);
  const bool has_remedy = why.code == connect::Code::denied || why.code == connect::Code::unauthenticated;
  return has_remedy ? words + ": " + trouble_remedy(scene.text, why) : words;
}

PanelRow profile_row(const Scene& scene, const Setup& setup) {
  PanelRow row{setup.profiles.empty() ? scene.text.no_profiles : scene.text.ask_profile, {}, {}};
  for (const SetupProfile& one : setup.profiles) {
    const std::string kind = one.name.empty() ? scene.text.kind_keys : kind_words(scene.text, one.kind);
    Button button = choice("profile", one.name, one.name.empty() ? scene.text.environment : scene.name(one.name),
                           SetUp{What::profile, one.name});
    if (!kind.empty()) button.after = " \u00B7 " + kind;
    row.choices.push_back(std::move(button));
  }
  return row;
}

/// The region of the chosen profile comes first, and stands out.
PanelRow region_row(const Scene& scene, const Setup& setup) {
  PanelRow row{scene.text.ask_region, {}, {}};
  std::string own = setup.chosen.region;
  for (const SetupProfile& one : setup.profiles)
    if (own.empty() && one.name == setup.chosen.profile) own = one.region;
  const auto add = [&](const std::string& region, bool likely) {
    Button button = choice("region", region, region, SetUp{What::region, region});
    if (likely) button.fill = Tone::blue;
    row.choices.push_back(std::move(button));
  };
  if (!own.empty()) add(own, true);
  for (const std::string& region : setup.regions)
    if (region != own) add(region, false);
  return row;
}

PanelRow instance_row(const Scene& scene, const Setup& setup) {
  PanelRow row{scene.text.ask_instance, {}, {}};
  if (setup.busy) row.label = scene.text.listing;
  if (!setup.busy && !setup.trouble && setup.instances.empty())
    row.label = say(scene.text.no_instances, {setup.chosen.region});
  for (const connect::InstanceSummary& one : setup.instances) {
    Button button = choice("instance", one.id.value, scene.name(one.alias.empty() ? one.id.value : one.alias),
                           SetUp{What::instance, one.id.value});
    if (!one.active()) {
      button.after = std::string(" \u00B7 ") + scene.text.not_active;
      button.does.reset();
    }
    if (one.id == setup.chosen.instance) button.fill = Tone::blue;
    row.choices.push_back(std::move(button));
  }
  return row;
}

/// Where the letters go; a press on it takes the keyboard.
Button filter_of(const Scene& scene, const Setup& setup) {
  Button filter = choice("filter", "typed", scene.text.type_to_filter, TakeKeys{});
  if (!setup.typed.empty()) filter.words = setup.typed + "\u2502";
  if (!scene.ui.keys) return filter;
  if (setup.typed.empty()) filter.words = scene.text.type_now;
  filter.asked = true;
  filter.does.reset();
  return filter;
}

/// Who is called like the caller stands first, and out.
void add_users(const Scene& scene, const Setup& setup, ViewModel& view) {
  PanelRow row{setup.busy ? scene.text.listing : scene.text.ask_user, {}, {}};
  const auto found = matching_users(setup);
  if (setup.users.size() > 1) row.choices.push_back(filter_of(scene, setup));
  for (std::size_t i = 0; i < found.size() && i < most_shown; ++i) {
    const connect::UserSummary& one = setup.users[found[i]];
    Button button = choice("user", one.id.value, scene.name(one.username), SetUp{What::user, one.id.value});
    if (found[i] == setup.caller) button.after = std::string(" \u00B7 ") + scene.text.signed_in_as_this;
    if (setup.typed.empty() ? found[i] == setup.caller : found.size() == 1) button.fill = Tone::blue;
    row.choices.push_back(std::move(button));
  }
  view.panel->rows.push_back(std::move(row));
  view.typing = setup.users.size() > 1;
  if (view.typing && found.empty()) view.panel->notes.push_back(say(scene.text.nobody_matches, {setup.typed}));
  if (found.size() > most_shown)
    view.panel->notes.push_back(say(scene.text.more_users, {std::to_string(found.size() - most_shown)}));
}

void add_test(const Scene& scene, const Setup& setup, ViewModel& view) {
  std::vector<PanelRow>& rows = view.panel->rows;
  if (!setup.tested) {
    if (setup.busy) rows.push_back({scene.text.listing, {}, {}});
    return;
  }
  const SetupTested& tested = *setup.tested;
  if (!tested.caller.empty()) rows.push_back({say(scene.text.signed_in_as, {scene.name(tested.caller)}), {}, {}});
  rows.push_back({say(scene.text.answered_in, {std::to_string(tested.took.count())}), {}, {}});
  PanelRow last{tested.status.empty()
                    ? std::string(scene.text.not_listed)
                    : say(scene.text.status_is, {scene.name(setup.chosen.username), scene.name(tested.status)}),
                {},
                {}};
  Button accept = choice("setup", "accept", scene.ui.about.keeps ? scene.text.save_and_start : scene.text.start,
                         SetUp{What::accept});
  accept.fill = Tone::green;
  view.proceeds = accept.does;
  last.choices = {std::move(accept)};
  rows.push_back(std::move(last));
}

/// What is chosen so far: "work \u00B7 eu-central-1 \u00B7 sales".
std::string chosen_words(const Scene& scene, const Setup& setup) {
  std::string words;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) words += (words.empty() ? "" : " \u00B7 ") + scene.name(part);
  };
  const SetupChoice& chosen = setup.chosen;
  if (setup.step > Step::profile) add(chosen.profile);
  if (setup.step > Step::region) add(chosen.region);
  if (setup.step > Step::instance) add(chosen.alias.empty() ? chosen.instance.value : chosen.alias);
  if (setup.step > Step::user) add(chosen.username);
  return words;
}

Header header_of(const Scene& scene, const Setup& setup) {
  Header header;
  header.mark = {Shape::dashed, setup.trouble ? Tone::red : Tone::blue};
  if (setup.step == Step::finding) {
    header.headline = setup.trouble ? scene.text.not_found_yet : scene.text.finding;
    header.second = {{scene.text.finding_what, Tone::muted}};
    return header;
  }
  const std::string step = std::to_string(static_cast<int>(setup.step));
  header.headline = scene.text.set_up;
  header.second = {{say(scene.text.step_of, {step}), Tone::muted}};
  const std::string chosen = chosen_words(scene, setup);
  if (!chosen.empty()) header.second.push_back({" \u00B7 " + chosen, Tone::muted});
  return header;
}

Button foot(const char* id, const char* words, Intent does) {
  return {.id = id, .words = words, .after = "", .key = "", .fill = {}, .does = std::move(does)};
}

}  // namespace

void present_setup(const Scene& scene, ViewModel& view) {
  const Setup& setup = *scene.ui.setup;
  view.view = ViewKind::card;
  view.header = header_of(scene, setup);
  view.panel.emplace();
  Panel& panel = *view.panel;
  switch (setup.step) {
    case Step::finding:
      break;
    case Step::profile:
      panel.rows = {profile_row(scene, setup)};
      break;
    case Step::region:
      panel.rows = {region_row(scene, setup)};
      break;
    case Step::instance:
      panel.rows = {instance_row(scene, setup)};
      break;
    case Step::user:
      add_users(scene, setup, view);
      break;
    case Step::test:
      add_test(scene, setup, view);
      break;
  }
  for (const PanelRow& row : panel.rows)
    for (const Button& button : row.choices)
      if (button.fill == Tone::blue && !view.proceeds) view.proceeds = button.does;
  if (setup.trouble) panel.warning = trouble_of(scene, *setup.trouble);
  const bool first = setup.step == Step::profile && !setup.by_hand;
  if (!first && (setup.step != Step::finding || setup.trouble))
    panel.links.push_back(foot("back", scene.text.back, SetUp{What::back}));
  if (setup.trouble || (setup.step == Step::profile && setup.profiles.empty()))
    panel.links.push_back(foot("again", scene.text.retry, SetUp{What::again}));
  panel.links.push_back(keys_link(scene));
  panel.links.push_back(foot("quit", scene.text.quit, Quit{}));
}

}  // namespace perch::overlay
