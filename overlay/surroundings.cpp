// Edge: the process's own environment, files, network and programs.
#include <cstdlib>

#include "connect/fetch.h"
#include "connect/run_program.h"
#include "overlay/config.h"
#include "overlay/own_file.h"

namespace perch::overlay {

Surroundings surroundings(bool abandon_lookups) {
  Surroundings around;
  around.env = [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value ? std::optional<std::string>(value) : std::nullopt;
  };
  around.read = connect::read_shared_file;
  around.change = [](const std::string& path, std::string_view was,
                     std::string_view text) -> connect::Result<connect::Done> {
    const auto file = own_file_behind(path);
    return file ? change_own_file(*file, was, text) : connect::Result<connect::Done>(file.error());
  };
  around.stop = std::stop_source();
  around.fetch = [abandon_lookups, stop = around.stop.get_token()](const std::string& ca_bundle, bool metadata) {
    connect::CurlOptions options;
    options.ca_bundle = ca_bundle;
    options.abandon_lookups = abandon_lookups;
    options.metadata = metadata;
    options.max_body = 1U << 20U;
    return connect::fetch_over_curl(std::move(options), stop);
  };
  around.run = connect::run_program(around.stop.get_token());
  around.pause = connect::pause_until(around.stop.get_token());
  return around;
}

}  // namespace perch::overlay
