#include "tcp.h"

#include <cerrno>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wait.h"

namespace {

tcp_status wait_for(int descriptor, short events, const tcp_deadline &deadline) {
  const int ready = mql_wait_socket(descriptor, events, deadline.left());
  // Below 0 the program is being stopped: the wait is over, but the connection is whole and OnDeinit may still use it.
  return ready > 0 ? tcp_status::ok : tcp_status::timed_out;
}

tcp_status connect_descriptor(int descriptor, const addrinfo &address, const tcp_deadline &deadline) {
  if (::connect(descriptor, address.ai_addr, address.ai_addrlen) == 0) return tcp_status::ok;
  if (errno != EINPROGRESS) return tcp_status::failed;
  const tcp_status waited = wait_for(descriptor, POLLOUT, deadline);
  if (waited != tcp_status::ok) return waited;
  int error = 0;
  socklen_t length = sizeof error;
  const bool known = getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length) == 0;
  return known && error == 0 ? tcp_status::ok : tcp_status::failed;
}

}  // namespace

void tcp_connection::close() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

tcp_status tcp_connection::connect(const std::string &host, unsigned port, const tcp_deadline &deadline) {
  close();
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo *found = nullptr;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0) return tcp_status::failed;

  tcp_status status = tcp_status::failed;
  for (const addrinfo *each = found; each != nullptr && status == tcp_status::failed; each = each->ai_next) {
    const int descriptor = socket(each->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) continue;
    status = connect_descriptor(descriptor, *each, deadline);
    if (status == tcp_status::ok) {
      descriptor_ = descriptor;
    } else {
      ::close(descriptor);
    }
  }
  freeaddrinfo(found);
  if (!is_open()) return status;
  // Without it a short line waits for the acknowledgement of the one before, up to 40 ms.
  const int on = 1;
  setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return tcp_status::ok;
}

tcp_status tcp_connection::send(const void *data, size_t length, const tcp_deadline &deadline, size_t &sent) {
  const char *bytes = static_cast<const char *>(data);
  sent = 0;
  while (sent < length) {
    const ssize_t count = ::send(descriptor_, bytes + sent, length - sent, MSG_NOSIGNAL);
    if (count >= 0) {
      sent += static_cast<size_t>(count);
    } else if (errno == EAGAIN) {
      const tcp_status waited = wait_for(descriptor_, POLLOUT, deadline);
      if (waited != tcp_status::ok) return waited;
    } else if (errno != EINTR) {
      return tcp_status::failed;
    }
  }
  return tcp_status::ok;
}

tcp_status tcp_connection::receive(void *data, size_t capacity, const tcp_deadline &deadline, size_t &received) {
  received = 0;
  for (;;) {
    const ssize_t count = recv(descriptor_, data, capacity, 0);
    if (count > 0) {
      received = static_cast<size_t>(count);
      return tcp_status::ok;
    }
    if (count == 0 || (errno != EAGAIN && errno != EINTR)) return tcp_status::failed;
    const tcp_status waited = wait_for(descriptor_, POLLIN, deadline);
    if (waited != tcp_status::ok) return waited;
  }
}

size_t tcp_connection::readable() const {
  int bytes = 0;
  return ioctl(descriptor_, FIONREAD, &bytes) == 0 && bytes > 0 ? static_cast<size_t>(bytes) : 0;
}

bool tcp_connection::writable() const {
  pollfd watched{descriptor_, POLLOUT, 0};
  return poll(&watched, 1, 0) == 1 && (watched.revents & POLLOUT) != 0 && (watched.revents & POLLERR) == 0;
}

bool tcp_connection::ended() const {
  char byte;
  const ssize_t count = recv(descriptor_, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR);
}
