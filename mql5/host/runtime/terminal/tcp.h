// One TCP connection of the program, for the Socket functions and WebRequest. Knows nothing of MQL5.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

/** A moment by which something must have happened, on the real clock (the tester's clock stands still meanwhile). */
class tcp_deadline {
 public:
  explicit tcp_deadline(long milliseconds)
      : end_(std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds)) {}

  /** Time left, never below 0. */
  long left() const {
    using namespace std::chrono;
    // Rounded up, so that the last part of a millisecond is waited for and not spun through.
    const long rest = ceil<milliseconds>(end_ - steady_clock::now()).count();
    return rest > 0 ? rest : 0;
  }

 private:
  std::chrono::steady_clock::time_point end_;
};

enum class tcp_status { ok, timed_out, failed };

/** A descriptor that closes itself. While it waits, the terminal's link is served too. */
class tcp_connection {
 public:
  tcp_connection() = default;
  tcp_connection(const tcp_connection &) = delete;
  tcp_connection &operator=(const tcp_connection &) = delete;
  ~tcp_connection() { close(); }

  bool is_open() const { return descriptor_ >= 0; }
  void close();

  tcp_status connect(const std::string &host, unsigned port, const tcp_deadline &deadline);

  /** Sends until everything is out, the time is over or the connection fails; `sent` says how much went out. */
  tcp_status send(const void *data, size_t length, const tcp_deadline &deadline, size_t &sent);

  /** Waits for data and takes what is there, at most `capacity` bytes. The end of the stream is a failure. */
  tcp_status receive(void *data, size_t capacity, const tcp_deadline &deadline, size_t &received);

  /** Bytes that can be read without waiting. */
  size_t readable() const;
  bool writable() const;

  /** Whether the other side has ended the connection and nothing is left to be read. */
  bool ended() const;

 private:
  int descriptor_ = -1;
};
