import type { Signal } from '../../model/signal.js';
import type { Rule } from '../rule.js';

/** How many recent wishes are remembered; the oldest is forgotten first. */
const REMEMBERED = 1_024;

/**
 * Refuses a signal whose source wanted the same (symbol, intent, side) within `within` ms. A person's approval is a new wish.
 * Keeps its memory in the rule: make one rule a bot.
 */
export const noDuplicate = ({ within = 1_000 }: { readonly within?: number } = {}): Rule => {
  const last = new Map<string, { readonly id: string; readonly time: number }>();
  const keyOf = (s: Signal): string => `${s.source}|${s.symbol}|${s.intent}|${s.side ?? ''}`;
  return {
    name: 'noDuplicate',
    remembers: true,
    check(signal) {
      if (signal.approval !== undefined) return undefined;
      const { id, time } = signal;
      const key = keyOf(signal);
      const before = last.get(key);
      // The same signal again is a second subscriber of the pipeline, not a second wish.
      if (before?.id === id) return undefined;
      if (before !== undefined && time - before.time < within) {
        return { code: 'DUPLICATE_SIGNAL', limit: within, actual: time - before.time };
      }
      last.delete(key);
      last.set(key, { id, time });
      if (last.size > REMEMBERED) last.delete(last.keys().next().value as string);
      return undefined;
    },
  };
};
