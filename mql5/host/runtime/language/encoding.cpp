#include "encoding.h"

#include <cerrno>
#include <iconv.h>

namespace {
constexpr char32_t replacement = 0xFFFD;

bool is_high(char32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low(char32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

// Continuation bytes that the lead byte asks for, and the range of the first of them (Unicode, table 3-7).
struct lead {
  int more;
  uchar from;
  uchar to;
};
lead lead_of(uchar byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {1, 0x80, 0xBF};
  if (byte == 0xE0) return {2, 0xA0, 0xBF};
  if (byte == 0xED) return {2, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {2, 0x80, 0xBF};
  if (byte == 0xF0) return {3, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {3, 0x80, 0xBF};
  if (byte == 0xF4) return {3, 0x80, 0x8F};
  return {0, 0, 0};
}

void append(std::u16string &text, char32_t point) {
  if (point >= 0x10000) {
    text += static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10));
    text += static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF));
  } else {
    text += static_cast<char16_t>(point);
  }
}

// Single-byte pages by the C library; the name is empty for one that nobody knows.
std::string page_name(uint codepage) {
  switch (codepage) {
    case CP_ACP:
    case CP_THREAD_ACP: return "CP1252";
    case CP_OEMCP: return "CP437";
    case CP_MACCP: return "MACINTOSH";
    case CP_UTF7: return "UTF-7";
    case 20127: return "ASCII";
    case 20866: return "KOI8-R";
    case 28591: return "ISO-8859-1";
    default: return "CP" + std::to_string(codepage);
  }
}

class converter {
 public:
  converter(const std::string &to, const std::string &from) : handle(iconv_open(to.c_str(), from.c_str())) {}
  ~converter() {
    if (usable()) iconv_close(handle);
  }
  converter(const converter &) = delete;
  converter &operator=(const converter &) = delete;
  bool usable() const { return handle != reinterpret_cast<iconv_t>(-1); }

  // Converts all of it; where a piece of `step` bytes cannot be converted, `instead` stands for it.
  std::string run(const char *bytes, size_t count, size_t step, const std::string &instead) {
    std::string out;
    char *in = const_cast<char *>(bytes);
    size_t left = count;
    while (left > 0) {
      char room[512];
      char *to = room;
      size_t free = sizeof room;
      const size_t result = iconv(handle, &in, &left, &to, &free);
      out.append(room, static_cast<size_t>(to - room));
      if (result != static_cast<size_t>(-1) || errno == E2BIG) continue;
      out += instead;
      const size_t skipped = left < step ? left : step;
      in += skipped;
      left -= skipped;
    }
    return out;
  }

 private:
  iconv_t handle;
};
}  // namespace

std::u16string mql_utf16(const char *utf8, size_t length) {
  std::u16string text;
  text.reserve(length);
  for (size_t i = 0; i < length;) {
    const uchar first = static_cast<uchar>(utf8[i++]);
    if (first < 0x80) {
      text += static_cast<char16_t>(first);
      continue;
    }
    const lead asked = lead_of(first);
    char32_t point = asked.more == 1 ? first & 0x1Fu : asked.more == 2 ? first & 0x0Fu : first & 0x07u;
    bool whole = asked.more > 0;
    for (int k = 0; k < asked.more; k++) {
      const uchar next = i < length ? static_cast<uchar>(utf8[i]) : 0;
      if (next < (k == 0 ? asked.from : 0x80) || next > (k == 0 ? asked.to : 0xBF)) {
        whole = false;
        break;
      }
      point = (point << 6) | (next & 0x3Fu);
      i++;
    }
    append(text, whole ? point : replacement);
  }
  return text;
}

std::string mql_utf8(const char16_t *text, size_t length) {
  std::string bytes;
  bytes.reserve(length);
  for (size_t i = 0; i < length; i++) {
    char32_t point = text[i];
    if (is_high(point) && i + 1 < length && is_low(text[i + 1])) point = 0x10000 + ((point - 0xD800) << 10) + (text[++i] - 0xDC00u);
    else if (is_high(point) || is_low(point)) point = replacement;
    if (point < 0x80) {
      bytes += static_cast<char>(point);
    } else if (point < 0x800) {
      bytes += static_cast<char>(0xC0 | (point >> 6));
      bytes += static_cast<char>(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
      bytes += static_cast<char>(0xE0 | (point >> 12));
      bytes += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
      bytes += static_cast<char>(0x80 | (point & 0x3F));
    } else {
      bytes += static_cast<char>(0xF0 | (point >> 18));
      bytes += static_cast<char>(0x80 | ((point >> 12) & 0x3F));
      bytes += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
      bytes += static_cast<char>(0x80 | (point & 0x3F));
    }
  }
  return bytes;
}

std::string mql_encode(const string &text, uint codepage) {
  if (codepage == CP_UTF8) return text.utf8();
  converter to_page(page_name(codepage), "UTF-16LE");
  if (!to_page.usable()) return mql_encode(text, CP_ACP);
  return to_page.run(reinterpret_cast<const char *>(text.data()), static_cast<size_t>(text.length()) * 2, 2, "?");
}

string mql_decode(const void *bytes, size_t count, uint codepage) {
  const char *from = static_cast<const char *>(bytes);
  if (codepage == CP_UTF8) return string(mql_utf16(from, count));
  converter from_page("UTF-16LE", page_name(codepage));
  if (!from_page.usable()) return mql_decode(bytes, count, CP_ACP);
  const std::string units = from_page.run(from, count, 1, std::string("\xFD\xFF", 2));
  std::u16string text(units.size() / 2, u'\0');
  for (size_t i = 0; i < text.size(); i++) text[i] = static_cast<char16_t>(static_cast<uchar>(units[2 * i]) | (static_cast<uchar>(units[2 * i + 1]) << 8));
  return string(text);
}
