#include "overlay/app.h"

#include <cfloat>
#include <cmath>

#include "connect/clock.h"
#include "overlay/day_file.h"
#include "overlay/shaper_module.h"
#include "overlay/typeset.h"
#include "overlay/view.h"

namespace perch::overlay {
namespace {

constexpr int frames_per_change = 3;  ///< a press, its release and what follows need different frames

/// Every text that may come on screen: our own words, and what comes from outside.
std::set<std::string> lines_of(const connect::Session& session, const UiState& ui) {
  std::set<std::string> names{ui.trouble, ui.about.config_path, ui.about.summon_refused};
  for (const char* words : words_in(texts_of(ui))) names.insert(words);
  if (session.profile) names.insert(session.profile->username);
  if (session.elsewhere) names.insert({session.elsewhere->name, session.elsewhere->before});
  if (ui.setup) {
    for (const SetupProfile& one : ui.setup->profiles) names.insert(one.name);
    for (const connect::InstanceSummary& one : ui.setup->instances) names.insert(one.alias);
    for (const connect::UserSummary& one : ui.setup->users) names.insert(one.username);
    names.insert(ui.setup->chosen.username);
    if (ui.setup->trouble) names.insert(ui.setup->trouble->message);
    if (ui.setup->tested) names.insert({ui.setup->tested->caller, ui.setup->tested->status});
  }
  if (ui.day)
    for (const StatusTotal& total : ui.day->status_totals) names.insert(total.status);
  if (session.statuses)
    for (const connect::AgentStatus& status : *session.statuses) names.insert(status.name);
  if (session.latest) {
    const connect::AgentSnapshot& agent = session.latest->agent;
    if (agent.status) names.insert(agent.status->name);
    if (agent.next_status) names.insert(agent.next_status->name);
    for (const connect::Contact& c : agent.contacts) {
      names.insert(c.channel);
      names.insert(c.state_text);
    }
  }
  return names;
}

/// The request id of the latest snapshot.
std::string answer_in(const connect::Session& session) {
  return session.latest ? session.latest->request_id : std::string();
}

bool settled(const connect::Session& session) {
  if (!session.latest) return session.trouble.has_value();
  return session.statuses.has_value() || session.statuses_trouble.has_value();
}

}  // namespace

App::App(Window& window, Fonts& fonts, connect::Worker* worker, const FrameLog& log, AppOptions options)
    : window_(window),
      worker_(worker),
      means_(std::move(options.setup)),
      log_(log),
      settings_(std::move(options.settings)),
      folder_(std::move(options.memory_folder)),
      memory_(load_memory(folder_)),
      fonts_(fonts),
      shaped_(Window::textures(), [] { return load_shaper(shaper_file()); }) {
  theme_.fonts = &fonts_;
  theme_.shaped = &shaped_;
  ui_.preferences = settings_.preferences;
  ui_.view = settings_.preferences.view;
  ui_.panel = settings_.panel;
  ui_.simulated = options.simulated;
  ui_.system_language = std::move(options.system_language);
  ui_.about = std::move(options.about);
  ui_.trouble = std::move(options.warning);
  if (!options.notify_program.empty()) notifier_.emplace(std::move(options.notify_program), [] { Window::wake(); });
  ui_.recent = memory_.recent;
  if (const auto kept = load_day(folder_, {ui_.about.user}, local_day(connect::wall_now(), utc_offset())))
    ui_.day = std::make_shared<const DayLog>(*kept);
  grab_shortcut();
  if (!worker_) begin_setup(false);
}

/// Colours and sizes as they should be now. True when they are others.
bool App::restyle() {
  const Preferences& chosen = ui_.preferences;
  Theme theme = theme_;
  theme.palette = &palette_of(chosen.theme, window_.system_dark());
  theme.unit = fitting_.unit_for({chosen.scale.value_or(window_.content_scale()) * chosen.text_size, ui_.view,
                                  ui_.panel, settings_.screenshot ? Area() : window_.work_area()});
  theme.round_ground = settings_.screenshot || window_.composited();  // a picture holds its own transparency
  theme.opacity = theme.round_ground ? chosen.opacity : 1.0F;
  ui_.about.composited = theme.round_ground;
  ui_.about.desktop = !notifier_ || notifier_->available();
  const bool changed = theme.palette != theme_.palette || theme.unit != theme_.unit ||
                       theme.opacity != theme_.opacity || theme.round_ground != theme_.round_ground;
  theme_ = theme;
  return changed;
}

/// Takes the session and presents it. True when a pixel changes.
bool App::look() {
  take_setup();
  const auto session = worker_ ? worker_->session() : std::make_shared<const connect::Session>();
  const bool other_setup = ui_.setup != shown_setup_;
  if (other_setup) shown_setup_ = ui_.setup;
  bool changed = restyle();
  const Texts* text = &texts_of(ui_);
  changed |= std::exchange(text_, text) != text;
  const bool fresh = worker_ ? session != session_ : !session_;
  if (fresh || other_setup || changed) {
    const std::set<std::string> names = lines_of(*session, ui_);
    if (fonts_.ensure(*ImGui::GetIO().Fonts, theme_.unit, glyphs_of(names, means_of(theme_)))) {
      window_.upload_fonts();
      changed = true;
    }
    ui_.without_glyph = unshowable(names, means_of(theme_));
  }
  session_ = fresh ? session : session_;
  if (fresh && worker_) take_session(*session_);
  if (worker_ && (fresh || (reminders_at_ && *reminders_at_ <= connect::mono_now()))) remind_of_what_is_due(*session_);
  Presented shown = present(
      *session_, ui_, {connect::mono_now(), utc_offset(), settings_.clock_step.value_or(std::chrono::seconds(1))});
  next_change_ = shown.next_change;
  if (!changed && shown.view == view_) return false;
  const bool needs_the_agent = shown.view.header.mark.shape == Shape::triangle;
  if (needs_the_agent && view_.header.mark.shape != Shape::triangle && !settings_.screenshot) come_back();
  view_ = std::move(shown.view);
  layout_ = lay_out(view_, theme_);
  if (fitting_.is_too_large(theme_.unit, layout_.width, layout_.height)) return look();  // once more, smaller
  fit();
  return true;
}

void App::fit() {
  window_.resize(static_cast<int>(std::ceil(layout_.width)), static_cast<int>(std::ceil(layout_.height)),
                 layout_.corner);
}

void App::run(const std::atomic<bool>& stop) {
  look();
  frame(connect::mono_now());
  window_.show(memory_.homes);
  int frames = frames_per_change;
  while (!window_.closed() && !stop && !quitting_) {
    const connect::Mono woke = connect::mono_now();
    if (summoned_.exchange(false)) window_.reveal();
    for (const Input& input : window_.take_input()) queue_.push_back(input);
    // Before looking again: a press means what was on the screen when it came.
    while (!queue_.empty()) {  // up to the next press, release or key: each means what is on screen then
      const Input input = queue_.front();
      queue_.pop_front();
      frames = std::max(frames, take(input));
      if (std::holds_alternative<PointerButton>(input) || std::holds_alternative<KeyPressed>(input)) break;
    }
    const auto before = session_;
    if (look()) {
      frames = std::max(frames, session_ == before ? 1 : frames_per_change);
      shows_ = answer_in(*session_) == answer_in(*before) ? std::string() : answer_in(*session_);
    }
    if (window_.take_exposed()) frames = std::max(frames, 1);
    if (!window_.visible()) frames = 0;
    if (frames > 0) {
      frame(woke);
      --frames;
    }
    if (frames > 0 || !queue_.empty()) {
      window_.wait(connect::microseconds(0));
      continue;
    }
    // A file can take longer than a frame: not while somebody waits for an answer.
    if (!session_->ask) save();
    if (const auto at = wakes_at()) {
      window_.wait(std::max(*at - connect::mono_now(), connect::microseconds(1)));
    } else {
      window_.wait(std::nullopt);
    }
  }
  unsaved_ = true;
  save();
}

std::optional<connect::Mono> App::wakes_at() const {
  if (ask_again_at_) return ask_again_at_;
  if (!window_.visible()) return reminders_at_;  // no word of it can be seen
  if (!reminders_at_) return next_change_;
  return next_change_ ? std::min(*next_change_, *reminders_at_) : *reminders_at_;
}

void App::summon() noexcept {
  summoned_ = true;
  Window::wake();
}

const PlacedButton* App::under_pointer() const { return button_at(layout_, ImGui::GetIO().MousePos); }

/// What an input asks of the next frames: how many.
int App::take(const Input& input) {
  const ImGuiIO& io = ImGui::GetIO();
  if (const auto* moved = std::get_if<PointerMoved>(&input)) {
    if (dragging_) {
      window_.drag();
      return 0;
    }
    return point_at(moved->x, moved->y);
  }
  if (std::holds_alternative<PointerLeft>(input)) {
    if (io.MouseDown[0]) return 0;  // the pointer is still ours until the button is let go
    return point_at(-FLT_MAX, -FLT_MAX);
  }
  if (const auto* button = std::get_if<PointerButton>(&input)) {
    press(*button);
    return frames_per_change;
  }
  if (const auto* key = std::get_if<KeyPressed>(&input)) {
    if (const auto intent = intent_of(view_, key->key)) act(*intent);
    return frames_per_change;
  }
  if (std::holds_alternative<DesktopChanged>(input)) return 0;  // look() has seen it
  if (std::holds_alternative<Summoned>(input)) {
    window_.reveal();
    act(TakeKeys{});
    return frames_per_change;
  }
  if (ui_.keys) act(LeaveKeys{});
  return frames_per_change;
}

int App::point_at(float x, float y) {
  const PlacedButton* before = under_pointer();
  ImGui::GetIO().MousePos = {x, y};
  std::string tip = tip_at(layout_, {x, y});
  const bool other_tip = tip != ui_.tip;
  ui_.tip = std::move(tip);
  return other_tip || under_pointer() != before ? frames_per_change : 0;
}

void App::press(const PointerButton& button) {
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {button.x, button.y};
  io.MouseDown[0] = button.down;
  if (!button.down) log_.release(button.at);
  if (button.down) {
    const PlacedButton* under = under_pointer();
    pressed_.reset();
    if (under) pressed_ = Press{under->box, *under->button.does};
    dragging_ = !under;
    if (dragging_) window_.begin_drag(button.x, button.y);
  } else if (const auto pressed = std::exchange(pressed_, std::nullopt)) {
    if (pressed->box.contains(io.MousePos)) act(pressed->intent);
  } else if (std::exchange(dragging_, false)) {
    if (window_.drag())
      keep();
    else if (layout_.open.contains(io.MousePos) && view_.open.does)
      act(*view_.open.does);
  }
}

void App::frame(connect::Mono woke) {
  const connect::Mono now = connect::mono_now();
  // Not what draw returns: ImGui tells of a press when it ends, and the button may mean something else by then.
  window_.frame([&] { (void)draw(view_, layout_, theme_); }, now - std::exchange(last_frame_, now));
  log_.frame(woke, connect::mono_now(), view_, std::exchange(shows_, {}));
  log_.layout(view_, layout_, theme_, window_.place());
}

Picture App::settled_picture(connect::Mono deadline) {
  Picture last;
  for (int equal = 0; equal < 3;) {
    look();
    Picture now = window_.picture([&] { (void)draw(view_, layout_, theme_); });
    const bool same = now == last;
    last = std::move(now);
    const bool over = ui_.setup ? !ui_.setup->busy : settled(*session_);
    equal = over && same ? equal + 1 : (same ? 0 : 1);
    const auto left = deadline - connect::mono_now();
    if (left <= connect::microseconds(0)) break;
    if (!over) window_.wait(left);
  }
  log_.layout(view_, layout_, theme_, {});
  return last;
}

}  // namespace perch::overlay
