#pragma once
// The whole simulated service without its sockets: a request and the time go in, an answer comes out.
// Order: signature, quota, fault "before", the operation, fault "after". A bad signature is answered as one whatever
// faults are set. One thread.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connect/simulator/clocks.h"
#include "connect/simulator/control.h"
#include "connect/simulator/day.h"
#include "connect/simulator/history.h"
#include "connect/simulator/operations.h"
#include "connect/simulator/quota.h"
#include "connect/simulator/scenario.h"
#include "connect/simulator/signature.h"

namespace perch::simulator {

struct ServiceOptions {
  Scenario scenario = default_scenario();
  Key key;
  bool quota = false;
  connect::milliseconds lag{0};
  bool day = false;
  std::string caller_session{};  ///< beats the scenario's; empty: the scenario's
};

class Service {
 public:
  Service(ServiceOptions options, Wall start);
  Service(const Service&) = delete;  // the world's listener is bound to this one
  Service& operator=(const Service&) = delete;

  Answer answer(const Request& request, PcTime now);
  /// For an answer that ended in `again`, after its wait: now the operation takes effect.
  Answer proceed(const Request& request, const Answer& before, PcTime now);

  const std::string& instance_id() const { return instance_id_; }
  const std::vector<AccountInstance>& account() const { return account_; }
  const World& world() const { return world_; }
  bool has_faults() const { return !faults_.empty(); }

 private:
  void pass_time(Wall now);  // everything that happens by itself until `now`, in its order
  void happen(const ScenarioEvent& event, Wall at);
  Instance instance(Wall now, const std::string& request_id);
  Answer operate(const Request& request, const std::string& operation, const std::string& request_id);
  Answer finished(Answer answer, const std::string& request_id, PcTime now) const;

  ServiceOptions options_;
  Random ids_;
  Random dice_;
  World world_;
  History history_;
  Faults faults_;
  Quota quota_;
  ClockShift clock_;
  RequestLog requests_;
  std::optional<Day> day_;
  std::size_t next_event_ = 0;
  Wall start_;
  Wall passed_;  // how far time has passed in the world
  std::string instance_id_, caller_session_;
  std::vector<AccountInstance> account_;
};

}  // namespace perch::simulator
