#include "overlay/app.h"

#include <cfloat>
#include <cmath>
#include <ctime>

#include "connect/clock.h"
#include "overlay/view.h"

namespace perch::overlay {
namespace {

constexpr int frames_per_change = 3;  ///< a press, its release and what follows need different frames

std::chrono::seconds utc_offset() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return std::chrono::seconds(local.tm_gmtoff);
}

/// Every character that may come on screen: the names Connect sent. Our own words are in the atlas from the start.
std::set<char32_t> points_of(const connect::Session& session) {
  std::set<char32_t> points = own_points();
  if (session.statuses)
    for (const connect::AgentStatus& status : *session.statuses) add_points(status.name, points);
  if (session.latest) {
    const connect::AgentSnapshot& agent = session.latest->agent;
    if (agent.status) add_points(agent.status->name, points);
    if (agent.next_status) add_points(agent.next_status->name, points);
    for (const connect::Contact& c : agent.contacts) {
      add_points(c.channel, points);
      add_points(c.state_text, points);
    }
  }
  return points;
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

App::App(Window& window, Fonts& fonts, connect::Worker& worker, const FrameLog& log, const WindowSettings& settings,
         bool simulated, std::string memory_folder)
    : window_(window),
      worker_(worker),
      log_(log),
      settings_(settings),
      folder_(std::move(memory_folder)),
      memory_(load_memory(folder_)),
      fonts_(fonts) {
  theme_.fonts = &fonts_;
  theme_.palette = settings.preferences.theme == ThemeKind::light ? &light_palette : &dark_palette;
  ui_.view = settings.preferences.view;
  ui_.simulated = simulated;
  ui_.recent = memory_.recent;
}

/// Takes the session and presents it. True when a pixel changes.
bool App::look() {
  const auto session = worker_.session();
  const float unit = settings_.preferences.scale.value_or(window_.content_scale()) * settings_.preferences.text_size;
  const bool composited = settings_.screenshot || window_.composited();  // a picture holds its own transparency
  const float opacity = composited ? settings_.preferences.opacity : 1.0F;
  bool changed = unit != theme_.unit || opacity != theme_.opacity || composited != theme_.round_ground;
  theme_.unit = unit;
  theme_.opacity = opacity;
  theme_.round_ground = composited;
  if (session != session_ || changed) {
    if (fonts_.ensure(*ImGui::GetIO().Fonts, unit, points_of(*session))) {
      window_.upload_fonts();
      changed = true;
    }
    ui_.without_glyph = fonts_.without_glyph();
    session_ = session;
  }
  Presented shown = present(
      *session, ui_, {connect::mono_now(), utc_offset(), settings_.clock_step.value_or(std::chrono::seconds(1))});
  next_change_ = shown.next_change;
  if (!changed && shown.view == view_) return false;
  view_ = std::move(shown.view);
  layout_ = lay_out(view_, theme_);
  fit();
  return true;
}

void App::fit() {
  window_.resize(static_cast<int>(std::ceil(layout_.width)), static_cast<int>(std::ceil(layout_.height)),
                 corner_units * theme_.unit);
}

void App::run(const std::atomic<bool>& stop) {
  look();
  frame(connect::mono_now());
  window_.show(memory_.home);
  int frames = frames_per_change;
  while (!window_.closed() && !stop) {
    const connect::Mono woke = connect::mono_now();
    for (const Input& input : window_.take_input()) queue_.push_back(input);
    const auto before = session_;
    if (look()) {
      frames = std::max(frames, session_ == before ? 1 : frames_per_change);
      shows_ = answer_in(*session_) == answer_in(*before) ? std::string() : answer_in(*session_);
    }
    if (window_.take_exposed()) frames = std::max(frames, 1);
    while (!queue_.empty()) {  // up to the next press, release or key: each means what is on screen then
      const Input input = queue_.front();
      queue_.pop_front();
      frames = std::max(frames, take(input));
      if (std::holds_alternative<PointerButton>(input) || std::holds_alternative<KeyPressed>(input)) break;
    }
    if (frames > 0) {
      frame(woke);
      --frames;
    }
    if (frames > 0 || !queue_.empty()) {
      window_.wait(connect::microseconds(0));
      continue;
    }
    // A file can take longer than a frame: not while somebody waits for an answer.
    if (unsaved_ && !session_->ask) keep();
    if (next_change_) {
      window_.wait(std::max(*next_change_ - connect::mono_now(), connect::microseconds(1)));
    } else {
      window_.wait(std::nullopt);
    }
  }
  keep();
}

const Button* App::under_pointer() const { return button_at(layout_, ImGui::GetIO().MousePos); }

/// What an input asks of the next frames: how many.
int App::take(const Input& input) {
  ImGuiIO& io = ImGui::GetIO();
  if (const auto* moved = std::get_if<PointerMoved>(&input)) {
    if (dragging_) {
      window_.drag();
      return 0;
    }
    const Button* before = under_pointer();
    io.MousePos = {moved->x, moved->y};
    return under_pointer() == before ? 0 : frames_per_change;
  }
  if (std::holds_alternative<PointerLeft>(input)) {
    if (io.MouseDown[0]) return 0;  // the pointer is still ours until the button is let go
    const Button* before = under_pointer();
    io.MousePos = {-FLT_MAX, -FLT_MAX};
    return before ? frames_per_change : 0;
  }
  if (const auto* button = std::get_if<PointerButton>(&input)) {
    press(*button);
    return frames_per_change;
  }
  if (const auto* key = std::get_if<KeyPressed>(&input)) {
    if (const auto intent = intent_of(view_, key->key)) act(*intent);
    return frames_per_change;
  }
  if (ui_.keys) act(LeaveKeys{});
  return frames_per_change;
}

void App::press(const PointerButton& button) {
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {button.x, button.y};
  io.MouseDown[0] = button.down;
  if (!button.down) log_.release(button.at);
  if (button.down) {
    dragging_ = under_pointer() == nullptr;
    if (dragging_) window_.begin_drag(button.x, button.y);
  } else if (std::exchange(dragging_, false)) {
    if (window_.drag())
      keep();
    else if (layout_.open.contains(io.MousePos) && view_.open.does)
      act(*view_.open.does);
  }
}

void App::frame(connect::Mono woke) {
  const connect::Mono now = connect::mono_now();
  const auto draw_and_act = [&] {
    // At once, not after the swap: what was chosen leaves while its frame is still drawn.
    for (const Intent& intent : draw(view_, layout_, theme_)) act(intent);
  };
  window_.frame(draw_and_act, now - std::exchange(last_frame_, now));
  log_.frame(woke, connect::mono_now(), view_, std::exchange(shows_, {}));
  log_.layout(view_, layout_, theme_, window_.place());
}

void App::act(const Intent& intent) {
  if (!std::holds_alternative<AskFirst>(intent)) ui_.ask_first.reset();
  std::visit(connect::overloaded{
                 [&](const Choose& choose) {
                   worker_.post(connect::Chosen{choose.wish, choose.seen_in});
                   if (const auto* status = std::get_if<connect::SetStatus>(&choose.wish)) {
                     remember(memory_, status->id);
                     unsaved_ = true;
                   }
                 },
                 [&](const Show& show) {
                   ui_.view = show.view;
                   ui_.recent = memory_.recent;  // only now: chips must not move under the pointer
                 },
                 [&](const LookAgain&) { worker_.post(connect::Refresh{}); },
                 [&](const ReadMessage&) { worker_.post(connect::OutcomeRead{}); },
                 [&](const AskFirst& ask) { ui_.ask_first = ask.contact; },
                 [&](const TakeKeys&) {
                   ui_.keys = true;
                   window_.take_keys();
                 },
                 [&](const LeaveKeys&) {
                   ui_.keys = false;
                   ui_.focused.clear();
                   window_.leave_keys();
                 },
                 [&](const Focus& focus) { ui_.focused = focus.id; },
             },
             intent);
}

void App::keep() {
  unsaved_ = false;
  if (folder_.empty()) return;
  memory_.home = window_.home();
  (void)save_memory(folder_, memory_);  // losing it costs nothing, and a full disk is no reason to stop
}

Picture App::settled_picture(connect::Mono deadline) {
  Picture last;
  for (int equal = 0; equal < 3;) {
    look();
    Picture now = window_.picture([&] { (void)draw(view_, layout_, theme_); });
    const bool same = now == last;
    last = std::move(now);
    equal = settled(*session_) && same ? equal + 1 : (same ? 0 : 1);
    const auto left = deadline - connect::mono_now();
    if (left <= connect::microseconds(0)) break;
    if (!settled(*session_)) window_.wait(left);
  }
  log_.layout(view_, layout_, theme_, {});
  return last;
}

}  // namespace perch::overlay
