import type { Decision } from './decision.js';
import type { OrderRequest } from './order.js';
import type { Signal } from './signal.js';

const clock = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

const wish = ({ intent, side, symbol, approval }: Signal): string => {
  const what = intent === 'enter' ? (side ?? 'enter') : intent === 'reverse' ? `reverse to ${side}` : intent;
  return `${what} ${symbol}${approval === undefined ? '' : ` (approved by ${approval.by})`}`;
};

const order = ({ side, quantity, type, price, bracket }: OrderRequest): string => {
  const parts = [`${side} ${quantity} ${type}`];
  if (price !== undefined) parts.push(`at ${price}`);
  if (bracket?.stop !== undefined) parts.push(`stop ${bracket.stop}`);
  if (bracket?.target !== undefined) parts.push(`target ${bracket.target}`);
  if (bracket?.trail !== undefined) parts.push(`trailing by ${bracket.trail}`);
  return parts.join(', ');
};

/** A decision in one line that a person can read. Times in UTC. */
export const explain = (decision: Decision): string => {
  const { signal, time, outcome } = decision;
  const head = `${clock(time)}  ${outcome.toUpperCase().padEnd(8)}  ${wish(signal)}`;
  const why = signal.reason === '' ? '' : `  [${signal.reason}]`;
  switch (decision.outcome) {
    case 'executed': {
      const shrunk = decision.verdicts.filter((v) => v.outcome === 'shrink').map((v) => v.policy);
      const sized = shrunk.length === 0 ? '' : `, sized by ${shrunk.join(', ')}`;
      return `${head}: ${order(decision.order)}${sized}${why}`;
    }
    case 'unknown':
      return `${head}: ${order(decision.order)}; ${decision.detail}${why}`;
    default: {
      const { stage, rule, code, limit, actual } = decision.refusal;
      const until = decision.outcome === 'held' ? `, until ${clock(decision.until)}` : '';
      return `${head}: ${code} at ${stage} by ${rule} (limit ${limit}, actual ${actual})${until}${why}`;
    }
  }
};
