#include "link-connection.h"

#include <arpa/inet.h>
#include <cerrno>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace terminal {

void link_connection::dial(const std::string &host, int port) {
  close();
  addrinfo hints{}, *found = nullptr;
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return;
  descriptor_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int one = 1;
  // An order waits for its answer: its few bytes must not wait for more.
  setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  const int result = connect(descriptor_, found->ai_addr, found->ai_addrlen);
  freeaddrinfo(found);
  if (result == 0)
    state_ = state::open;
  else if (errno == EINPROGRESS)
    state_ = state::connecting;
  else
    close();
}

void link_connection::close() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
  state_ = state::closed;
  outgoing_.clear();
  incoming_.clear();
}

short link_connection::wanted_events() const {
  if (state_ == state::connecting) return POLLOUT;
  return static_cast<short>(outgoing_.empty() ? POLLIN : POLLIN | POLLOUT);
}

void link_connection::send_line(const std::string &line) {
  if (state_ != state::open) return;
  outgoing_ += line;
  outgoing_ += '\n';
  write_out();
}

std::vector<std::string> link_connection::serve() {
  if (state_ == state::connecting && !finish_connecting()) return {};
  if (state_ != state::open) return {};
  if (!outgoing_.empty()) write_out();
  const bool alive = state_ == state::open && read_in();
  std::vector<std::string> lines = take_lines();
  if (!alive) close();
  return lines;
}

bool link_connection::finish_connecting() {
  pollfd waiting{descriptor_, POLLOUT, 0};
  if (poll(&waiting, 1, 0) != 1) return false;
  int error = 0;
  socklen_t size = sizeof error;
  if (getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0) {
    close();
    return false;
  }
  state_ = state::open;
  return true;
}

void link_connection::write_out() {
  while (!outgoing_.empty()) {
    const ssize_t sent = ::send(descriptor_, outgoing_.data(), outgoing_.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      outgoing_.erase(0, static_cast<size_t>(sent));
    } else if (errno == EINTR) {
      continue;
    } else {
      // A broken connection is found by the next read, which still gives what came before its end.
      if (errno != EAGAIN) outgoing_.clear();
      return;
    }
  }
}

bool link_connection::read_in() {
  char buffer[65536];
  for (;;) {
    const ssize_t got = recv(descriptor_, buffer, sizeof buffer, 0);
    if (got > 0) {
      incoming_.append(buffer, static_cast<size_t>(got));
      // A fast stream must not keep the program from its events.
      if (incoming_.size() > 1024 * 1024) return true;
    } else if (got == 0) {
      return false;
    } else if (errno != EINTR) {
      return errno == EAGAIN;
    }
  }
}

std::vector<std::string> link_connection::take_lines() {
  std::vector<std::string> lines;
  size_t from = 0;
  for (size_t to; (to = incoming_.find('\n', from)) != std::string::npos; from = to + 1)
    lines.push_back(incoming_.substr(from, to - from));
  incoming_.erase(0, from);
  return lines;
}

}  // namespace terminal
