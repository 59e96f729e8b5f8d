#include "overlay/fonts.h"

#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <imgui.h>
#include <stb/stb_truetype.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <vector>

#include "overlay/utf8.h"

namespace perch::overlay {
namespace {

struct FaceSpec {
  float size;  ///< in units
  int weight;  ///< as in CSS
};
constexpr std::array<FaceSpec, face_count> specs{{{15.0F, 600}, {13.0F, 400}, {13.0F, 600}, {12.0F, 400}}};

/// A font file, mapped: its pages are shared with everybody who reads it, and none of it is ours to keep.
class MappedFile {
 public:
  explicit MappedFile(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    struct stat about {};
    if (::fstat(file, &about) == 0 && about.st_size > 0) {
      size_ = static_cast<std::size_t>(about.st_size);
      bytes_ = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file, 0);
      if (bytes_ == MAP_FAILED) bytes_ = nullptr;
    }
    ::close(file);
  }
  ~MappedFile() {
    if (bytes_) ::munmap(bytes_, size_);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  void* bytes() const { return bytes_; }
  int size() const { return static_cast<int>(size_); }

 private:
  void* bytes_ = nullptr;
  std::size_t size_ = 0;
};

/// One font of a file, and the wanted code points it has.
struct Found {
  std::string path;
  int number = 0;
  std::set<char32_t> points;
};

struct Fontconfig {
  FcConfig* config;
  explicit Fontconfig(FcConfig* loaded) : config(loaded) {}
  ~Fontconfig() {
    if (config) FcConfigDestroy(config);  // no FcFini: the shaping library may be using the rest
  }
  Fontconfig(const Fontconfig&) = delete;
  Fontconfig& operator=(const Fontconfig&) = delete;
};

/// Han characters look different in each language; kana and hangul say which one a name is in.
const char* language_of(const std::set<char32_t>& points) {
  for (const char32_t c : points) {
    if (c >= 0x3040 && c <= 0x30FF) return "ja";
    if (c >= 0xAC00 && c <= 0xD7A3) return "ko";
  }
  return nullptr;
}

std::optional<Found> match(FcConfig* config, const char* family, int weight, const std::set<char32_t>& wanted) {
  FcPattern* pattern = FcPatternCreate();
  if (family) FcPatternAddString(pattern, FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
  FcPatternAddString(pattern, FC_FAMILY, reinterpret_cast<const FcChar8*>("sans-serif"));
  FcPatternAddInteger(pattern, FC_WEIGHT, FcWeightFromOpenType(weight));
  FcPatternAddBool(pattern, FC_SCALABLE, FcTrue);
  FcPatternAddBool(pattern, FC_COLOR, FcFalse);
  if (!family) {
    FcCharSet* set = FcCharSetCreate();
    for (const char32_t c : wanted) FcCharSetAddChar(set, c);
    FcPatternAddCharSet(pattern, FC_CHARSET, set);
    FcCharSetDestroy(set);
    if (const char* language = language_of(wanted))
      FcPatternAddString(pattern, FC_LANG, reinterpret_cast<const FcChar8*>(language));
  }
  FcConfigSubstitute(config, pattern, FcMatchPattern);
  FcDefaultSubstitute(pattern);
  FcResult result{};
  FcPattern* font = FcFontMatch(config, pattern, &result);
  FcPatternDestroy(pattern);
  if (!font) return std::nullopt;
  std::optional<Found> found;
  FcChar8* path = nullptr;
  FcCharSet* has = nullptr;
  int number = 0;
  FcBool colour = FcFalse;
  FcPatternGetInteger(font, FC_INDEX, 0, &number);
  FcPatternGetBool(font, FC_COLOR, 0, &colour);
  if (!colour && FcPatternGetString(font, FC_FILE, 0, &path) == FcResultMatch &&
      FcPatternGetCharSet(font, FC_CHARSET, 0, &has) == FcResultMatch) {
    found = Found{reinterpret_cast<const char*>(path), number & 0xFFFF, {}};
    for (const char32_t c : wanted)
      if (FcCharSetHasChar(has, c)) found->points.insert(c);
  }
  FcPatternDestroy(font);
  return found;
}

/// The typeface first, then for what it lacks the best other font, until nothing more is found. What is left in
/// `wanted` has no font.
std::vector<Found> find_fonts(FcConfig* config, int weight, std::set<char32_t>& wanted) {
  std::vector<Found> fonts;
  const char* family = typeface;
  while (!wanted.empty()) {
    auto found = match(config, family, weight, wanted);
    if (!family && (!found || found->points.empty())) break;
    family = nullptr;
    if (!found) continue;
    for (const char32_t c : found->points) wanted.erase(c);
    fonts.push_back(std::move(*found));
  }
  return fonts;
}

/// Line height in ems. ImGui sizes a font by its line, which is taller in some scripts: without this their characters
/// would come out a sixth smaller than the letters beside them.
float line_of(const MappedFile& file, int number) {
  const auto* bytes = static_cast<const unsigned char*>(file.bytes());
  stbtt_fontinfo info{};
  const int offset = stbtt_GetFontOffsetForIndex(bytes, number);
  if (offset < 0 || stbtt_InitFont(&info, bytes, offset) == 0) return 1.2F;
  return stbtt_ScaleForMappingEmToPixels(&info, 1) / stbtt_ScaleForPixelHeight(&info, 1);
}

/// Pairs of first and last, ended by 0; must live until the atlas is built.
std::vector<ImWchar> ranges_of(const std::set<char32_t>& points) {
  ImFontGlyphRangesBuilder builder;
  for (const char32_t c : points) builder.AddChar(static_cast<ImWchar>(c));
  ImVector<ImWchar> built;
  builder.BuildRanges(&built);
  return {built.begin(), built.end()};
}

}  // namespace

Fonts::Fonts() : listed_(std::async(std::launch::async, FcInitLoadConfigAndFonts)) {}
Fonts::~Fonts() {
  if (listed_.valid()) Fontconfig(listed_.get());
}

int Fonts::weight(Face face) { return specs[static_cast<std::size_t>(face)].weight; }

bool Fonts::ensure(ImFontAtlas& atlas, float unit, const std::set<char32_t>& points) {
  bool changed = unit != unit_;
  for (const char32_t c : points)
    if (c >= 0x20 && c <= 0xFFFF && !missing_.contains(c)) changed |= points_.insert(c).second;
  if (!changed) return false;
  unit_ = unit;
  build(atlas);
  return true;
}

void Fonts::build(ImFontAtlas& atlas) {
  const Fontconfig fontconfig(listed_.valid() ? listed_.get() : FcInitLoadConfigAndFonts());
  std::map<std::string, MappedFile> files;
  std::vector<std::vector<ImWchar>> kept_ranges;
  kept_ranges.reserve(64);
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoPowerOfTwoHeight;
  missing_.clear();
  used_.clear();
  for (std::size_t i = 0; i < face_count; ++i) {
    std::set<char32_t> wanted = points_;
    faces_[i] = nullptr;
    ImFontConfig how;
    how.FontDataOwnedByAtlas = true;  // 1.86 copies a file it does not own; below we take it back before it is freed
    how.OversampleH = 2;
    for (const Found& font : find_fonts(fontconfig.config, specs[i].weight, wanted)) {
      const MappedFile& file = files.try_emplace(font.path, font.path).first->second;
      kept_ranges.push_back(ranges_of(font.points));
      if (!file.bytes() || font.points.empty()) continue;
      if (std::find(used_.begin(), used_.end(), font.path) == used_.end()) used_.push_back(font.path);
      how.FontNo = font.number;
      how.MergeMode = faces_[i] != nullptr;
      const float line = line_of(file, font.number);
      // Whole pixels for the typeface, whose line is the face's; the others take its em.
      const float size = faces_[i] ? ems_[i] * line : std::round(specs[i].size * unit_ * line);
      if (!faces_[i]) ems_[i] = size / line;
      ImFont* face = atlas.AddFontFromMemoryTTF(file.bytes(), file.size(), size, &how, kept_ranges.back().data());
      if (!faces_[i]) faces_[i] = face;
    }
    if (!faces_[i]) {
      faces_[i] = atlas.AddFontDefault();
      ems_[i] = faces_[i]->FontSize;
    }
    missing_.insert(wanted.begin(), wanted.end());
  }
  atlas.Build();
  for (ImFontConfig& data : atlas.ConfigData) {
    bool mapped = false;
    for (const auto& [path, file] : files) mapped |= data.FontData == file.bytes();
    if (mapped) data.FontDataOwnedByAtlas = false;  // it is a mapping of ours, not ImGui's memory
  }
  atlas.ClearInputData();
}

void add_points(std::string_view words, std::set<char32_t>& points) {
  while (!words.empty()) points.insert(take_code_point(words));
}

std::set<char32_t> own_points() {
  std::set<char32_t> points{U'\u00B7', U'\u2026'};
  for (char32_t c = 0x20; c < 0x7F; ++c) points.insert(c);
  return points;
}

}  // namespace perch::overlay
