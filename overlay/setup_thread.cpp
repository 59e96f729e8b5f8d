#include "overlay/setup_thread.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <list>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "connect/clock.h"
#include "connect/wire.h"
#include "overlay/find_place.h"

namespace perch::overlay {
namespace {

using What = SetupJob::What;

constexpr std::chrono::seconds patience{20};  ///< for one job: long lists, and a sign-in program that wants a moment

/// What a look at the chosen agent shows. Who calls is told where it can be; that it cannot is no failure.
connect::Result<SetupTested> tested(const Target& target, const Asking& asking) {
  SetupTested seen;
  const connect::Mono asked_at = connect::mono_now();
  const auto answer = asking.connect(connect::user_data(target.instance, std::array{target.user}));
  if (!answer) return answer.error();
  seen.took = std::chrono::ceil<connect::milliseconds>(connect::mono_now() - asked_at);
  const auto page = connect::parse_user_data(*answer);
  if (!page) return page.error();
  for (const connect::AgentSnapshot& agent : page->agents)
    if (agent.user == target.user && agent.status) seen.status = agent.status->name;
  const auto session = asking.who();
  if (session) seen.caller = *session;
  if (seen.caller.empty())
    if (const auto credentials = target.credentials(connect::wall_now())) seen.caller = credentials->origin;
  return seen;
}

void find(Target& target, const Asking& asking, const std::string& folder, SetupFound& found) {
  const auto place = find_place(target, Needs::agent, asking, folder);
  found.choice.instance = target.instance;
  found.choice.alias = target.alias;
  found.choice.user = target.user;
  found.choice.username = target.username;
  if (!place) found.trouble = place.error();
}

/// Everybody; where the list is not for us, at least who is called like the caller.
void list_users(const Target& target, const Asking& asking, SetupFound& found) {
  if (const auto session = asking.who()) found.session = *session;
  auto all = connect::all_users(asking.connect, target.instance);
  if (all) {
    found.users = *std::move(all);
    return;
  }
  const auto caller = connect::find_caller(asking.connect, target.instance, found.session);
  if (caller)
    found.users = {*caller};
  else
    found.trouble = all.error();
}

void look(What what, Target& target, const Asking& asking, const std::string& folder, SetupFound& found) {
  const auto keep = [&found](auto answer, auto& where) {
    if (answer)
      where = *std::move(answer);
    else
      found.trouble = answer.error();
  };
  switch (what) {
    case What::find:
      return find(target, asking, folder, found);
    case What::instances:
      keep(connect::all_instances(asking.connect), found.instances);
      if (found.trouble && found.trouble->code == connect::Code::denied)
        found.trouble->message += " (perch --instance ID does without)";
      return;
    case What::users:
      return list_users(target, asking, found);
    case What::test:
      return keep(tested(target, asking), found.tested);
  }
}

SetupFound done(const SetupJob& job, const SetupThread::Configure& configure, const Log& log, const std::string& folder,
                const std::stop_token& stop) {
  SetupFound found;
  found.serial = job.serial;
  found.choice = job.choice;
  const auto config = configure(job.choice);
  if (!config) {
    found.trouble = config.error();
    return found;
  }
  Target target = config->target;
  // What is being signed in to may wait for a program or a browser: it is given up with the job.
  const std::stop_callback give_up(stop, [&target] {
    if (target.credentials_stop.stop_possible()) target.credentials_stop.request_stop();
  });
  const Asking asking = ask_about(target, log, connect::mono_now() + patience, stop);
  look(job.what, target, asking, folder, found);
  return found;
}

}  // namespace

struct SetupThread::Room {
  struct Running {
    std::atomic<bool> over = false;
    std::jthread thread;
  };

  Configure configure;
  Log log;
  std::string folder;
  std::function<void()> wake;
  std::mutex mutex;  // guards the next
  std::vector<SetupFound> found;
  std::list<Running> running;  // last: joined before the rest goes
};

SetupThread::SetupThread(Configure configure, Log log, std::string folder, std::function<void()> wake)
    : room_(std::make_unique<Room>()) {
  room_->configure = std::move(configure);
  room_->log = std::move(log);
  room_->folder = std::move(folder);
  room_->wake = std::move(wake);
}

SetupThread::~SetupThread() {
  for (Room::Running& one : room_->running) one.thread.request_stop();
}

void SetupThread::start(const SetupJob& job) {
  room_->running.remove_if([](const Room::Running& one) { return one.over.load(); });
  for (Room::Running& one : room_->running) one.thread.request_stop();
  Room::Running& fresh = room_->running.emplace_back();
  fresh.thread = std::jthread([room = room_.get(), job, &fresh](const std::stop_token& stop) {
    SetupFound found = done(job, room->configure, room->log, room->folder, stop);
    if (!stop.stop_requested()) {
      {
        std::scoped_lock lock(room->mutex);
        room->found.push_back(std::move(found));
      }
      room->wake();
    }
    fresh.over = true;
  });
}

std::vector<SetupFound> SetupThread::take() {
  std::scoped_lock lock(room_->mutex);
  return std::exchange(room_->found, {});
}

}  // namespace perch::overlay
