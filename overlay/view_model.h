#pragma once
// Everything a frame shows, as words and flags. Two equal view models are the same pixels, so a poll that changes no
// word draws nothing.
#include <optional>
#include <string>
#include <vector>

#include "overlay/intent.h"
#include "overlay/options.h"

namespace perch::overlay {

/// The role of a colour; the theme knows the colour. Never the only carrier of a meaning.
enum class Tone { text, muted, green, blue, amber, red, violet, grey };

/// The shape carries the meaning, colour only repeats it.
enum class Shape {
  disc,      ///< available
  ring_dot,  ///< on contact, or ringing
  half,      ///< after contact work
  triangle,  ///< needs you: missed, rejected, error
  square,    ///< custom status
  hollow,    ///< offline, or not in Connect's answer
  dashed,    ///< stale, or not known yet
};

struct Mark {
  Shape shape = Shape::dashed;
  Tone tone = Tone::grey;
  bool operator==(const Mark&) const = default;
};

struct Span {
  std::string words;
  Tone tone = Tone::muted;
  bool operator==(const Span&) const = default;
};

/// A word in a frame that says how sure the word before it is.
struct Tag {
  enum class Kind {
    confirmed,  ///< solid, with a tick
    asked,      ///< dashed
    elsewhere,  ///< solid
    simulated,  ///< solid; not about a status: nothing here is real
  };
  std::string words;
  Kind kind{};
  bool operator==(const Tag&) const = default;
};

struct Button {
  std::string id;              ///< the widget's name: for focus, tests and the layout log
  std::string words;           ///< shortened where it is too long for its place
  std::string after;           ///< never shortened: what it will do besides
  std::string key;             ///< as it is shown: "1", "a", "Esc"; empty: Tab and Enter reach it
  std::optional<Tone> fill;    ///< the one thing to do now; nothing: quiet
  bool opens = false;          ///< has an arrow: more to choose from
  bool selected = false;       ///< it is so already
  bool asked = false;          ///< under way: dashed, cannot be pressed again
  std::optional<Intent> does;  ///< nothing: cannot be pressed
  bool operator==(const Button&) const = default;
};

/// Time that runs out, or a break that is used up.
struct Bar {
  float filled = 0;  ///< [0,1]
  Tone tone = Tone::amber;
  bool operator==(const Bar&) const = default;
};

/// One line of what is, one of what comes, one action.
struct Header {
  Mark mark;
  std::string headline;
  std::string time;
  std::vector<Span> second;
  std::optional<Tag> tag;   ///< after the second line
  std::vector<Span> after;  ///< after the tag
  std::optional<Bar> bar;
  std::optional<Button> hold;  ///< the usual break, where one is agreed on
  std::optional<Button> action;
  std::optional<Tone> alert;  ///< a frame round the window: somebody must look
  bool operator==(const Header&) const = default;
};

/// Something that must be read: how a wish ended when it did not end as it was meant, what somebody else did, what is
/// easily forgotten.
struct Message {
  std::string id;
  std::string words;
  Tone tone = Tone::red;
  std::optional<Button> again;
  Button dismiss;
  bool operator==(const Message&) const = default;
};

struct ContactLine {
  Mark mark;
  std::string words;
  std::string detail;
  std::optional<Button> clear;
  bool operator==(const ContactLine&) const = default;
};

/// A stretch of the day, in fractions of what is shown of it.
struct DayBand {
  float from = 0, to = 0;  ///< [0,1]
  int row = 0;             ///< 0 statuses, 1 contacts
  Tone tone = Tone::grey;
  std::string words;  ///< what hovering explains
  bool operator==(const DayBand&) const = default;
};
struct DayTotal {
  Mark mark;
  std::string words;  ///< "Lunch 31 min"
  bool operator==(const DayTotal&) const = default;
};
struct Day {
  std::string title, from, to;  ///< "Today", "09:00", "14:05"
  std::vector<DayBand> bands;
  std::vector<DayTotal> totals;
  bool operator==(const Day&) const = default;
};

struct Card {
  std::string contacts_title;
  std::vector<ContactLine> contacts;
  std::optional<Button> clear_all;
  std::string choices_title;
  std::vector<Button> choices;
  std::string choices_note;  ///< instead of choices, or about them
  std::string lengths_title;
  std::vector<Button> lengths;  ///< of a break
  std::optional<Day> day;
  std::string source;   ///< where this comes from and how old it is
  std::string trouble;  ///< what went wrong last; empty: nothing
  std::vector<Button> links;
  bool operator==(const Card&) const = default;
};

/// A line of Settings: what it is about, and what there is to choose.
struct PanelRow {
  std::string label;
  std::string note;  ///< under the label
  std::vector<Button> choices;
  bool operator==(const PanelRow&) const = default;
};
struct Panel {
  std::vector<Button> tabs;
  std::vector<PanelRow> rows;
  std::string warning;  ///< under the rows; empty: none
  std::vector<std::string> notes;
  std::vector<Button> links;
  bool operator==(const Panel&) const = default;
};

struct ViewModel {
  ViewKind view = ViewKind::strip;
  Header header;
  std::vector<Message> messages;   ///< the most urgent first
  std::optional<Card> card;        ///< only in the card
  std::optional<Panel> panel;      ///< instead of the card: Settings
  std::vector<Button> unseen;      ///< what only a key does; no widgets
  Button open;                     ///< a press on the window that is no button and no drag
  bool confirmed = false;          ///< the header says what the latest snapshot says, and that is in force
  std::string simulated;           ///< the badge when nothing here is real; empty: it is
  bool keys = false;               ///< the window has the keyboard
  std::string focused;             ///< id of the button the keyboard is on
  std::string tip;                 ///< what the pointer rests on: its words are shown whole
  bool typing = false;             ///< letters are typed, and choose nothing
  std::optional<Intent> proceeds;  ///< what Enter does where no button has the keyboard; never anything about a status
  std::string rebinding;           ///< the action whose key is being chosen: the next key is meant
  bool operator==(const ViewModel&) const = default;
};

/// Every button that can be pressed now, in the order of reading.
std::vector<const Button*> buttons_of(const ViewModel& view);

}  // namespace perch::overlay
