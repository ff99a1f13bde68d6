// HTTP/1.1 over one connection a request. Knows nothing of MQL5.
#pragma once

#include <string>

#include "tcp.h"

struct http_url {
  std::string host;
  unsigned port = 80;
  /** Path and query, never empty. */
  std::string target = "/";
};

/** Reads `http://host[:port][/path]`; false for everything else, https included. */
bool http_parse_url(const std::string &text, http_url &url);

struct http_answer {
  int status = 0;
  /** The header lines with their line ends, without the status line. */
  std::string headers;
  std::string body;
};

enum class http_outcome { answered, not_connected, timed_out, failed };

/** Sends `request` (complete, as it goes over the wire) and reads one answer. */
http_outcome http_exchange(const http_url &url, const std::string &request, const tcp_deadline &deadline,
                           http_answer &answer);
