import type { Entry, OrderEvent, OrderReport, OrderRequest } from '@mikrobot/core';
import { signedAmount } from '../output/format.js';

/** What an entry that answers a command holds. */
interface AnswerRecord {
  readonly command: string;
  readonly answer: {
    readonly outcome: string;
    readonly venueId?: string;
    readonly code?: string;
    readonly detail?: string;
    readonly report?: OrderReport;
  };
}

/** An intent that changes an order that is there. */
type ChangeRecord =
  | { readonly command: 'cancel'; readonly reason: string }
  | { readonly command: 'amend'; readonly quantity: number; readonly price?: number };

/** One thing that happened to an order. */
export interface OrderStep {
  readonly seq: number;
  /** The bot's clock, epoch ms. */
  readonly at: number;
  /** Who said it. */
  readonly from: 'bot' | 'venue';
  readonly text: string;
}

/** How long things took, ms. Undefined where they did not happen. */
export interface OrderLatency {
  /** From the intent to the venue's answer. */
  readonly answered: number | undefined;
  /** From the intent to the first and to the last fill, by the bot's clock. */
  readonly firstFill: number | undefined;
  readonly lastFill: number | undefined;
  /** From the order's arrival at the venue to its first fill, by the venue's clock. */
  readonly atVenue: number | undefined;
}

/** What became of one order. */
export interface OrderStory {
  readonly id: string;
  /** Undefined when the venue keeps the order by itself, as the legs of its own brackets, or somebody else placed it. */
  readonly request: OrderRequest | undefined;
  readonly leg: 'stop' | 'target' | undefined;
  readonly steps: readonly OrderStep[];
  readonly latency: OrderLatency;
}

const at = (price: number | undefined): string => (price === undefined ? '' : ` at ${price}`);

/** An order in words, as `sell 0.5 market`. */
const requestText = ({ purpose, side, quantity, type, price, limitPrice, bracket }: OrderRequest): string =>
  [
    `${purpose}: ${side} ${quantity} ${type}${at(price)}`,
    limitPrice === undefined ? '' : `limit ${limitPrice}`,
    bracket?.stop === undefined ? '' : `stop ${bracket.stop}`,
    bracket?.target === undefined ? '' : `target ${bracket.target}`,
    bracket?.trail === undefined ? '' : `trailing by ${bracket.trail}`,
  ]
    .filter((part) => part !== '')
    .join(', ');

const intentText = (data: OrderRequest | ChangeRecord): string => {
  if (!('command' in data)) return `intends to ${requestText(data)}`;
  if (data.command === 'cancel') return `intends to cancel: ${data.reason}`;
  return `intends to change it to ${data.quantity} lots${at(data.price)}`;
};

const answerText = ({ command, answer }: AnswerRecord): string => {
  const { outcome, venueId, code, detail, report } = answer;
  const more = report === undefined ? '' : `${report.state}, ${report.filled} of ${report.quantity} filled`;
  const rest = [code ?? '', detail ?? '', more].filter((part) => part !== '').join(', ');
  return `${command} ${outcome}${venueId === undefined ? '' : ` as ${venueId}`}${rest === '' ? '' : `: ${rest}`}`;
};

const eventText = (event: OrderEvent): string => {
  switch (event.type) {
    case 'accepted':
      return `accepted${event.venueId === undefined ? '' : ` as ${event.venueId}`}`;
    case 'triggered':
    case 'expired':
      return event.type;
    case 'fill': {
      const { quantity, price, remaining, commission, profit } = event;
      const paid = commission === 0 ? '' : `, commission ${commission}`;
      const made = profit === 0 ? '' : `, profit ${signedAmount(profit)}`;
      return `filled ${quantity} at ${price}, ${remaining} left${paid}${made}`;
    }
    case 'replaced':
      return `changed to ${event.quantity} lots${at(event.price)}`;
    case 'cancelled':
      return `cancelled: ${event.reason}`;
    case 'rejected':
      return `rejected: ${event.code}, ${event.detail}`;
  }
};

const stepOf = ({ seq, at: time, kind, data }: Entry): OrderStep => {
  const step = { seq, at: time };
  if (kind === 'out:intent')
    return { ...step, from: 'bot', text: intentText(data as OrderRequest | ChangeRecord) };
  if (kind === 'in:answer') {
    const record = data as AnswerRecord;
    const own = record.command === 'commit';
    return { ...step, from: own ? 'bot' : 'venue', text: own ? 'intent is on disk' : answerText(record) };
  }
  // Core concludes some events itself, from what the venue answers when it is asked.
  const concluded = kind === 'out:order' ? ' (found out by asking)' : '';
  return { ...step, from: 'venue', text: `${eventText(data as OrderEvent)}${concluded}` };
};

const latencyOf = (about: readonly Entry[]): OrderLatency => {
  const intent = about.find(({ kind }) => kind === 'out:intent')?.at;
  const since = (time: number | undefined): number | undefined =>
    intent === undefined || time === undefined ? undefined : time - intent;
  const answer = about.find(
    ({ kind, data }) => kind === 'in:answer' && (data as AnswerRecord).command === 'submit',
  );
  const fills = about.filter(
    ({ kind, data }) => kind.endsWith(':order') && (data as OrderEvent).type === 'fill',
  );
  const first = fills[0]?.data as Extract<OrderEvent, { readonly type: 'fill' }> | undefined;
  return {
    answered: since(answer?.at),
    firstFill: since(fills[0]?.at),
    lastFill: since(fills.at(-1)?.at),
    atVenue: first?.arrived === undefined ? undefined : first.time - first.arrived,
  };
};

/** @param about - all entries of the order, in their order */
export const orderStory = (
  id: string,
  request: OrderRequest | undefined,
  about: readonly Entry[],
): OrderStory => {
  const [, leg] = /-e([st])[0-9a-z]*$/.exec(id) ?? [];
  return {
    id,
    request,
    leg: leg === undefined ? undefined : leg === 's' ? 'stop' : 'target',
    steps: about.map(stepOf),
    latency: latencyOf(about),
  };
};
