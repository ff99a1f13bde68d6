// SHA-256, SHA-1 (FIPS 180-4) and MD5 (RFC 1321), as raw digests.
#pragma once
#include <string>

std::string mql_sha256(const std::string &data);
std::string mql_sha1(const std::string &data);
std::string mql_md5(const std::string &data);
