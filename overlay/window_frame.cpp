#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <algorithm>

#include "overlay/window_room.h"

namespace perch::overlay {

void Window::upload_fonts() {
  if (!room_->has_texture) {  // the first time the backend makes its shaders too, and uploads the fonts with them
    ImGui_ImplOpenGL3_CreateDeviceObjects();
    room_->has_texture = true;
  } else {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  ImGui::GetIO().Fonts->ClearTexData();
}

Textures Window::textures() {
  const auto make = [](int width, int height, const std::uint8_t* rgba) -> TextureId {
    GLint before = 0;
    glGetIntegerv(GL_TEXTURE_BINDING_2D, &before);
    GLuint name = 0;
    glGenTextures(1, &name);
    glBindTexture(GL_TEXTURE_2D, name);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);  // shown pixel for pixel
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(before));
    // NOLINTNEXTLINE(performance-no-int-to-ptr): ImGui keeps GL's name in a pointer
    return reinterpret_cast<TextureId>(static_cast<std::uintptr_t>(name));
  };
  const auto drop = [](TextureId texture) {
    const auto name = static_cast<GLuint>(reinterpret_cast<std::uintptr_t>(texture));
    glDeleteTextures(1, &name);
  };
  return {make, drop};
}

namespace {

void render(GLFWwindow* window, const std::function<void()>& draw, connect::microseconds since_last) {
  int width = 0, height = 0;
  glfwGetFramebufferSize(window, &width, &height);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  io.DeltaTime = std::max(0.001F, static_cast<float>(since_last.count()) * 1e-6F);
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  draw();
  ImGui::Render();
  glViewport(0, 0, width, height);
  glClearColor(0, 0, 0, 0);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace

void Window::frame(const std::function<void()>& draw, connect::microseconds since_last) {
  render(room_->window, draw, since_last);
  glfwSwapBuffers(room_->window);
}

Picture Window::picture(const std::function<void()>& draw) {
  render(room_->window, draw, connect::milliseconds(16));
  Picture picture;
  glfwGetFramebufferSize(room_->window, &picture.width, &picture.height);
  const auto row = static_cast<std::size_t>(picture.width) * 4;
  picture.rgba.resize(row * static_cast<std::size_t>(picture.height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, picture.width, picture.height, GL_RGBA, GL_UNSIGNED_BYTE, picture.rgba.data());
  glfwSwapBuffers(room_->window);
  std::uint8_t* bytes = picture.rgba.data();
  for (int y = 0; y < picture.height / 2; ++y)  // GL's first row is the lowest
    std::swap_ranges(bytes + row * static_cast<std::size_t>(y), bytes + row * static_cast<std::size_t>(y + 1),
                     bytes + row * static_cast<std::size_t>(picture.height - 1 - y));
  for (std::size_t i = 0; i < picture.rgba.size(); i += 4)  // the frame holds colours multiplied by alpha
    for (std::size_t c = 0; c < 3 && bytes[i + 3] > 0; ++c)
      bytes[i + c] = static_cast<std::uint8_t>(std::min(255, bytes[i + c] * 255 / bytes[i + 3]));
  return picture;
}

}  // namespace perch::overlay
