// The module as a host loads it. No simulator: nothing here reaches further than a port nobody listens on.
#include <dlfcn.h>
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>

#include "plugin/perch.h"

namespace {

struct Module {
  void* handle = dlopen(PERCH_MODULE, RTLD_NOW | RTLD_LOCAL);
  const perch_plugin_t* table = nullptr;
  Module() {
    REQUIRE(handle);
    table = entry()(PERCH_ABI_MAJOR);
    REQUIRE(table);
  }
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;
  ~Module() { dlclose(handle); }
  perch_entry_t entry() const { return reinterpret_cast<perch_entry_t>(dlsym(handle, "perch_entry")); }
};

std::atomic<int> callbacks{0};
void PERCH_CALL count_callback(const perch_host_t* /*host*/) { ++callbacks; }

constexpr perch_host_t host = {PERCH_ABI_MAJOR, PERCH_ABI_MINOR, nullptr, count_callback, nullptr};

/// Configured for a port of this machine where nobody listens, with invented keys.
perch_options_t nowhere() {
  setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE", 1);
  setenv("AWS_SECRET_ACCESS_KEY", "example", 1);
  setenv("HOME", "/nonexistent", 1);
  perch_options_t options = {};
  options.instance = "11111111-2222-3333-4444-555555555555";
  options.user = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
  options.region = "eu-west-2";
  options.endpoint_url = "http://127.0.0.1:1";
  return options;
}

}  // namespace

TEST_CASE("another major version is refused, this one is not") {
  const Module module;
  CHECK(module.entry()(PERCH_ABI_MAJOR + 1) == nullptr);
  CHECK(module.entry()(0) == nullptr);
  CHECK(module.entry()(UINT32_MAX) == nullptr);
  CHECK(module.table->abi_major == PERCH_ABI_MAJOR);
  CHECK(module.entry()(PERCH_ABI_MAJOR) == module.table);
  CHECK(module.table->get_extension("perch.nonsense/1") == nullptr);
  CHECK(module.table->get_extension(nullptr) == nullptr);
}

TEST_CASE("the module exports one symbol") {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> nm(popen("nm -D --defined-only " PERCH_MODULE, "r"), pclose);
  REQUIRE(nm);
  std::array<char, 4096> text{};
  const std::string all(text.data(), std::fread(text.data(), 1, text.size(), nm.get()));
  CHECK(all.find(" T perch_entry\n") != std::string::npos);
  CHECK(all.find('\n') + 1 == all.size());
}

TEST_CASE("what cannot be opened says why, within the room it is given") {
  const Module module;
  const perch_plugin_t& perch = *module.table;
  std::array<char, 200> why{};
  CHECK(perch.open(nullptr, nullptr, why.data(), why.size()) == nullptr);
  CHECK(std::string(why.data()).find("host") != std::string::npos);

  perch_host_t wrong = host;
  wrong.abi_major = 7;
  CHECK(perch.open(&wrong, nullptr, why.data(), why.size()) == nullptr);
  wrong = host;
  wrong.request_callback = nullptr;
  CHECK(perch.open(&wrong, nullptr, why.data(), why.size()) == nullptr);

  perch_options_t options = nowhere();
  options.instance = "no id\x1b";
  CHECK(perch.open(&host, &options, why.data(), why.size()) == nullptr);
  CHECK(std::string(why.data()).find("no id") != std::string::npos);
  CHECK(std::string(why.data()).find('\x1b') == std::string::npos);
  std::array<char, 4> small{'x', 'x', 'x', 'x'};
  CHECK(perch.open(&host, &options, small.data(), small.size()) == nullptr);
  CHECK(std::string(small.data()).size() == 3);
  CHECK(perch.open(&host, &options, nullptr, 0) == nullptr);
  CHECK(perch.open(&host, &options, small.data(), 0) == nullptr);

  options = nowhere();
  options.poll_s = -3;
  CHECK(perch.open(&host, &options, why.data(), why.size()) == nullptr);
}

TEST_CASE("null is survived everywhere") {
  const Module module;
  const perch_plugin_t& perch = *module.table;
  perch.close(nullptr);
  perch.on_main_thread(nullptr);
  CHECK(perch.next_event(nullptr, nullptr) == 0);
  CHECK(perch.snapshot(nullptr) == nullptr);
  CHECK(perch.set(nullptr, "Lunch") == 0);
  CHECK(perch.next(nullptr, nullptr) == 0);
  CHECK(perch.cancel_next(nullptr) == 0);
  CHECK(perch.clear(nullptr, nullptr) == 0);
}

TEST_CASE("an agent that cannot be reached: no snapshot, refusals by ticket, and it closes") {
  const Module module;
  const perch_plugin_t& perch = *module.table;
  const perch_options_t options = nowhere();
  for (int round = 0; round < 2; ++round) {
    perch_agent_t* agent = perch.open(&host, &options, nullptr, 0);
    REQUIRE(agent);
    const uint64_t ticket = perch.set(agent, "Lunch");
    CHECK(ticket != 0);
    CHECK(perch.set(agent, nullptr) == 0);
    CHECK(perch.clear(agent, "\xff\xfe") == ticket + 1);
    perch.on_main_thread(agent);
    CHECK(perch.snapshot(agent) == nullptr);
    CHECK(perch.next_event(agent, nullptr) == 0);
    perch_event_t event = {};
    REQUIRE(perch.next_event(agent, &event) == 1);
    CHECK(event.kind == PERCH_EVENT_OUTCOME);
    CHECK(event.ticket == ticket);
    CHECK(event.verdict == PERCH_REFUSED);
    CHECK(std::string(event.text).find("Lunch") != std::string::npos);
    CHECK(event.request_id == nullptr);
    REQUIRE(perch.next_event(agent, &event) == 1);
    CHECK(event.ticket == ticket + 1);
    CHECK(perch.next_event(agent, &event) == 0);
    CHECK(callbacks > 0);
    perch.close(agent);
  }
}

TEST_CASE("another thread can do nothing") {
  const Module module;
  const perch_plugin_t& perch = *module.table;
  const perch_options_t options = nowhere();
  perch_agent_t* agent = perch.open(&host, &options, nullptr, 0);
  REQUIRE(agent);
  std::thread([&] {
    perch_event_t event = {};
    CHECK(perch.set(agent, "Lunch") == 0);
    CHECK(perch.next_event(agent, &event) == 0);
    perch.on_main_thread(agent);
    perch.close(agent);  // must not: the main thread still has it
  }).join();
  CHECK(perch.cancel_next(agent) != 0);
  perch.close(agent);
}

TEST_CASE("two agents at once, and the module goes while the network is still being tried") {
  const Module module;
  const perch_options_t options = nowhere();
  perch_agent_t* one = module.table->open(&host, &options, nullptr, 0);
  perch_agent_t* two = module.table->open(&host, &options, nullptr, 0);
  REQUIRE(one);
  REQUIRE(two);
  module.table->close(one);
  module.table->close(two);
}
