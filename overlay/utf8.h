#pragma once
// connect/utf8.h by its names here.
#include "connect/utf8.h"

namespace perch::overlay {

using connect::append_code_point;
using connect::replacement;
using connect::take_code_point;

}  // namespace perch::overlay
