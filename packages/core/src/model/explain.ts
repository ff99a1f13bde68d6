import type { Decision } from './decision.js';
import type { OrderRequest } from './order.js';
import { FOREVER } from './refuse.js';
import type { Signal } from './signal.js';

const clock = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

const deadline = (until: number): string =>
  until < FOREVER ? `, until ${clock(until)}` : ', without an end';

const wish = ({ intent, side, symbol, approval }: Signal): string => {
  const reversal = side === undefined ? 'reverse' : `reverse to ${side}`;
  const what = intent === 'enter' ? (side ?? 'enter') : intent === 'reverse' ? reversal : intent;
  return `${what} ${symbol}${approval === undefined ? '' : ` (approved by ${approval.by})`}`;
};

const order = ({ purpose, side, quantity, type, price, limitPrice, bracket }: OrderRequest): string => {
  // An adjustment trades nothing: it moves the protection of what is open.
  const moves = purpose === 'protect' && bracket !== undefined;
  const parts = [moves ? `protect ${quantity}` : `${side} ${quantity} ${type}`];
  if (price !== undefined) parts.push(`at ${price}`);
  if (limitPrice !== undefined) parts.push(`limit ${limitPrice}`);
  if (bracket?.stop !== undefined) parts.push(`stop ${bracket.stop}`);
  else if (purpose === 'enter' && bracket?.trail === undefined) parts.push('NO STOP');
  if (bracket?.target !== undefined) parts.push(`target ${bracket.target}`);
  if (bracket?.trail !== undefined) parts.push(`trailing by ${bracket.trail}`);
  return parts.join(', ');
};

const tell = (decision: Decision): string => {
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
      const until = decision.outcome === 'held' ? deadline(decision.until) : '';
      return `${head}: ${code} at ${stage} by ${rule} (limit ${limit}, actual ${actual})${until}${why}`;
    }
  }
};

/** A decision in one line that a person can read. Times in UTC. */
export const explain = (decision: Decision): string =>
  // Reasons come from people and webhooks, details from venues: none of them may break the line.
  tell(decision).replace(/\s*[\n\r\t\u2028\u2029]\s*/g, ' ');
