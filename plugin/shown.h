#pragma once
// A session as the C structs of the ABI. Owns everything they point to.
#include <memory>
#include <vector>

#include "connect/session.h"
#include "plugin/perch.h"

namespace perch::plugin {

class Shown {
 public:
  /// `session` must have a snapshot.
  Shown(std::shared_ptr<const connect::Session> session, connect::Mono now);
  // The structs point into this object.
  Shown(const Shown&) = delete;
  Shown& operator=(const Shown&) = delete;

  const perch_snapshot_t& snapshot() const { return snapshot_; }

 private:
  std::shared_ptr<const connect::Session> session_;
  std::vector<perch_contact_t> contacts_;
  std::vector<perch_status_t> statuses_;
  perch_snapshot_t snapshot_{};
};

}  // namespace perch::plugin
