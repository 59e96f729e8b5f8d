#include "overlay/door_hall.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace perch::overlay {
namespace {

constexpr std::size_t most_clients = 16;
constexpr connect::milliseconds patience{5'000};

bool later(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

}  // namespace

void DoorHall::let_in(connect::Descriptor socket, connect::Mono now) {
  if (clients_.size() >= most_clients) clients_.pop_front();
  clients_.push_back({std::move(socket), {}, {}, now + patience});
}

void DoorHall::append_waits(std::vector<pollfd>& waits) const {
  // Who does not take its answers is not heard either, so that what is held for it stays small.
  for (const Client& c : clients_)
    waits.push_back({c.socket.get(), static_cast<short>(c.unsent.empty() ? POLLIN : POLLOUT), 0});
}

void DoorHall::turn(const pollfd* found, connect::Mono now) {
  std::list<Client> answered;
  for (auto c = clients_.begin(); c != clients_.end();) {
    const auto client = c++;
    const short what = found++->revents;
    const auto before = client->patience_ends;
    if (what != 0 && client->unsent.empty()) hear(*client, now);
    if (!client->unsent.empty()) send(*client);
    const bool shown_out = client->talk.over() && client->unsent.empty();
    if (client->gone || shown_out || client->patience_ends <= now)
      clients_.erase(client);
    else if (client->patience_ends != before)
      answered.splice(answered.end(), clients_, client);
  }
  clients_.splice(clients_.end(), answered);
}

std::optional<connect::Mono> DoorHall::deadline() const {
  // Each gets the same patience, so the first in the list is the first to lose it.
  return clients_.empty() ? std::nullopt : std::optional(clients_.front().patience_ends);
}

void DoorHall::hear(Client& client, connect::Mono now) {
  std::array<char, 4096> piece;
  const ssize_t got = ::recv(client.socket.get(), piece.data(), piece.size(), 0);
  if (got < 0 && later(errno)) return;
  client.gone = got <= 0;
  if (client.gone) return;
  client.unsent = client.talk.hear({piece.data(), static_cast<std::size_t>(got)}, handler_);
  if (!client.unsent.empty()) client.patience_ends = now + patience;
}

void DoorHall::send(Client& client) {
  const ssize_t sent = ::send(client.socket.get(), client.unsent.data(), client.unsent.size(), MSG_NOSIGNAL);
  if (sent < 0 && later(errno)) return;
  client.gone = sent < 0;
  if (sent > 0) client.unsent.erase(0, static_cast<std::size_t>(sent));
}

}  // namespace perch::overlay
