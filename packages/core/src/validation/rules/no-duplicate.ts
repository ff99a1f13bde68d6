import type { Signal } from '../../model/signal.js';
import type { Rule } from '../rule.js';

/** How many recent wishes are remembered; the oldest is forgotten first. */
const REMEMBERED = 1_024;

/**
 * Refuses a signal whose source wanted the same (symbol, intent, side) within `within` ms. A person's approval is a new wish.
 * Keeps its memory in the rule: make one rule a bot.
 */
export const noDuplicate = ({ within = 1_000 }: { readonly within?: number } = {}): Rule => {
  const last = new Map<string, number>();
  const keyOf = (s: Signal): string => `${s.source}|${s.symbol}|${s.intent}|${s.side ?? ''}`;
  return {
    name: 'noDuplicate',
    check(signal) {
      if (signal.approval !== undefined) return undefined;
      const key = keyOf(signal);
      const before = last.get(key);
      if (before !== undefined && signal.time - before < within) {
        return { code: 'DUPLICATE_SIGNAL', limit: within, actual: signal.time - before };
      }
      last.delete(key);
      last.set(key, signal.time);
      if (last.size > REMEMBERED) last.delete(last.keys().next().value as string);
      return undefined;
    },
  };
};
