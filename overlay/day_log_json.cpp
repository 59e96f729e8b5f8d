// The day in the state folder's form. Bands name their total by its place in the list, and times count from the log's
// begin, so that a day stays small. Whatever is read may be anybody's: one thing wrong, and the day begins anew.
#include <algorithm>
#include <array>

#include "overlay/day_row.h"

namespace perch::overlay {

using connect::Activity;
using connect::AgentStatusType;
using connect::Json;
using connect::Wall;
using std::chrono::microseconds;

namespace {

constexpr std::int64_t version = 1;
constexpr std::size_t longest_text = 512;                               // Connect's own limit is 127 characters
constexpr std::int64_t longest_day = 26 * std::int64_t{3'600'000'000};  // 25 h when the clock goes back
constexpr std::int64_t latest_begin = std::int64_t{1} << 52U;           // the year 2112
constexpr std::int64_t most_times = 1'000'000;

constexpr std::array<AgentStatusType, 4> types{AgentStatusType::routable, AgentStatusType::custom,
                                               AgentStatusType::offline, AgentStatusType::unknown};
constexpr std::array<std::string_view, 4> type_names{"ROUTABLE", "CUSTOM", "OFFLINE", ""};
constexpr std::array<Activity, 9> activities{
    Activity::error,    Activity::missed, Activity::rejected,  Activity::on_contact, Activity::after_contact_work,
    Activity::incoming, Activity::custom, Activity::available, Activity::offline};

// ---- writing -------------------------------------------------------------------------------------------------------

std::string clipped(const std::string& text) { return text.substr(0, longest_text); }

Json written(const StatusTotal& total) {
  const auto type = std::find(types.begin(), types.end(), total.type) - types.begin();
  return Json::object({{"id", clipped(total.id.value)},
                       {"name", clipped(total.status)},
                       {"type", type_names[static_cast<std::size_t>(type)]},
                       {"time_us", total.time.count()},
                       {"count", total.count}});
}
Json written(const ActivityTotal& total) {
  return Json::object(
      {{"activity", connect::to_text(total.activity)}, {"time_us", total.time.count()}, {"count", total.count}});
}

template <class Total>
Json written(const std::vector<Total>& totals) {
  Json::Array items;
  for (const Total& total : totals) items.push_back(written(total));
  return Json(std::move(items));
}

/// [total, from, to, already]
template <class Total>
Json written(const std::vector<Band>& bands, const std::vector<Total>& totals, Wall begin) {
  Json::Array items;
  for (const Band& band : bands) {
    auto total = std::find_if(totals.begin(), totals.end(), [&](const Total& t) { return same(band, t); });
    if (total == totals.end()) --total;  // the last one is for all the rest
    items.push_back(Json::array({static_cast<std::int64_t>(total - totals.begin()), (band.from - begin).count(),
                                 (band.to - begin).count(), band.already}));
  }
  return Json(std::move(items));
}

// ---- reading -------------------------------------------------------------------------------------------------------

/// Remembers whether anything was not as it is written; what was not reads as zero or empty.
class Reader {
 public:
  bool good() const { return good_; }

  std::int64_t whole(const Json* value, std::int64_t low, std::int64_t high) {
    const auto number = value ? value->integer() : std::nullopt;
    good_ = good_ && number && *number >= low && *number <= high;
    return good_ ? *number : 0;
  }
  std::string text(const Json& object, std::string_view name) {
    const std::string* text = object.text_at(name);
    good_ = good_ && text && text->size() <= 6 * longest_text;  // bytes that are no UTF-8 were written as three
    return good_ ? *text : std::string();
  }
  const Json::Array& list(const Json& object, std::string_view name, std::size_t most) {
    static const Json::Array none;
    const Json* value = object.find(name);
    good_ = good_ && value && value->items() && value->items()->size() <= most;
    return good_ ? *value->items() : none;
  }
  template <class Values, class Names>
  auto one_of(const std::string& text, const Values& values, const Names& name_of) {
    const auto found = std::find_if(values.begin(), values.end(), [&](auto value) { return name_of(value) == text; });
    good_ = good_ && found != values.end();
    return good_ ? *found : values.front();
  }
  void want(bool so) { good_ = good_ && so; }

 private:
  bool good_ = true;
};

void read(Reader& reader, const Json& json, StatusTotal& total) {
  total.id.value = reader.text(json, "id");
  total.status = reader.text(json, "name");
  total.type = reader.one_of(reader.text(json, "type"), types, [](AgentStatusType type) {
    return type_names[static_cast<std::size_t>(std::find(types.begin(), types.end(), type) - types.begin())];
  });
}
void read(Reader& reader, const Json& json, ActivityTotal& total) {
  total.activity =
      reader.one_of(reader.text(json, "activity"), activities, [](Activity a) { return connect::to_text(a); });
}

void describe(Band& band, const StatusTotal& total) {
  band.id = total.id;
  band.status = total.status;
  band.type = total.type;
}
void describe(Band& band, const ActivityTotal& total) { band.activity = total.activity; }

/// Totals and bands of one row.
template <class Total>
void read_row(Reader& reader, const Json& json, std::string_view totals_name, std::string_view bands_name, Wall begin,
              microseconds length, std::vector<Total>& totals, std::vector<Band>& bands) {
  microseconds counted{};
  for (const Json& item : reader.list(json, totals_name, most_totals)) {
    Total total;
    read(reader, item, total);
    total.time = microseconds(reader.whole(item.find("time_us"), 0, length.count()));
    total.count = static_cast<int>(reader.whole(item.find("count"), 0, most_times));
    counted += total.time;
    totals.push_back(std::move(total));
  }
  microseconds drawn{};
  std::int64_t end = 0;
  for (const Json& item : reader.list(json, bands_name, most_bands)) {
    const Json::Array* parts = item.items();
    reader.want(parts && parts->size() == 4 && (*parts)[3].boolean() && !totals.empty());
    if (!reader.good()) return;
    const auto total = reader.whole(&(*parts)[0], 0, static_cast<std::int64_t>(totals.size()) - 1);
    const auto from = reader.whole(&(*parts)[1], end, length.count());
    end = reader.whole(&(*parts)[2], from, length.count());
    Band band;
    describe(band, totals[static_cast<std::size_t>(total)]);
    band.from = begin + microseconds(from);
    band.to = begin + microseconds(end);
    band.already = *(*parts)[3].boolean();
    drawn += band.to - band.from;
    bands.push_back(std::move(band));
  }
  reader.want(drawn <= counted && counted <= length);
}

}  // namespace

Json to_json(const DayLog& log) {
  return Json::object({{"version", version},
                       {"user", clipped(log.user.value)},
                       {"day", log.day},
                       {"begin_us", log.begin.time_since_epoch().count()},
                       {"until_us", (log.until - log.begin).count()},
                       {"absent_until_us", (std::max(log.absent_until, log.begin) - log.begin).count()},
                       {"statuses", written(log.status_totals)},
                       {"activities", written(log.activity_totals)},
                       {"status_bands", written(log.statuses, log.status_totals, log.begin)},
                       {"activity_bands", written(log.activities, log.activity_totals, log.begin)}});
}

std::optional<DayLog> day_log_of(const Json& json) {
  Reader reader;
  DayLog log;
  reader.whole(json.find("version"), version, version);
  log.user.value = reader.text(json, "user");
  log.begin = Wall(microseconds(reader.whole(json.find("begin_us"), 0, latest_begin)));
  const std::int64_t utc_day = std::chrono::floor<std::chrono::days>(log.begin).time_since_epoch().count();
  log.day = reader.whole(json.find("day"), utc_day - 1, utc_day + 1);
  const microseconds length(reader.whole(json.find("until_us"), 0, longest_day));
  log.until = log.begin + length;
  log.absent_until = log.begin + microseconds(reader.whole(json.find("absent_until_us"), 0, length.count()));
  read_row(reader, json, "statuses", "status_bands", log.begin, length, log.status_totals, log.statuses);
  read_row(reader, json, "activities", "activity_bands", log.begin, length, log.activity_totals, log.activities);
  return reader.good() ? std::optional(std::move(log)) : std::nullopt;
}

}  // namespace perch::overlay
