#pragma once
// Internal to the day log: one row of bands, kept short, beside the totals that its time is counted in.
#include <algorithm>
#include <iterator>

#include "overlay/day_log.h"

namespace perch::overlay {

constexpr std::size_t most_bands = 512;
constexpr std::size_t most_totals = 64;

inline bool same(const Band& band, const StatusTotal& total) {
  return band.id.empty() || total.id.empty() ? band.id == total.id && band.status == total.status : band.id == total.id;
}
inline bool same(const Band& band, const ActivityTotal& total) { return band.activity == total.activity; }

inline void note_type(const Band& band, StatusTotal& total) {
  if (band.type != connect::AgentStatusType::unknown) total.type = band.type;  // the list came later
}
inline void note_type(const Band&, ActivityTotal&) {}

inline StatusTotal fresh_total(const Band& band, const StatusTotal&) {
  return {band.id, band.status, band.type, {}, 0};
}
inline ActivityTotal fresh_total(const Band& band, const ActivityTotal&) { return {*band.activity, {}, 0}; }

template <class Total>
void count(std::vector<Total>& totals, Band band, connect::microseconds time, int times) {
  const auto find = [&] {
    return std::find_if(totals.begin(), totals.end(), [&](const Total& t) { return same(band, t); });
  };
  auto total = find();
  if (total == totals.end() && totals.size() + 1 >= most_totals) {  // the last one is for all the rest
    band.id = {};
    band.status.clear();
    band.type = connect::AgentStatusType::unknown;
    total = find();
  }
  if (total == totals.end()) total = totals.insert(totals.end(), fresh_total(band, Total()));
  note_type(band, *total);
  total->time += time;
  total->count += times;
}

/// A row of the log and where its time is counted.
template <class Total>
struct Row {
  std::vector<Band>& bands;
  std::vector<Total>& totals;

  void extend(connect::Wall to) {
    Band& band = bands.back();
    if (to <= band.to) return;
    count(totals, band, to - band.to, 0);
    band.to = to;
  }
  /// The last band ended earlier than it was shown.
  void cut(connect::Wall to) {
    Band& band = bands.back();
    to = std::clamp(to, band.from, band.to);
    const bool nothing_left = to == band.from;
    count(totals, band, to - band.to, nothing_left ? -1 : 0);
    band.to = to;
    if (nothing_left) bands.pop_back();
  }
  void begin(Band band) {
    count(totals, band, band.to - band.from, 1);
    bands.push_back(std::move(band));
    if (bands.size() > most_bands) draw_with_neighbour();
  }

 private:
  bool touch(std::size_t left) const { return bands[left].to == bands[left + 1].from; }
  bool equal(std::size_t left) const {
    return bands[left].id == bands[left + 1].id && bands[left].status == bands[left + 1].status &&
           bands[left].activity == bands[left + 1].activity;
  }
  void join(std::size_t left) {
    bands[left].to = bands[left + 1].to;
    bands.erase(bands.begin() + static_cast<std::ptrdiff_t>(left) + 1);
  }
  /// The shortest band of the older half is drawn as its neighbour; it was counted as what it was.
  void draw_with_neighbour() {
    const auto length = [](const Band& band) { return band.to - band.from; };
    const auto half = bands.begin() + static_cast<std::ptrdiff_t>(bands.size() / 2);
    const auto shortest = std::min_element(std::next(bands.begin()), half,
                                           [&](const Band& a, const Band& b) { return length(a) < length(b); });
    const auto at = static_cast<std::size_t>(shortest - bands.begin());
    if (touch(at - 1)) {
      join(at - 1);
      if (touch(at - 1) && equal(at - 1)) join(at - 1);
    } else if (touch(at)) {
      bands[at + 1].from = bands[at].from;
      bands.erase(shortest);
    } else {
      bands.erase(shortest);  // stands alone: better no picture of it than a gap painted over
    }
  }
};

}  // namespace perch::overlay
