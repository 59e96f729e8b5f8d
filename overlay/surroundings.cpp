// Edge: the process's own environment and files.
#include <cstdlib>

#include "overlay/config.h"

namespace perch::overlay {

Surroundings surroundings() {
  return {[](const std::string& name) -> std::optional<std::string> {
            const char* value = std::getenv(name.c_str());
            return value ? std::optional<std::string>(value) : std::nullopt;
          },
          connect::read_shared_file};
}

}  // namespace perch::overlay
