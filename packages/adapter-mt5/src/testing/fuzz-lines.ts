import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '@mikrobot/core';

/** Good lines of an EA, without their ends. */
export const eaLines: readonly string[] = (
  JSON.parse(readFileSync(join(import.meta.dirname, '../protocol/fixtures/valid.json'), 'utf8'))
    .lines as readonly { readonly from: string; readonly line: string }[]
)
  .filter(({ from }) => from === 'ea')
  .map(({ line }) => line);

const odd = ['null', '0', '-1', '1e999', '"x"', '[]', '{}', 'true', '1.5', '"0"', '9007199254740993', '""'];

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** A value somewhere in a line becomes another; the line stays JSON. */
const otherValue = (line: string, random: Random): string => {
  const values = [...line.matchAll(/:("(?:[^"\\]|\\.)*"|-?[\d.]+|true|false|null)/g)];
  const value = pick(random, values);
  const at = (value?.index ?? 0) + 1;
  return line.slice(0, at) + pick(random, odd) + line.slice(at + (value?.[1]?.length ?? 0));
};

const otherBytes = (line: string, random: Random): Buffer => {
  const bytes = Buffer.from(line);
  for (let i = 0; i <= random() * 3; i++)
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  return bytes;
};

/** Changes a good line at random: a value, a few bytes, its end, or all of it. The new one may still be a good one. */
export const mutateLine = (line: string, random: Random): Buffer => {
  const kind = random();
  if (kind < 0.6) return Buffer.from(otherValue(line, random));
  if (kind < 0.8) return otherBytes(line, random);
  if (kind < 0.9) return Buffer.from(line).subarray(0, Math.floor(random() * line.length));
  return Buffer.from(Array.from({ length: Math.floor(random() * 300) }, () => Math.floor(random() * 256)));
};
