/** MetaEditor saves UTF-16LE with a mark, or UTF-8 with or without one; lines end as on Windows. */
export const decodeSource = (bytes: Buffer): string => {
  const text =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? bytes.subarray(2).toString('utf16le')
      : bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
        ? bytes.subarray(3).toString('utf8')
        : bytes.toString('utf8');
  return text.replace(/\r\n?/g, '\n');
};
