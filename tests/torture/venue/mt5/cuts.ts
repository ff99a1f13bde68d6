import type { Random } from '@mikrobot/core';
import type { Speaker } from './reading.js';

/** Where the line between terminal and bot breaks: at a line of this type, before it, in the middle of it, or after it. */
export interface CutPoint {
  readonly speaker: Speaker;
  readonly t: string;
  readonly when: 'before' | 'within' | 'after';
}

/** What is said while a connection begins: to break there, the line must break first. */
const beginning = {
  bot: ['challenge', 'welcome', 'subscribe', 'snapshot'],
  terminal: ['hello', 'reset', 'resent', 'resumed', 'part', 'snapshot'],
} as const;

/** What is said while the bot trades. */
const trading = {
  bot: ['order', 'protect', 'modify', 'cancel', 'query'],
  terminal: ['ack', 'result', 'deal', 'order', 'position', 'found', 'absent', 'unknown'],
} as const;

const whens = ['before', 'within', 'after'] as const;

const all = (lines: Readonly<Record<Speaker, readonly string[]>>): readonly Omit<CutPoint, 'when'>[] =>
  (['bot', 'terminal'] as const).flatMap((speaker) => lines[speaker].map((t) => ({ speaker, t })));

const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;

/** Any point of a connection's begin. */
export const whileBeginning = (random: Random): CutPoint => ({
  ...pick(all(beginning), random),
  when: pick(whens, random),
});

/** Any point of what is said while the bot trades. */
export const whileTrading = (random: Random): CutPoint => ({
  ...pick(all(trading), random),
  when: pick(whens, random),
});
