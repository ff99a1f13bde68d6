const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Whether XML 1.0 allows a character at all, escaped or not. */
const isAllowed = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 32 && (code < 0xd800 || code > 0xdfff) && code < 0xfffe) ||
  code > 0xffff;

/** Text from outside made safe in XML and HTML, between tags and inside quoted attributes. */
export const escapeText = (text: string): string =>
  Array.from(text, (c) => (isAllowed(c.codePointAt(0)!) ? (entities[c] ?? c) : '\ufffd')).join('');

/** Widths of characters in parts of the font size: a little more than those of the usual sans-serif fonts. */
const widthOf = (c: string): number => {
  if (/[ilj.,:;|!'’()[\]/ ]/.test(c)) return 0.36;
  if (/[mwMW%@…—→←]/.test(c)) return 1;
  if (/[A-Z_]/.test(c)) return 0.74;
  // Scripts of East Asia and pictures are as wide as they are high.
  return c.codePointAt(0)! > 0x2e7f ? 1.1 : 0.62;
};

/** Size of all text but titles, in px. */
export const TEXT = 11.5;

/** About how wide a text stands, in px; rather too much than too little, since nobody can measure it here. */
export const textWidth = (text: string, size = TEXT): number =>
  Array.from(text, widthOf).reduce((sum, width) => sum + width, 0) * size;

/** A text that is no wider than `room` px: cut, with an ellipsis, where it would be. */
export const fitted = (text: string, room: number, size = TEXT): string => {
  if (textWidth(text, size) <= room) return text;
  let left = room - textWidth('…', size);
  const kept = Array.from(text);
  const end = kept.findIndex((c) => {
    left -= widthOf(c) * size;
    return left < 0;
  });
  return `${kept.slice(0, end).join('').trimEnd()}…`;
};
