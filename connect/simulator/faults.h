#pragma once
// Faults on demand: one for each operation, or one for all.
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "connect/json.h"
#include "connect/result.h"
#include "connect/simulator/random.h"
#include "connect/simulator/request.h"

namespace perch::simulator {

struct Fault {
  enum class Mode {
    throttle,
    http_500,
    http_502_html,
    drop,
    stall,
    truncate,
    garbage,
    expired_token,
    access_denied,
    slow
  };
  std::string operation = "*";
  Mode mode = Mode::drop;
  double rate = 1;                    ///< how likely each request meets it
  std::optional<std::int64_t> count;  ///< meets only so many
  bool after = false;                 ///< the operation takes effect, then the fault shows instead of its answer
  std::string code;                   ///< another error code than the mode's own
  std::optional<int> http_status;     ///< another HTTP status than the mode's own
  connect::milliseconds latency{0};
};

/// The fault a control request asks for; Code::usage with the reason otherwise.
connect::Result<Fault> read_fault(const connect::Json& body);
connect::Json to_json(const Fault& fault);

class Faults {
 public:
  void set(Fault fault);  ///< replaces the one of the same operation
  void clear() { faults_.clear(); }
  bool empty() const { return faults_.empty(); }
  /// The fault this request meets, counted off. An operation's own fault stands before that of "*".
  std::optional<Fault> meet(const std::string& operation, Random& dice);
  connect::Json report() const;

 private:
  std::map<std::string, Fault> faults_;
};

/// What shows of a fault. `whole` is the operation's own answer, for the modes that spoil it.
Answer spoiled(const Fault& fault, Answer whole);

}  // namespace perch::simulator
