#include "sockets.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>

#include "../language/errors.h"
#include "options.h"
#include "tcp.h"

namespace {

constexpr size_t MAX_SOCKETS = 128;
/** What a timeout of 0 means in the terminal. */
constexpr uint DEFAULT_TIMEOUT_MS = 120000;

struct program_socket {
  tcp_connection connection;
  uint send_timeout_ms = DEFAULT_TIMEOUT_MS;
  uint receive_timeout_ms = DEFAULT_TIMEOUT_MS;
  /** The terminal claims one readable byte the first time it is asked about an empty buffer. */
  bool claimed_a_byte = false;
};

using socket_table = std::map<int, std::unique_ptr<program_socket>>;

socket_table &sockets() {
  // Never destroyed: destructors of an expert's global objects close sockets after main() has ended.
  static socket_table *const table = new socket_table;
  return *table;
}

program_socket *find(int handle) {
  const auto found = sockets().find(handle);
  if (found != sockets().end()) return found->second.get();
  _LastError = ERR_NETSOCKET_INVALIDHANDLE;
  return nullptr;
}

program_socket *find_connected(int handle) {
  program_socket *const found = find(handle);
  if (found == nullptr || found->connection.is_open()) return found;
  _LastError = ERR_NETSOCKET_IO_ERROR;
  return nullptr;
}

/** The host's option to make sends short, so that tests meet partial sends. */
size_t largest_send() {
  const int chunk = mql_socket_chunk();
  return chunk > 0 ? static_cast<size_t>(chunk) : SIZE_MAX;
}

void drop(program_socket &socket) {
  socket.connection.close();
  _LastError = ERR_NETSOCKET_IO_ERROR;
}

}  // namespace

int SocketCreate(uint) {
  if (!mql_network_allowed()) {
    _LastError = ERR_FUNCTION_NOT_ALLOWED;
    return -1;
  }
  if (sockets().size() >= MAX_SOCKETS) {
    _LastError = ERR_NETSOCKET_TOO_MANY_OPENED;
    return -1;
  }
  static int last_handle = 0;
  sockets().emplace(++last_handle, std::make_unique<program_socket>());
  return last_handle;
}

bool SocketClose(int handle) {
  if (find(handle) == nullptr) return false;
  sockets().erase(handle);
  return true;
}

bool SocketConnect(int handle, const string &server, uint port, uint timeout_ms) {
  program_socket *const socket = find(handle);
  if (socket == nullptr) return false;
  const std::string host = server.utf8();
  if (!mql_url_allowed(host)) {
    _LastError = ERR_FUNCTION_NOT_ALLOWED;
    return false;
  }
  const tcp_deadline deadline(timeout_ms == 0 ? DEFAULT_TIMEOUT_MS : timeout_ms);
  socket->claimed_a_byte = false;
  if (socket->connection.connect(host, port, deadline) == tcp_status::ok) return true;
  _LastError = ERR_NETSOCKET_CANNOT_CONNECT;
  return false;
}

bool SocketIsConnected(int handle) {
  program_socket *const socket = find(handle);
  if (socket == nullptr || !socket->connection.is_open()) return false;
  if (!socket->connection.ended()) return true;
  drop(*socket);
  return false;
}

uint SocketIsReadable(int handle) {
  program_socket *const socket = find_connected(handle);
  if (socket == nullptr) return 0;
  const size_t bytes = socket->connection.readable();
  if (bytes > 0) return static_cast<uint>(bytes);
  if (socket->connection.ended()) {
    drop(*socket);
    return 0;
  }
  const bool first_time = !socket->claimed_a_byte;
  socket->claimed_a_byte = true;
  return first_time ? 1 : 0;
}

bool SocketIsWritable(int handle) {
  program_socket *const socket = find_connected(handle);
  return socket != nullptr && socket->connection.writable();
}

bool SocketTimeouts(int handle, uint timeout_send_ms, uint timeout_receive_ms) {
  program_socket *const socket = find(handle);
  if (socket == nullptr) return false;
  socket->send_timeout_ms = timeout_send_ms == 0 ? DEFAULT_TIMEOUT_MS : timeout_send_ms;
  socket->receive_timeout_ms = timeout_receive_ms == 0 ? DEFAULT_TIMEOUT_MS : timeout_receive_ms;
  return true;
}

int mql_socket_send(int handle, const void *data, size_t available, uint length) {
  program_socket *const socket = find_connected(handle);
  if (socket == nullptr) return -1;
  if (length > available) {
    _LastError = ERR_INVALID_PARAMETER;
    return -1;
  }
  const size_t wanted = std::min<size_t>(length, largest_send());
  size_t sent = 0;
  const tcp_status status = socket->connection.send(data, wanted, tcp_deadline(socket->send_timeout_ms), sent);
  if (status == tcp_status::failed) drop(*socket);
  if (status == tcp_status::ok || sent > 0) return static_cast<int>(sent);
  _LastError = ERR_NETSOCKET_IO_ERROR;
  return -1;
}

int mql_socket_read(int handle, void *data, uint capacity, uint timeout_ms) {
  program_socket *const socket = find_connected(handle);
  if (socket == nullptr) return -1;
  if (capacity == 0) {
    _LastError = ERR_INVALID_PARAMETER;
    return -1;
  }
  size_t received = 0;
  const tcp_deadline deadline(timeout_ms == 0 ? socket->receive_timeout_ms : timeout_ms);
  const tcp_status status = socket->connection.receive(data, capacity, deadline, received);
  if (status == tcp_status::failed) drop(*socket);
  return status == tcp_status::ok ? static_cast<int>(received) : -1;
}

bool SocketTlsHandshake(int handle, const string &) {
  if (find_connected(handle) != nullptr) _LastError = ERR_NETSOCKET_HANDSHAKE_FAILED;
  return false;
}

bool SocketTlsCertificate(int handle, string &, string &, string &, string &, datetime &) {
  if (find_connected(handle) != nullptr) _LastError = ERR_NETSOCKET_NO_CERTIFICATE;
  return false;
}

int mql_socket_tls(int handle) {
  if (find_connected(handle) != nullptr) _LastError = ERR_NETSOCKET_NO_CERTIFICATE;
  return -1;
}

int mql_socket_no_room() {
  _LastError = ERR_ARRAY_RESIZE_ERROR;
  return -1;
}
