import type { Entry } from '@mikrobot/core';

/** The data of the entry with this number: from a few bytes to several pages, so that every layout of a page comes up. */
export const dataOf = (seq: number): { readonly n: number; readonly text: string } => ({
  n: seq,
  text: `${seq} `.repeat(1 + (Math.imul(seq, 7919) & 0xff) * (seq % 11 === 0 ? 12 : 1)),
});

/** What a journal must give back for it. */
export const entryOf = (seq: number): Entry => ({
  seq,
  // Books now and then, before which entries may be exported.
  kind: seq % 40 === 39 ? 'out:books' : 'out:mark',
  at: 1_700_000_000_000 + seq,
  tape: seq,
  data: dataOf(seq),
});
