#pragma once
// What this process may ask of each operation. Connect's limits (by default 2 a second, 5 at once, for most operations)
// are the whole account's, so one desktop takes half of a rate at the most for what it reads, whatever a person, a
// script or a storm of hints wants of it. What a person sends is rare, and may take all of it for a moment.
#include <array>
#include <cstddef>
#include <optional>

#include "connect/time.h"

namespace perch::connect {

enum class Operation : std::size_t { user_data, list_statuses, describe_user, put_status, dismiss };
constexpr std::size_t operation_count = 5;

struct Allowance {
  double per_second = 1;  ///< of reads; writes may be twice as many
  double burst = 5;       ///< at once, after a rest; at least 1
  bool operator==(const Allowance&) const = default;
};

/// A bucket of tokens for each operation.
struct Budget {
  struct Bucket {
    double left = 0;
    Mono at{};
    bool operator==(const Bucket&) const = default;
  };
  Allowance allowance;
  std::array<std::optional<Bucket>, operation_count> buckets;  ///< nothing: full
  bool operator==(const Budget&) const = default;
};

double rate_of(const Allowance& allowance, Operation operation);

/// When a request may leave so that `spare` more may follow at once: `now`, or later.
Mono may_leave_at(const Budget& budget, Operation operation, Mono now, int spare = 0);

/// One left at `now`.
void spend(Budget& budget, Operation operation, Mono now);

}  // namespace perch::connect
