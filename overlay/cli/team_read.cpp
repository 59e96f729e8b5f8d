#include "overlay/cli/team_read.h"

#include <algorithm>

#include "connect/clock.h"
#include "connect/locate.h"
#include "connect/paced.h"
#include "overlay/cli/output.h"
#include "overlay/own_file.h"

namespace perch::overlay::cli {
namespace {

using connect::Code;
using connect::Done;
using connect::Mono;
using connect::Result;

/// Queues and statuses are made and renamed seldom; somebody who is new to the list of users is asked for as seldom.
constexpr std::chrono::minutes names_last{10};

std::string usernames_file(const std::string& folder) { return folder + "/usernames.json"; }

Target with_logged_credentials(const Call& call) {
  Target target = call.config.target;
  target.credentials = logged(target.credentials, call.log);
  return target;
}

bool is_queue_id(std::string_view text) {
  return text.size() == 36 && text.find_first_not_of("0123456789abcdefABCDEF-") == std::string_view::npos;
}

}  // namespace

TeamReader::TeamReader(const Call& call, TeamQuestion question)
    : target_(with_logged_credentials(call)),
      question_(std::move(question)),
      folder_(state_folder(surroundings().env)),
      asking_(ask_about(target_, call.log, call.deadline, {}, folder_)) {
  const connect::AskConnect timed = [this](connect::HttpRequest request) {
    const Mono asked = connect::mono_now();
    auto answer = asking_.connect(std::move(request));
    if (const std::string* text = answer ? connect::header(*answer, "date") : nullptr)
      if (const auto date = connect::http_date(*text))
        clock_ = connect::learnt(clock_, asked, connect::mono_now(), *date);
    return answer;
  };
  ask_ = connect::paced(timed, {}, asking_.pause, connect::mono_now);
}

Result<connect::Team> TeamReader::look(Mono deadline) {
  asking_.until(deadline);
  if (!names_at_ || connect::mono_now() - *names_at_ >= names_last)
    if (const auto read = read_names(); !read) return read.error();
  connect::Team team;
  team.queues = queues_;
  team.statuses = statuses_;
  auto metrics = connect::metrics_of(ask_, target_.instance, queues_);
  if (!metrics) {
    // A queue may be gone: the next look asks which there are.
    if (metrics.error().code == Code::not_found || metrics.error().code == Code::invalid) names_at_.reset();
    return metrics.error();
  }
  team.metrics = *std::move(metrics);
  if (question_.agents)
    if (const auto read = read_agents(team); !read) return read.error();
  team.fetched_at = connect::wall_now();
  team.server_time = connect::server_time(clock_, connect::mono_now());
  if (question_.agents) name_agents(team);
  return team;
}

void TeamReader::sleep(connect::milliseconds length) {
  asking_.until(connect::mono_now() + length + std::chrono::seconds(1));
  static_cast<void>(asking_.pause(length));
}

Result<Done> TeamReader::read_names() {
  auto queues = chosen_queues();
  if (!queues) return queues.error();
  queues_ = *std::move(queues);
  if (question_.agents) {
    auto statuses = connect::all_statuses(ask_, target_.instance);
    if (!statuses) return statuses.error();
    statuses_ = *std::move(statuses);
  }
  names_at_ = connect::mono_now();
  return Done{};
}

Result<std::vector<connect::QueueSummary>> TeamReader::chosen_queues() {
  auto all = connect::all_queues(ask_, target_.instance);
  const auto& named = question_.queues;
  const bool ids = !named.empty() && std::all_of(named.begin(), named.end(), is_queue_id);
  if (!all && !(ids && all.error().code == Code::denied)) return all.error();
  if (named.empty()) return *all;
  std::vector<connect::QueueSummary> chosen;
  const auto add = [&](connect::QueueSummary one) {
    const auto same = [&](const connect::QueueSummary& other) { return other.id == one.id; };
    if (std::none_of(chosen.begin(), chosen.end(), same)) chosen.push_back(std::move(one));
  };
  if (!all) {  // ids are enough for figures; nobody tells the names
    for (const std::string& id : named) add({{id}, {}});
    return chosen;
  }
  if (queues_.empty()) {
    for (const std::string& text : named) {
      auto one = connect::queue_named(*all, text);
      if (!one) return one.error();
      add(*std::move(one));
    }
    return chosen;
  }
  // Once chosen a queue is known by its id, whatever it is called now.
  for (const connect::QueueSummary& old : queues_) {
    const auto same = [&](const connect::QueueSummary& other) { return other.id == old.id; };
    const auto at = std::find_if(all->begin(), all->end(), same);
    add(at == all->end() ? old : *at);
  }
  return chosen;
}

Result<Done> TeamReader::read_agents(connect::Team& team) {
  auto agents = connect::agents_of(ask_, target_.instance, queues_);
  if (!agents) return agents.error();
  team.agents = *std::move(agents);
  return Done{};
}

void TeamReader::name_agents(connect::Team& team) {
  const connect::Usernames wanted{target_.endpoint, target_.region, target_.instance, {}, {}};
  const connect::Wall now = connect::wall_now();
  if (!connect::are_good(users_, wanted, now) && !folder_.empty())
    if (const auto text = read_own_file(usernames_file(folder_), connect::max_usernames_bytes))
      users_ = connect::usernames_in(*text);
  if (!connect::are_good(users_, wanted, now)) users_ = wanted;
  const auto is_new = [&](const connect::AgentSnapshot& agent) { return !users_.names.contains(agent.user); };
  const bool may_ask =
      (!users_tried_at_ || connect::mono_now() - *users_tried_at_ >= names_last) && now - users_.at >= names_last;
  if (may_ask && std::any_of(team.agents.begin(), team.agents.end(), is_new)) {
    users_tried_at_ = connect::mono_now();
    if (auto all = connect::all_users(ask_, target_.instance)) {
      users_ = wanted;
      users_.at = now;
      for (connect::UserSummary& user : *all) users_.names.emplace(user.id, std::move(user.username));
      // A memory that is lost costs one more question.
      if (!folder_.empty()) static_cast<void>(replace_own_file(usernames_file(folder_), connect::to_text(users_)));
    } else {
      complain("usernames are not known, ids stand for them: " + all.error().message);
    }
  }
  for (const connect::AgentSnapshot& agent : team.agents)
    if (const auto at = users_.names.find(agent.user); at != users_.names.end()) team.usernames.insert(*at);
  connect::sort_agents(team);
}

}  // namespace perch::overlay::cli
