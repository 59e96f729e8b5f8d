// The first run, and a connection chosen anew: the window stays, what it is about is found out meanwhile.
#include "connect/clock.h"
#include "overlay/app.h"
#include "overlay/day_file.h"
#include "overlay/find_place.h"

namespace perch::overlay {
namespace {

/// After no answer: no choice is wrong, so it is asked again by itself.
constexpr std::chrono::seconds before_asking_again{5};

std::vector<Edit> edits_of(const SetupChoice& chosen) {
  std::vector<Edit> edits;
  const auto set = [&edits](const char* key, const std::string& value) {
    edits.push_back({{key}, value.empty() ? std::nullopt : std::optional(connect::Json(value))});
  };
  set("profile", chosen.profile);
  set("region", chosen.region);
  set("instance", chosen.instance.value);
  set("user", chosen.user.value);
  return edits;
}

}  // namespace

void App::begin_setup(bool by_hand) {
  if (!means_.offers) return;
  if (!asking_) asking_.emplace(means_.configure, means_.log, folder_, [] { Window::wake(); });
  Setup setup = means_.offers();
  setup.by_hand = by_hand;
  setup.serial = ui_.setup ? ui_.setup->serial : 0;
  ui_.focused.clear();
  follow(begun(std::move(setup)));
}

void App::set_up(const SetUp& press) {
  if (press.what == SetUp::What::open) return begin_setup(true);
  if (!ui_.setup) return;
  const bool anew = press.what == SetUp::What::again && ui_.setup->step == Setup::Step::profile;
  if (anew) {  // the files may say more by now
    const bool by_hand = ui_.setup->by_hand;
    return begin_setup(by_hand);
  }
  if (press.what != SetUp::What::type && press.what != SetUp::What::erase) ui_.focused.clear();
  follow(step(*ui_.setup, press));
}

void App::take_setup() {
  if (!ui_.setup || !asking_) return;
  for (const SetupFound& found : asking_->take())
    if (ui_.setup) follow(step(*ui_.setup, found));
  if (ui_.setup && ask_again_at_ && *ask_again_at_ <= connect::mono_now()) set_up({SetUp::What::again});
}

void App::follow(SetupTurn turn) {
  ask_again_at_.reset();
  const Setup setup = turn.setup;
  ui_.setup = std::move(turn.setup);
  if (turn.end == SetupTurn::End::left) return ui_.setup.reset();
  if (turn.end == SetupTurn::End::finished) return finish_setup(setup, turn.save);
  if (turn.job) asking_->start(*turn.job);
  if (setup.step == Setup::Step::finding && setup.trouble && !setup.busy)
    ask_again_at_ = connect::mono_now() + before_asking_again;
}

void App::finish_setup(const Setup& setup, bool save) {
  const auto config = means_.configure(setup.chosen);
  if (!config) {  // the files have changed under it
    ui_.setup->trouble = config.error();
    return;
  }
  if (save && ui_.about.keeps && !ui_.about.config_path.empty()) {
    const auto edits = edits_of(setup.chosen);
    unsaved_edits_.insert(unsaved_edits_.end(), edits.begin(), edits.end());
  }
  if (ui_.keys) act(LeaveKeys{});
  worker_ = nullptr;  // the one before goes with this
  const auto attached = means_.attach(config->target);
  worker_ = attached.worker;
  if (!worker_) {
    quitting_ = true;
    return;
  }
  ui_.setup.reset();
  ui_.about.door = attached.door;
  grab_shortcut();
  ui_.simulated = config->target.simulated;
  ui_.about.endpoint = config->target.endpoint;
  ui_.about.user = config->target.user.value;
  ui_.taken.reset();
  ui_.reminder.reset();
  reminded_ = {};
  ui_.day.reset();
  if (const auto kept = load_day(folder_, {ui_.about.user}, local_day(connect::wall_now(), utc_offset())))
    ui_.day = std::make_shared<const DayLog>(*kept);
  show(ui_.preferences.view);
}

std::optional<connect::Error> App::setup_trouble() const {
  if (!ui_.setup) return std::nullopt;
  if (ui_.setup->trouble) return ui_.setup->trouble;
  switch (ui_.setup->step) {
    case Setup::Step::finding:
      return connect::Error{connect::Code::timed_out, "no answer within the timeout"};
    case Setup::Step::profile:
      return connect::Error{connect::Code::usage, "no profile is chosen yet: start Perch without --screenshot"};
    case Setup::Step::region:
      return connect::Error{connect::Code::usage, "no region: give --region, or start Perch without --screenshot"};
    case Setup::Step::instance:
      return connect::Error{connect::Code::usage, "no instance: give --instance, or start Perch without --screenshot"};
    case Setup::Step::user:
    case Setup::Step::test:
      break;
  }
  return connect::Error{connect::Code::usage, "no user: give --user, or start Perch without --screenshot"};
}

}  // namespace perch::overlay
