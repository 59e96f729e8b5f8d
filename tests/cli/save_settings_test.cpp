// config.json on a real disk: replaced as a whole or left alone.
#include "overlay/save_settings.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "overlay/own_file.h"
#include "tests/cli/desk.h"

using namespace perch::overlay;
using perch::connect::Code;
using perch::connect::Json;
namespace fs = std::filesystem;

namespace {

/// A folder of its own, gone with the test.
struct Folder {
  fs::path path;
  Folder() {
    std::string name = (fs::temp_directory_path() / "perch-settings-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }
  std::string file(const char* name = "config.json") const { return (path / name).string(); }
  std::size_t count() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator()));
  }
};

void write(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

std::string content(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

fs::perms mode(const fs::path& path) { return fs::status(path).permissions(); }

const std::vector<Edit> to_card{{{"view"}, Json("card")}};

std::string refusal(const std::string& path, const std::vector<Edit>& edits = to_card) {
  const auto saved = save_settings(path, edits);
  REQUIRE(!saved);
  CHECK(saved.error().code == Code::usage);
  return saved.error().message;
}

}  // namespace

TEST_CASE("without a file, file and folders are made, for this user only") {
  const Folder folder;
  const std::string path = folder.file("a/perch/config.json");
  REQUIRE(save_settings(path, to_card));
  CHECK(content(path) == "{\n  \"view\": \"card\"\n}\n");
  CHECK(mode(path) == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(mode(folder.path / "a") == fs::perms::owner_all);
  CHECK(mode(folder.path / "a/perch") == fs::perms::owner_all);
}

TEST_CASE("only the change is in the file afterwards, and nothing is left beside it") {
  const Folder folder;
  write(folder.file(), "{\n\t\"view\": \"strip\" // small\n}");
  REQUIRE(save_settings(folder.file(), to_card));
  CHECK(content(folder.file()) == "{\n\t\"view\": \"card\" // small\n}");
  CHECK(folder.count() == 1);
  REQUIRE(save_settings(folder.file(), {}));
  CHECK(content(folder.file()) == "{\n\t\"view\": \"card\" // small\n}");
}

TEST_CASE("a link stays one, and what it leads to is changed") {
  const Folder folder;
  fs::create_directory(folder.path / "dotfiles");
  write(folder.file("dotfiles/perch.json"), "{}");
  fs::create_symlink("dotfiles/perch.json", folder.path / "config.json");
  REQUIRE(save_settings(folder.file(), to_card));
  CHECK(fs::is_symlink(folder.path / "config.json"));
  CHECK(content(folder.file("dotfiles/perch.json")) == "{\n  \"view\": \"card\"\n}");
}

TEST_CASE("what is no writable file of ours is left alone, with the reason") {
  const Folder folder;
  fs::create_symlink("nowhere", folder.path / "dangling");
  CHECK(contains(refusal(folder.file("dangling")), "dangling: a link to nothing"));
  CHECK(contains(refusal(folder.path.string()), "no regular file"));
  write(folder.file(), "{}");
  fs::permissions(folder.file(), fs::perms::owner_read);
  CHECK(contains(refusal(folder.file()), "config.json: is read-only"));
  CHECK(content(folder.file()) == "{}");
  CHECK(contains(refusal(folder.file() + "/config.json"), "Not a directory"));
  CHECK(contains(refusal(""), "set HOME or XDG_CONFIG_HOME"));
  if (::geteuid() != 0) return;
  write(folder.file("other"), "{}");
  REQUIRE(::chown(folder.file("other").c_str(), 1, 1) == 0);
  CHECK(contains(refusal(folder.file("other")), "belongs to somebody else"));
}

TEST_CASE("a file that is no good config.json is never overwritten") {
  const Folder folder;
  write(folder.file(), "{\n\"view\": }");
  CHECK(contains(refusal(folder.file()), "config.json: line 2, column 9"));
  CHECK(content(folder.file()) == "{\n\"view\": }");
  write(folder.file(), std::string((1U << 20U) + 1, ' '));
  CHECK(contains(refusal(folder.file()), "over 1048576 bytes"));
  CHECK(folder.count() == 1);
}

TEST_CASE("what somebody else wrote meanwhile is not lost") {
  const Folder folder;
  write(folder.file(), "{\"theirs\": 1}");
  for (const char* was : {"", "{\"theirs\": 2}", "{\"theirs\": 1"}) {
    CAPTURE(was);
    const auto changed = change_own_file(folder.file(), was, "{\"ours\": 1}");
    REQUIRE(!changed);
    CHECK(changed.error().code == Code::invalid);
    CHECK(contains(changed.error().message, "somebody else changed it meanwhile"));
  }
  CHECK(content(folder.file()) == "{\"theirs\": 1}");
  CHECK(!change_own_file(folder.file("gone"), "{}", "{}"));
  CHECK(folder.count() == 1);
  CHECK(change_own_file(folder.file(), "{\"theirs\": 1}", "{\"ours\": 1}"));
  CHECK(content(folder.file()) == "{\"ours\": 1}");
}

TEST_CASE("reading stops at the cap, and at what is no file") {
  const Folder folder;
  write(folder.file(), "12345");
  CHECK(*read_own_file(folder.file(), 5) == "12345");
  CHECK(!read_own_file(folder.file(), 4));
  CHECK(read_own_file(folder.file("none"), 5).error().code == Code::not_found);
  CHECK(!read_own_file(folder.path.string(), 5));
  fs::create_symlink("config.json", folder.path / "link");
  CHECK(!read_own_file(folder.file("link"), 5));
}
