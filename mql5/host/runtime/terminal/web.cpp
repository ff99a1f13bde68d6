#include "web.h"

#include "../language/errors.h"
#include "http.h"
#include "options.h"

namespace {

/** What newer builds return where no answer came in time. */
constexpr int STATUS_TIMED_OUT = 1001;
constexpr int DEFAULT_TIMEOUT_MS = 5000;

int refuse(int error) {
  _LastError = error;
  return -1;
}

std::string with_line_end(std::string headers) {
  while (!headers.empty() && (headers.back() == '\n' || headers.back() == '\r')) headers.pop_back();
  return headers.empty() ? headers : headers + "\r\n";
}

}  // namespace

std::string mql_web_form_headers(const string &cookie, const string &referer) {
  std::string headers = "Content-Type: application/x-www-form-urlencoded\r\n";
  if (cookie.length() > 0) headers += "Cookie: " + cookie.utf8() + "\r\n";
  if (referer.length() > 0) headers += "Referer: " + referer.utf8() + "\r\n";
  return headers;
}

int mql_web_request(const string &method, const string &url_text, const std::string &headers, int timeout_ms,
                    const void *data, size_t length, std::string &body, string &result_headers) {
  result_headers = string("");
  if (!mql_network_allowed()) return refuse(ERR_FUNCTION_NOT_ALLOWED);
  const std::string address = url_text.utf8();
  if (!mql_url_allowed(address)) return refuse(ERR_FUNCTION_NOT_ALLOWED);
  http_url url;
  if (!http_parse_url(address, url)) return refuse(ERR_WEBREQUEST_INVALID_ADDRESS);

  std::string request = method.utf8() + " " + url.target + " HTTP/1.1\r\n";
  request += "Host: " + url.host + (url.port == 80 ? "" : ":" + std::to_string(url.port)) + "\r\n";
  request += "User-Agent: MetaTrader 5 Terminal\r\nAccept: */*\r\nConnection: close\r\n";
  request += "Content-Length: " + std::to_string(length) + "\r\n" + with_line_end(headers) + "\r\n";
  if (length > 0) request.append(static_cast<const char *>(data), length);

  http_answer answer;
  const tcp_deadline deadline(timeout_ms > 0 ? timeout_ms : DEFAULT_TIMEOUT_MS);
  switch (http_exchange(url, request, deadline, answer)) {
    case http_outcome::answered:
      body = answer.body;
      result_headers = string(answer.headers);
      return answer.status;
    case http_outcome::not_connected:
      return refuse(ERR_WEBREQUEST_CONNECT_FAILED);
    case http_outcome::timed_out:
      _LastError = ERR_WEBREQUEST_TIMEOUT;
      return STATUS_TIMED_OUT;
    case http_outcome::failed:
      break;
  }
  return refuse(ERR_WEBREQUEST_REQUEST_FAILED);
}
