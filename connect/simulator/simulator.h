#pragma once
// A simulated Amazon Connect on a loopback port, in this process: what `perch simulate` serves and `--demo` talks to.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connect/json.h"
#include "connect/model.h"
#include "connect/result.h"
#include "connect/time.h"

namespace perch::simulator {

struct SimulatorOptions {
  std::uint16_t port = 0;               ///< 0: any free one
  std::string scenario;                 ///< JSON text; empty: the default one
  std::string scenario_file;            ///< its name in error messages
  bool quota = false;                   ///< count request quotas
  connect::milliseconds lag{0};         ///< reads trail writes by this much
  std::optional<std::uint64_t> seed{};  ///< nothing: the scenario's
  bool day = false;                     ///< traffic by itself
  std::string caller_session{};         ///< of the assumed role the key belongs to; empty: the scenario's
};

/// What a client needs to know.
struct Announcement {
  struct User {
    connect::UserId id;
    std::string username;
  };
  struct Queue {
    connect::QueueId id;
    std::string name;
  };
  std::string endpoint_url;  ///< http://127.0.0.1:PORT
  std::string region;
  connect::InstanceId instance_id;
  std::string instance_alias;
  std::string access_key_id, secret_access_key;  ///< invented, random for each run
  std::vector<User> users;
  std::vector<connect::AgentStatus> statuses;
  std::vector<Queue> queues;
};

connect::Json to_json(const Announcement& announcement);

class Simulator {
 public:
  /// Listens when it returns. Code::usage for a bad scenario ("FILE:LINE: reason") or a port that is taken.
  static connect::Result<std::unique_ptr<Simulator>> start(const SimulatorOptions& options);
  ~Simulator();  ///< stops and joins
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  const Announcement& announcement() const { return announcement_; }  ///< [thread-safe]

 private:
  struct Running;
  Simulator();
  Announcement announcement_;
  std::unique_ptr<Running> running_;
};

}  // namespace perch::simulator
