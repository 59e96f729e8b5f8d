#include "overlay/cli/exec.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace perch::overlay::cli {

connect::Result<std::string> program_called(const std::string& name) {
  std::error_code failed;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", failed);
  if (failed) return connect::Error{connect::Code::invalid, "cannot find our own program: " + failed.message()};
  return (self.parent_path().parent_path() / "libexec" / "perch" / name).string();
}

connect::Error become(const std::string& name, const std::vector<std::string>& arguments) {
  const auto program = program_called(name);
  if (!program) return program.error();
  std::vector<std::string> own = arguments;
  own.insert(own.begin(), *program);
  std::vector<char*> argv;
  argv.reserve(own.size() + 1);
  for (std::string& argument : own) argv.push_back(argument.data());
  argv.push_back(nullptr);
  execv(program->c_str(), argv.data());
  return {connect::Code::invalid, "cannot start " + *program + ": " + std::strerror(errno) + "; install Perch whole"};
}

}  // namespace perch::overlay::cli
