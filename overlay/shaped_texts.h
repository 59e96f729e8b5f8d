#pragma once
// Texts drawn by the shaping library, kept as textures while they are on screen. The library is loaded when the first
// such text is asked for, and never otherwise.
#include <list>
#include <map>
#include <optional>

#include "overlay/shaper.h"
#include "overlay/textures.h"

namespace perch::overlay {

class ShapedTexts {
 public:
  struct Bounds {
    std::size_t texts = 1024;                   ///< measured
    std::size_t bytes = std::size_t{8} << 20U;  ///< of all textures together
  };
  struct Painted {
    ShapedBox box;
    TextureId texture = nullptr;  ///< null: nothing to see
    bool coloured = false;        ///< must not be tinted
  };

  /// `load` is called once, when it is needed; nothing: there is no such library here. `textures` must work until the
  /// end.
  ShapedTexts(Textures textures, std::function<std::optional<Shaper>()> load);
  ShapedTexts(Textures textures, std::function<std::optional<Shaper>()> load, Bounds bounds);
  ~ShapedTexts();
  ShapedTexts(const ShapedTexts&) = delete;
  ShapedTexts& operator=(const ShapedTexts&) = delete;

  /// Loads the library. False: there is none.
  bool ready();
  /// Some font has it.
  bool has(std::uint32_t point);
  /// Another unit than before: nothing of the old size is needed any more, and all of it goes. Between frames only.
  void use_unit(float unit);
  ShapedBox measure(const ShapedText& text);
  /// `frame` tells frames apart: what this one shows stays until the next.
  Painted paint(const ShapedText& text, int frame);

  std::size_t texts() const { return entries_.size(); }
  std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    Painted painted;
    bool drawn = false;
    std::list<const ShapedText*>::iterator place;  ///< in used_
  };
  Entry& entry_of(const ShapedText& text);
  void draw(const ShapedText& text, Entry& entry);
  void make_room();
  void drop_retired();

  Textures textures_;
  std::function<std::optional<Shaper>()> load_;
  Bounds bounds_;
  std::optional<Shaper> shaper_;
  std::map<ShapedText, Entry> entries_;
  std::list<const ShapedText*> used_;  ///< keys of entries_, the latest used first
  std::list<TextureId> retired_;       ///< this frame may still show them
  std::map<std::uint32_t, bool> has_;
  std::size_t bytes_ = 0;
  float unit_ = 0;
  int frame_ = 0;
};

}  // namespace perch::overlay
