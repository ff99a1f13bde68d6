#include "http.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace {

constexpr size_t LARGEST_ANSWER = 64u << 20;

/** Value of a header in lower case, empty when it is not there. */
std::string header_value(const std::string &headers, const std::string &name) {
  std::string lower = headers;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char each) { return static_cast<char>(std::tolower(each)); });
  lower.insert(0, "\r\n");
  const std::string wanted = "\r\n" + name + ":";
  const size_t found = lower.find(wanted);
  if (found == std::string::npos) return "";
  const size_t begin = lower.find_first_not_of(" \t", found + wanted.size());
  const size_t end = lower.find("\r\n", found + wanted.size());
  return begin == std::string::npos || begin >= end ? "" : lower.substr(begin, end - begin);
}

/** Joins the chunks that are there; true once the last one is. */
bool join_chunks(const std::string &wire, std::string &body) {
  body.clear();
  size_t at = 0;
  for (;;) {
    const size_t line_end = wire.find("\r\n", at);
    if (line_end == std::string::npos) return false;
    const size_t length = std::strtoul(wire.c_str() + at, nullptr, 16);
    if (length == 0) return true;
    const size_t begin = line_end + 2;
    if (length > LARGEST_ANSWER || wire.size() < begin + length + 2) return false;
    body.append(wire, begin, length);
    at = begin + length + 2;
  }
}

/** What has arrived of an answer. */
class incoming_answer {
 public:
  void add(const char *bytes, size_t count) { wire_.append(bytes, count); }
  size_t size() const { return wire_.size(); }

  /** Takes the answer apart; true when it is complete. `ended`: the server has closed, nothing more will come. */
  bool read(bool ended, http_answer &answer) const {
    const size_t head_end = wire_.find("\r\n\r\n");
    if (head_end == std::string::npos || wire_.compare(0, 5, "HTTP/") != 0) return false;
    const size_t status_end = wire_.find("\r\n");
    const size_t space = wire_.find(' ');
    answer.status = space < status_end ? std::atoi(wire_.c_str() + space + 1) : 0;
    if (answer.status < 100) return false;
    answer.headers = wire_.substr(status_end + 2, head_end - status_end);
    const std::string rest = wire_.substr(head_end + 4);
    if (header_value(answer.headers, "transfer-encoding") == "chunked") return join_chunks(rest, answer.body);

    const std::string length_text = header_value(answer.headers, "content-length");
    const bool bodiless = answer.status == 204 || answer.status == 304;
    const size_t length = bodiless ? 0 : std::strtoul(length_text.c_str(), nullptr, 10);
    if (length_text.empty() && !bodiless) {
      answer.body = rest;
      return ended;
    }
    if (rest.size() < length) return false;
    answer.body = rest.substr(0, length);
    return true;
  }

 private:
  std::string wire_;
};

http_outcome outcome_of(tcp_status status) {
  return status == tcp_status::timed_out ? http_outcome::timed_out : http_outcome::failed;
}

}  // namespace

bool http_parse_url(const std::string &text, http_url &url) {
  static const std::string SCHEME = "http://";
  if (text.compare(0, SCHEME.size(), SCHEME) != 0) return false;
  const size_t host_end = text.find_first_of(":/?#", SCHEME.size());
  url.host = text.substr(SCHEME.size(), host_end == std::string::npos ? host_end : host_end - SCHEME.size());
  if (url.host.empty()) return false;
  size_t at = host_end;
  if (at != std::string::npos && text[at] == ':') {
    char *end = nullptr;
    const long port = std::strtol(text.c_str() + at + 1, &end, 10);
    if (port < 1 || port > 65535) return false;
    url.port = static_cast<unsigned>(port);
    at = static_cast<size_t>(end - text.c_str());
  }
  if (at != std::string::npos && at < text.size()) url.target = text.substr(at, text.find('#', at) - at);
  if (url.target.empty() || url.target[0] != '/') url.target.insert(0, "/");
  return true;
}

http_outcome http_exchange(const http_url &url, const std::string &request, const tcp_deadline &deadline,
                           http_answer &answer) {
  tcp_connection connection;
  const tcp_status connected = connection.connect(url.host, url.port, deadline);
  if (connected == tcp_status::timed_out) return http_outcome::timed_out;
  if (connected == tcp_status::failed) return http_outcome::not_connected;

  size_t sent = 0;
  const tcp_status out = connection.send(request.data(), request.size(), deadline, sent);
  if (out != tcp_status::ok) return outcome_of(out);

  incoming_answer incoming;
  char part[16384];
  while (incoming.size() < LARGEST_ANSWER) {
    size_t count = 0;
    const tcp_status in = connection.receive(part, sizeof part, deadline, count);
    if (in == tcp_status::timed_out) return http_outcome::timed_out;
    incoming.add(part, count);
    const bool ended = in == tcp_status::failed;
    if (incoming.read(ended, answer)) return http_outcome::answered;
    if (ended) return http_outcome::failed;
  }
  return http_outcome::failed;
}
