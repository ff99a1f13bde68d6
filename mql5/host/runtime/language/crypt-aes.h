// AES (FIPS 197), one block of 16 bytes after the other, as the terminal does it.
#pragma once
#include <string>

// Keys have 16 or 32 bytes. The last block is filled with zeros.
std::string mql_aes_encrypt(const std::string &data, const std::string &key);
// Data of whole blocks; the zeros at the end stay.
std::string mql_aes_decrypt(const std::string &data, const std::string &key);
