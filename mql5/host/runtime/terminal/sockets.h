// The Socket functions of MQL5. Errors and return values follow the reference: https://www.mql5.com/en/docs/network
#pragma once

#include <cstring>

#include "../language/array.h"
#include "../language/string.h"
#include "../language/types.h"

enum { SOCKET_DEFAULT = 0 };

int SocketCreate(uint flags = SOCKET_DEFAULT);
bool SocketClose(int socket);
bool SocketConnect(int socket, const string &server, uint port, uint timeout_ms);
bool SocketIsConnected(int socket);
uint SocketIsReadable(int socket);
bool SocketIsWritable(int socket);
bool SocketTimeouts(int socket, uint timeout_send_ms, uint timeout_receive_ms);
bool SocketTlsHandshake(int socket, const string &host);
bool SocketTlsCertificate(int socket, string &subject, string &issuer, string &serial, string &thumbprint,
                          datetime &expiration);

/** Bytes that went out, which may be fewer than asked for; -1 when there was an error and nothing went out. */
int mql_socket_send(int socket, const void *data, size_t available, uint length);
/** Bytes that came in, -1 for none. */
int mql_socket_read(int socket, void *data, uint capacity, uint timeout_ms);
/** TLS is not simulated: always -1, as for a socket whose handshake was never made. */
int mql_socket_tls(int socket);
/** The fixed array that was given cannot hold what was read. Always -1. */
int mql_socket_no_room();

template <class T>
int SocketSend(int socket, const mql_array<T> &buffer, uint length) {
  return mql_socket_send(socket, buffer.data(), static_cast<size_t>(buffer.count()), length);
}

template <class T>
int SocketRead(int socket, mql_array<T> &buffer, uint length, uint timeout_ms) {
  static_assert(sizeof(T) == 1, "SocketRead fills an array of bytes");
  std::string bytes(length, '\0');
  const int count = mql_socket_read(socket, bytes.data(), length, timeout_ms);
  if (count <= 0) return count;
  if (!buffer.resize(count)) return mql_socket_no_room();
  std::memcpy(buffer.data(), bytes.data(), static_cast<size_t>(count));
  return count;
}

template <class T>
int SocketTlsSend(int socket, const mql_array<T> &, uint) {
  return mql_socket_tls(socket);
}
template <class T>
int SocketTlsRead(int socket, mql_array<T> &, uint) {
  return mql_socket_tls(socket);
}
template <class T>
int SocketTlsReadAvailable(int socket, mql_array<T> &, uint) {
  return mql_socket_tls(socket);
}
