/** Text of a source file, and whether its first bytes say how it is encoded. */
export interface Decoded {
  readonly text: string;
  readonly marked: boolean;
}

// The first words of a program are ASCII, whose upper bytes are zero.
const looksLikeUtf16 = (bytes: Buffer): boolean => bytes.length > 3 && bytes[1] === 0 && bytes[3] === 0;

/** MetaEditor saves UTF-16LE or UTF-8, with a mark or without; lines end as on Windows. */
export const decodeSource = (bytes: Buffer): Decoded => {
  const [text, marked] =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? [bytes.subarray(2).toString('utf16le'), true]
      : bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
        ? [bytes.subarray(3).toString('utf8'), true]
        : looksLikeUtf16(bytes)
          ? [bytes.toString('utf16le'), true]
          : [bytes.toString('utf8'), false];
  return { text: text.replace(/\r\n?/g, '\n'), marked };
};
