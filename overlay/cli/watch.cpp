#include <algorithm>

#include "connect/clock.h"
#include "connect/drive.h"
#include "overlay/clean_text.h"
#include "overlay/cli/commands.h"
#include "overlay/cli/complaint.h"
#include "overlay/cli/interrupt.h"
#include "overlay/cli/output.h"
#include "overlay/cli/print_json.h"
#include "overlay/cli/print_text.h"
#include "overlay/cli/read.h"

namespace perch::overlay::cli {
namespace {

using connect::Json;
using connect::Session;

/// After credentials were rejected the session asks no more by itself; somebody may renew them.
constexpr std::chrono::seconds between_refused{60};

/// Prints changes and only changes.
class ChangeLog {
 public:
  explicit ChangeLog(bool json) : json_(json) {}

  /// False: nobody reads any more.
  bool note(const Session& session) {
    complain_once(session);
    if (!session.latest || !session.statuses) return true;
    Json now = lasting_json(session);
    if (printed_ == now) return true;
    printed_ = std::move(now);
    return write_line(json_ ? clean_json(connect::to_text(snapshot_json(session)))
                            : watch_line(session, local_time_of_day));
  }

 private:
  /// An error that stays the same is said once; one that went away and comes back is said again.
  void complain_once(const Session& session) {
    if (session.trouble && (!trouble_ || trouble_->message != session.trouble->message))
      complain(complaint("status --watch", *session.trouble));
    trouble_ = session.trouble;
  }

  bool json_;
  Json printed_;
  std::optional<connect::Error> trouble_;
};

}  // namespace

ExitCode watch_status(const Call& call) {
  on_interrupt(0, nullptr);
  auto source = open_source(call);
  if (!source) return fail("status --watch", source.error());
  // The first look is the same as without --watch, and may fail the same way; after it nothing ends a watch.
  auto first = read_session(session_options(call), **source, call);
  if (!first) return fail("status --watch", first.error());
  ChangeLog changes(call.json);
  bool read = changes.note(*first);
  Session session = std::move(*first);
  session.options.polls = true;
  connect::Event event = connect::Refresh{};
  while (read) {
    const connect::Mono until = connect::mono_now() + between_refused;
    const auto changed = [&](const Session& s) { return !(read = changes.note(s)); };
    session = connect::drive(std::move(session), **source, event, changed, until, decision_log(call.log));
    event = session.halted ? connect::Event(connect::Refresh{}) : connect::Event(connect::Tick{});
  }
  return ExitCode::done;
}

}  // namespace perch::overlay::cli
