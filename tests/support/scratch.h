#pragma once
// A folder that is ours alone, and gone when the test is over. For tests; POSIX.
#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace perch::tests {

class Scratch {
 public:
  Scratch() : path_((std::filesystem::temp_directory_path() / "perch-test-XXXXXX").string()) {
    if (!mkdtemp(path_.data())) throw std::runtime_error("no scratch folder");
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace perch::tests
