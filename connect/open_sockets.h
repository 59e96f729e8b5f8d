#pragma once
// The sockets that curl holds open, and whether something came on one of them that nobody has read. POSIX.
#include <set>

namespace perch::connect {

class OpenSockets {
 public:
  void opened(int socket) { sockets_.insert(socket); }
  int close(int socket);  ///< closes it; 0 or, as close(2), -1
  /// Something to read, or the end, on the TCP socket with this port at our end. False when there is none.
  bool has_unread(int local_port) const;

 private:
  std::set<int> sockets_;
};

}  // namespace perch::connect
