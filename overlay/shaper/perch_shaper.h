/* What perch-shaper.so offers: one line of text in any script, laid out and drawn with Pango. The window loads it when
 * the first name needs it (overlay/shaper_module.cpp). C, so that the two need agree on nothing but this file.
 *
 * One thread at a time for each shaper. Nothing throws, nothing is printed, every pointer stays the caller's. */
#ifndef PERCH_SHAPER_H
#define PERCH_SHAPER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Another number: do not use the module. */
#define PERCH_SHAPER_VERSION 1

typedef struct perch_shaper perch_shaper;

/* One line of UTF-8 without control characters, all of one direction. */
typedef struct perch_shaper_text {
  const char* utf8;
  size_t bytes;
  const char* family; /* preferred; others are taken for what it lacks */
  float em;           /* pixels, above 0 */
  int weight;         /* 100 to 1000, as in CSS */
  int right_to_left;  /* 0 or 1 */
} perch_shaper_text;

/* In pixels. The picture holds all the ink, but never more than some lines' height: marks can be piled without end. */
typedef struct perch_shaper_box {
  float advance;     /* how far the next text is */
  int left;          /* from the pen to the picture's left edge; negative: ink begins before the pen */
  int baseline;      /* from the picture's upper edge down to the baseline */
  int width, height; /* 0: nothing to draw */
  int unknown;       /* characters no font has */
} perch_shaper_box;

typedef struct perch_shaper_api {
  int version; /* PERCH_SHAPER_VERSION */
  /* Null: not usable on this machine. */
  perch_shaper* (*open)(void); /* NOLINT: C, where () would mean any arguments */
  void (*close)(perch_shaper*);
  void (*measure)(perch_shaper*, const perch_shaper_text*, perch_shaper_box*);
  /* Into `rgba`: box->height rows of box->width * 4 bytes, straight alpha, `box` from measure with the same text. 1:
   * the glyphs have colours of their own; 0: all is white, to be tinted. */
  int (*draw)(perch_shaper*, const perch_shaper_text*, const perch_shaper_box*, uint8_t* rgba);
} perch_shaper_api;

/* The module's one exported symbol; static storage. */
__attribute__((visibility("default"))) const perch_shaper_api* perch_shaper_get(void);

#ifdef __cplusplus
}
#endif

#endif
