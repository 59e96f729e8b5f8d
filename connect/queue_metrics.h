#pragma once
// What Amazon Connect knows about a queue, as values.
#include <optional>
#include <string>

#include "connect/model.h"

namespace perch::connect {

/// One standard queue of an instance (ListQueues).
struct QueueSummary {
  QueueId id;
  std::string name;  ///< empty: not known
  bool operator==(const QueueSummary&) const = default;
};

/// The figures of one queue at one moment (GetCurrentMetricData, grouped by queue). Nothing: Connect could not compute
/// it, or left the queue out. Agents who serve several queues are counted in each.
struct QueueMetrics {
  QueueId queue;
  std::optional<double> in_queue;        ///< CONTACTS_IN_QUEUE
  std::optional<double> oldest_s;        ///< OLDEST_CONTACT_AGE, in seconds
  std::optional<double> online;          ///< AGENTS_ONLINE: not offline
  std::optional<double> staffed;         ///< AGENTS_STAFFED: online and not in a custom status
  std::optional<double> available;       ///< AGENTS_AVAILABLE
  std::optional<double> on_contact;      ///< AGENTS_ON_CONTACT; after contact work and hold are contacts
  std::optional<double> acw_contacts;    ///< AGENTS_AFTER_CONTACT_WORK, which counts contacts and not agents
  std::optional<double> non_productive;  ///< AGENTS_NON_PRODUCTIVE: in a custom status
  std::optional<double> error;           ///< AGENTS_ERROR
  std::optional<double> slots_active;
  std::optional<double> slots_available;
  std::optional<Wall> as_of;  ///< DataSnapshotTime
  bool operator==(const QueueMetrics&) const = default;
};

}  // namespace perch::connect
