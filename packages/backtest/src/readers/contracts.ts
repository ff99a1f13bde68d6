import { MikroBotError } from '@mikrobot/core';
import { type Layout, slot } from './layout.js';
import { LineCutter } from './line-cutter.js';
import { fieldText } from './parse-field.js';

const MOST_NAMED = 100;

/** The contract months that a file names, in the order of their first rows; at most a hundred. */
export const contractsOf = async (
  bytes: AsyncIterable<Uint8Array>,
  layout: Layout,
): Promise<readonly string[]> => {
  const column = layout.slots.indexOf(slot.contract);
  const names = new Set<string>();
  const cutter = new LineCutter();
  const take = (): void => {
    if (cutter.line <= layout.headerLine || cutter.tooLong || names.size >= MOST_NAMED) return;
    const name = fieldText(cutter.bytes, cutter.start, cutter.end).split(
      String.fromCharCode(layout.separator),
    )[column];
    if (name !== undefined && name !== '') names.add(name);
  };
  for await (const chunk of bytes) {
    cutter.push(chunk);
    while (cutter.next()) take();
  }
  if (cutter.last()) take();
  return [...names];
};

/**
 * Checks that rows of one contract month will be read.
 * @throws `MikroBotError` `BAD_CONFIG` naming the contracts, when there are several and none was chosen, or the chosen one
 * is not among them.
 */
export const checkContract = (path: string, names: readonly string[], wanted: string | undefined): void => {
  if (wanted === undefined ? names.length <= 1 : names.includes(wanted)) return;
  const list = names.join(', ');
  throw new MikroBotError(
    'BAD_CONFIG',
    wanted === undefined
      ? `The file holds several contracts: ${list}.`
      : `The file has no contract ${wanted}; it holds ${list === '' ? 'none' : list}.`,
    { where: path, hint: `Choose one: csv({ path, contract: '${names[0] ?? '202403'}' }).` },
  );
};
