// The window alone, on strings: what stdin says is done to it, and what happens to it goes to stdout, a line each.
//   show FILE | hide | reveal | keys | leave | grab WORDS | ask | quit
// FILE is a folder with the window's memory; it is kept on quit. `ask` prints one line of facts.
#include <imgui.h>

#include <cstdio>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "overlay/window.h"
#include "overlay/window_memory.h"

namespace perch::overlay {
namespace {

void say(const std::string& line) {
  std::puts(line.c_str());
  std::fflush(stdout);
}

/// Lines that were read and not yet taken.
class Strings {
 public:
  Strings() : reader_([this] { read(); }) {}
  ~Strings() { reader_.join(); }
  Strings(const Strings&) = delete;
  Strings& operator=(const Strings&) = delete;

  std::vector<std::string> take() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(lines_, {});
  }

 private:
  void read() {
    for (std::string line; std::getline(std::cin, line) && line != "quit";) add(line);
    add("quit");
  }
  void add(const std::string& line) {
    {
      const std::scoped_lock lock(mutex_);
      lines_.push_back(line);
    }
    Window::wake();
  }

  std::mutex mutex_;
  std::vector<std::string> lines_;
  std::thread reader_;
};

class Puppet {
 public:
  explicit Puppet(Window& window) : window_(window) {
    ImGui::GetIO().Fonts->AddFontDefault();
    ImGui::GetIO().Fonts->Build();
    window_.upload_fonts();
  }

  void run() {
    Strings strings;
    while (!quit_) {
      for (const std::string& line : strings.take()) obey(line);
      for (const Input& input : window_.take_input()) tell(input);
      const float scale = window_.content_scale();
      window_.resize(static_cast<int>(320 * scale), static_cast<int>(64 * scale), 10 * scale);
      if (window_.take_exposed() && window_.visible()) draw();
      if (quit_) break;
      window_.wait(std::nullopt);
      ++wakes_;
    }
    memory_.homes = window_.homes();
    if (!folder_.empty()) (void)save_memory(folder_, memory_);
  }

 private:
  void draw() {
    window_.frame([] {}, connect::milliseconds(16));
    ++frames_;
  }

  void obey(const std::string& line) {
    const std::size_t space = line.find(' ');
    const std::string word = line.substr(0, space), rest = space == std::string::npos ? "" : line.substr(space + 1);
    if (word == "show") {
      folder_ = rest;
      memory_ = load_memory(folder_);
      window_.show(memory_.homes);
    } else if (word == "hide") {
      window_.hide();
    } else if (word == "reveal") {
      window_.reveal();
    } else if (word == "keys") {
      window_.take_keys();
    } else if (word == "leave") {
      window_.leave_keys();
    } else if (word == "grab") {
      const auto done = window_.grab_shortcut(rest);
      say(done ? "grabbed" : "refused: " + done.error().message);
    } else if (word == "ask") {
      const auto dark = window_.system_dark();
      const auto idle = window_.user_idle();
      say("facts scale=" + std::to_string(window_.content_scale()) + " dark=" +
          (!dark   ? "?"
           : *dark ? "yes"
                   : "no") +
          " composited=" + (window_.composited() ? "yes" : "no") + " visible=" + (window_.visible() ? "yes" : "no") +
          " idle_ms=" + (idle ? std::to_string(idle->count() / 1000) : "?") + " frames=" + std::to_string(frames_) +
          " wakes=" + std::to_string(wakes_) + " home=" +
          (window_.homes().empty() ? "none"
                                   : std::to_string(window_.homes().front().home.at.x) + "," +
                                         std::to_string(window_.homes().front().home.at.y)));
    } else if (word == "quit") {
      quit_ = true;
    }
    if (word != "ask") say("done " + word);
  }

  void tell(const Input& input) {
    if (std::holds_alternative<DesktopChanged>(input)) say("desktop changed");
    if (std::holds_alternative<Summoned>(input)) say("summoned");
    if (std::holds_alternative<FocusLost>(input)) say("focus lost");
    if (std::holds_alternative<KeyPressed>(input)) say("key");
    if (const auto* button = std::get_if<PointerButton>(&input)) {
      dragging_ = button->down;
      if (dragging_)
        window_.begin_drag(button->x, button->y);
      else
        window_.drag();
    }
    if (std::holds_alternative<PointerMoved>(input) && dragging_) window_.drag();
  }

  Window& window_;
  WindowMemory memory_;
  std::string folder_;
  bool dragging_ = false, quit_ = false;
  int frames_ = 0, wakes_ = 0;
};

}  // namespace
}  // namespace perch::overlay

int main() {
  auto window = perch::overlay::Window::open();
  if (!window) {
    std::fprintf(stderr, "puppet: %s\n", window.error().message.c_str());
    return 2;
  }
  perch::overlay::Puppet(**window).run();
}
