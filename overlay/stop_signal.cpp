#include "overlay/stop_signal.h"

#include <csignal>

namespace perch::overlay {
namespace {

sigset_t stopping() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
  return set;
}

}  // namespace

StopSignal::StopSignal() {
  const sigset_t set = stopping();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

void StopSignal::listen(std::function<void()> stop) {
  waits_ = std::thread([this, stop = std::move(stop)] {
    const sigset_t set = stopping();
    int signal = 0;
    while (sigwait(&set, &signal) != 0) continue;
    if (done_.exchange(true)) return;
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);  // if closing hangs, the next one ends the process
    stop();
  });
}

StopSignal::~StopSignal() {
  if (!waits_.joinable()) return;
  if (!done_.exchange(true)) pthread_kill(waits_.native_handle(), SIGHUP);  // to that thread, which takes it
  waits_.join();
}

}  // namespace perch::overlay
