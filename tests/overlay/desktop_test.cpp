#include "overlay/desktop.h"

#include <doctest/doctest.h>

#include "overlay/x_resources.h"

namespace perch::overlay {
namespace {

/// A page of settings as a manager writes it, in either byte order.
class Page {
 public:
  explicit Page(bool most_significant_first = false) : big_(most_significant_first) {
    bytes_ = std::string(1, big_ ? '\1' : '\0') + std::string(3, '\0');
    add(7, 4);
    add(0, 4);
  }
  Page& integer(const std::string& name, std::int32_t value) {
    begin(0, name);
    add(static_cast<std::uint32_t>(value), 4);
    return *this;
  }
  Page& text(const std::string& name, const std::string& value) {
    begin(1, name);
    add(static_cast<std::uint32_t>(value.size()), 4);
    bytes_ += value + std::string((4 - value.size() % 4) % 4, '\0');
    return *this;
  }
  Page& colour(const std::string& name) {
    begin(2, name);
    add(0x1234'5678, 4);
    add(0xffff'ffff, 4);
    return *this;
  }
  Page& count(std::uint32_t count) {
    count_ = count;
    return *this;
  }
  std::string bytes() const {
    std::string all = bytes_;
    for (unsigned i = 0; i < 4; ++i) all[8 + i] = static_cast<char>(count_ >> 8U * (big_ ? 3 - i : i));
    return all;
  }

 private:
  void begin(char type, const std::string& name) {
    ++count_;
    bytes_ += std::string{type, '\0'};
    add(static_cast<std::uint32_t>(name.size()), 2);
    bytes_ += name + std::string((4 - name.size() % 4) % 4, '\0');
    add(3, 4);
  }
  void add(std::uint32_t value, unsigned size) {
    for (unsigned i = 0; i < size; ++i) bytes_ += static_cast<char>(value >> 8U * (big_ ? size - 1 - i : i));
  }

  bool big_;
  std::uint32_t count_ = 0;
  std::string bytes_;
};

std::optional<XSettings> parsed(const Page& page) { return XSettings::parse(page.bytes()); }

TEST_CASE("XSETTINGS are read in both byte orders") {
  for (const bool big : {false, true}) {
    const auto settings = parsed(Page(big)
                                     .integer("Xft/DPI", 196'608)
                                     .colour("Net/Colour")
                                     .text("Net/ThemeName", "Arc-Dark")
                                     .integer("Xft/Antialias", -1));
    REQUIRE(settings);
    CHECK(settings->integer("Xft/DPI") == 196'608);
    CHECK(settings->integer("Xft/Antialias") == -1);
    CHECK(settings->text("Net/ThemeName") == "Arc-Dark");
    CHECK_FALSE(settings->text("Net/Colour"));
    CHECK_FALSE(settings->text("Xft/DPI"));
    CHECK_FALSE(settings->integer("Gtk/FontName"));
  }
}

TEST_CASE("a page of XSETTINGS that ends early is none") {
  const std::string whole = Page().integer("Xft/DPI", 98'304).text("Net/ThemeName", "Adwaita").colour("c").bytes();
  REQUIRE(XSettings::parse(whole));
  for (std::size_t length = 0; length < whole.size(); ++length) CHECK_FALSE(XSettings::parse(whole.substr(0, length)));
}

TEST_CASE("huge counts and lengths in XSETTINGS end with the bytes") {
  CHECK_FALSE(parsed(Page().integer("a", 1).count(0xffff'ffff)));
  std::string long_name = Page().integer("name", 1).bytes();
  long_name[14] = long_name[15] = '\xff';
  CHECK_FALSE(XSettings::parse(long_name));
  std::string long_text = Page().text("n", "v").bytes();
  for (std::size_t i = 0; i < 4; ++i) long_text[24 + i] = '\xff';
  CHECK_FALSE(XSettings::parse(long_text));
}

TEST_CASE("XSETTINGS of an unknown order or type are none") {
  std::string page = Page().integer("a", 1).bytes();
  page[0] = 2;
  CHECK_FALSE(XSettings::parse(page));
  page[0] = 0;
  page[12] = 3;
  CHECK_FALSE(XSettings::parse(page));
}

TEST_CASE("X resources: the value of a name") {
  CHECK(resource("Xft.dpi:\t144\n", "Xft", "dpi") == "144");
  CHECK(resource("Xft.hinting:\t1\nXft.dpi: 120", "Xft", "dpi") == "120");
  CHECK(resource("  Xft.dpi :96\nXft.dpi:192\n", "Xft", "dpi") == "192");
  CHECK_FALSE(resource("Xft.dpix: 1\nXXft.dpi: 2\nXft.dpi 3\n", "Xft", "dpi"));
  CHECK_FALSE(resource("! Xft.dpi: 144\n#Xft.dpi: 144\n", "Xft", "dpi"));
  CHECK_FALSE(resource("", "Xft", "dpi"));
}

TEST_CASE("X resources: a name spelled out counts more than a wildcard") {
  CHECK(resource("*dpi: 200\nXft.dpi: 96\n", "Xft", "dpi") == "96");
  CHECK(resource("Xft*dpi: 120\n*dpi: 200\n", "Xft", "dpi") == "120");
  CHECK(resource("*dpi: 200\n", "Xft", "dpi") == "200");
}

TEST_CASE("X resources: a continued line is one line, and broken text is passed over") {
  CHECK_FALSE(resource("XTerm.translations: \\\nXft.dpi: 144\n", "Xft", "dpi"));
  CHECK(resource("a: b\\\n\\\n\nXft.dpi: 144", "Xft", "dpi") == "144");
  CHECK(resource("\\\n\n:::\n::\nXft.dpi: 144\\", "Xft", "dpi") == "144\\");
  CHECK(resource(std::string(1 << 16, '\\'), "Xft", "dpi") == std::nullopt);
}

TEST_CASE("the scale is the one GTK takes") {
  CHECK(scale_of(std::nullopt, "") == 1.0F);
  CHECK(scale_of(std::nullopt, "Xft.dpi: 144\n") == 1.5F);
  CHECK(scale_of(std::nullopt, "Xft.dpi: 110.4\n") == doctest::Approx(1.15F));
  CHECK(scale_of(parsed(Page().integer("Xft/DPI", 96 * 1024)), "Xft.dpi: 144\n") == 1.0F);
  CHECK(scale_of(parsed(Page().integer("Xft/DPI", 120 * 1024)), "") == 1.25F);
  // GNOME: Xft/DPI already holds the factor. Others: it does not.
  CHECK(scale_of(parsed(Page()
                            .integer("Gdk/WindowScalingFactor", 2)
                            .integer("Gdk/UnscaledDPI", 96 * 1024)
                            .integer("Xft/DPI", 192 * 1024)),
                 "") == 2.0F);
  CHECK(scale_of(parsed(Page().integer("Gdk/WindowScalingFactor", 2).integer("Xft/DPI", 96 * 1024)), "") == 2.0F);
  CHECK(scale_of(parsed(Page().integer("Gdk/WindowScalingFactor", 2)), "Xft.dpi: 96") == 2.0F);
  CHECK(scale_of(parsed(Page().text("Net/ThemeName", "Arc")), "Xft.dpi: 192") == 2.0F);
}

TEST_CASE("a scale nobody can mean is not said") {
  for (const char* dpi :
       {"Xft.dpi: 0", "Xft.dpi: -96", "Xft.dpi: nan", "Xft.dpi: 99999999999999", "Xft.dpi:", "Xft.dpi: x"})
    CHECK(scale_of(std::nullopt, dpi) == 1.0F);
  CHECK(scale_of(parsed(Page().integer("Xft/DPI", -1)), "Xft.dpi: 144") == 1.5F);
  CHECK(scale_of(parsed(Page().integer("Xft/DPI", 0x7fff'ffff)), "") == 1.0F);
  CHECK(scale_of(parsed(Page().integer("Gdk/WindowScalingFactor", 0x7fff'ffff)), "") == 1.0F);
  CHECK(scale_of(std::nullopt, "Xft.dpi: 1000") == 4.0F);
  CHECK(scale_of(std::nullopt, "Xft.dpi: 30") == 0.5F);
}

TEST_CASE("the theme is dark by name or variant, the environment first; nobody says: nothing") {
  CHECK(dark_of(std::nullopt, parsed(Page().text("Net/ThemeName", "Adwaita-dark"))) == true);
  CHECK(dark_of(std::nullopt, parsed(Page().text("Net/ThemeName", "Arc-Darker"))) == true);
  CHECK(dark_of(std::nullopt, parsed(Page().text("Net/ThemeName", "Adwaita"))) == false);
  CHECK(dark_of("Adwaita:dark", std::nullopt) == true);
  CHECK(dark_of("Adwaita", parsed(Page().text("Net/ThemeName", "Adwaita-dark"))) == false);
  CHECK(dark_of("", parsed(Page().text("Net/ThemeName", ""))) == std::nullopt);
  CHECK(dark_of(std::nullopt, std::nullopt) == std::nullopt);
}

}  // namespace
}  // namespace perch::overlay
