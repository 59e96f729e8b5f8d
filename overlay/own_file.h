#pragma once
// Edge: small files of the user's own, read with a cap and replaced as a whole, so that a crash leaves the old one or
// the new one and nobody's link leads the writing astray.
#include <cstddef>
#include <string>
#include <string_view>

#include "connect/result.h"

namespace perch::overlay {

/// Where `path` leads when it is a link, else `path`. Code::denied when something is there that is no file of this
/// user's, or one its owner made read-only; nothing there is no error.
connect::Result<std::string> own_file_behind(const std::string& path);

/// The whole file. Code::not_found when there is none; a link, what is no regular file, or more than `most_bytes` is an
/// error too.
connect::Result<std::string> read_own_file(const std::string& path, std::size_t most_bytes);

/// Writes a fresh file beside it (0600) and renames it, in a folder that is made (0700) when there is none. A power cut
/// may lose it.
connect::Result<connect::Done> replace_own_file(const std::string& path, std::string_view text);

/// The same for what must not be lost: on the disk before it counts, and only while the file still holds `was` (empty:
/// or is not there); Code::invalid when it does not.
connect::Result<connect::Done> change_own_file(const std::string& path, std::string_view was, std::string_view text);

}  // namespace perch::overlay
