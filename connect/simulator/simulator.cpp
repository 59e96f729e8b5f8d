#include "connect/simulator/simulator.h"

#include "connect/clock.h"
#include "connect/simulator/digest.h"
#include "connect/simulator/server.h"
#include "connect/simulator/service.h"
#include "connect/simulator/wire_names.h"

namespace perch::simulator {
namespace {

using connect::Json;

PcTime pc_time() { return {connect::wall_now(), connect::mono_now()}; }

std::string access_key_id() {
  std::string id = "AKIA";
  for (char c : random_text(16)) {
    bool letter = (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7');
    id += letter ? c : static_cast<char>('A' + static_cast<unsigned char>(c) % 26);
  }
  return id;
}

}  // namespace

struct Simulator::Running {
  Service service;
  std::unique_ptr<Server> server;  // after the service it calls: stopped first
};

Simulator::Simulator() = default;
Simulator::~Simulator() = default;

connect::Result<std::unique_ptr<Simulator>> Simulator::start(const SimulatorOptions& options) {
  ServiceOptions service;
  if (!options.scenario.empty()) {
    auto read = read_scenario(options.scenario, options.scenario_file);
    if (!read) return read.error();
    service.scenario = *std::move(read);
  }
  if (options.seed) service.scenario.seed = *options.seed;
  service.key = {access_key_id(), random_text(40), "eu-central-1"};
  service.quota = options.quota;
  service.lag = options.lag;
  service.day = options.day;
  service.caller_session = options.caller_session;

  std::unique_ptr<Simulator> simulator(new Simulator());
  // NOLINTNEXTLINE(modernize-make-unique): an aggregate, which clang 14 does not make in parentheses
  simulator->running_.reset(new Running{Service(service, pc_time().wall), nullptr});
  Service& core = simulator->running_->service;
  auto server = Server::start(
      options.port,
      {[&core](const Request& request) { return core.answer(request, pc_time()); },
       [&core](const Request& request, const Answer& before) { return core.proceed(request, before, pc_time()); },
       [&core] { return core.has_faults(); }});
  if (!server) return server.error();

  Announcement& said = simulator->announcement_;
  said.endpoint_url = "http://127.0.0.1:" + std::to_string((*server)->port());
  said.region = service.key.region;
  said.instance_id = {core.instance_id()};
  said.instance_alias = core.account().front().alias;
  said.access_key_id = service.key.access_key_id;
  said.secret_access_key = service.key.secret_access_key;
  auto founding = found(service.scenario, service.scenario.seed, {});  // the same ids; the world is the server's now
  for (const Agent& agent : founding.agents) said.users.push_back({agent.id, agent.username});
  said.statuses = founding.statuses;
  for (const Queue& queue : founding.queues) said.queues.push_back({queue.id, queue.name});
  simulator->running_->server = *std::move(server);
  return simulator;
}

Json to_json(const Announcement& said) {
  Json::Array users;
  for (const auto& user : said.users)
    users.push_back(Json::object({{"id", user.id.value}, {"username", user.username}}));
  Json::Array statuses;
  for (const auto& status : said.statuses)
    statuses.push_back(Json::object({{"id", status.id.value}, {"name", status.name}, {"type", text_of(status.type)}}));
  Json::Array queues;
  for (const auto& queue : said.queues) queues.push_back(Json::object({{"id", queue.id.value}, {"name", queue.name}}));
  return Json::object({{"endpoint_url", said.endpoint_url},
                       {"region", said.region},
                       {"instance_id", said.instance_id.value},
                       {"instance_alias", said.instance_alias},
                       {"access_key_id", said.access_key_id},
                       {"secret_access_key", said.secret_access_key},
                       {"users", Json(std::move(users))},
                       {"statuses", Json(std::move(statuses))},
                       {"queues", Json(std::move(queues))}});
}

}  // namespace perch::simulator
