import type { AccountState, FillEvent, OrderEvent, OrderRequest, Tick } from '@mikrobot/core';
import type { TwsSimulator } from '@mikrobot/simulators';

type TrueExecution = ReturnType<TwsSimulator['controls']['truth']>['executions'][number];

/** Places of fields in message 11; source: `decodeMsg_EXECUTION_DATA` of the client library. */
const field = {
  orderId: 2,
  execId: 14,
  account: 16,
  side: 18,
  quantity: 19,
  price: 20,
  orderRef: 26,
} as const;

/** A number of the wire. Quantities can have separators, as the client library knows. */
const strict = (field: string | undefined): number => {
  const text = field?.replaceAll(',', '');
  return text !== undefined && /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text)
    ? Number(text)
    : Number.NaN;
};

const tradeOf = (execId: string): string => execId.replace(/\.\d+$/, '');

const areFinite = (...values: readonly number[]): boolean => values.every(Number.isFinite);

/** Judges by means of its own what an adapter tells while it is told mutated messages. */
export class WireJudge {
  /** What must not be. */
  readonly wrong: string[] = [];
  readonly fills: FillEvent[] = [];
  /** Orders that were placed. */
  readonly orders = new Map<string, OrderRequest>();
  /** Executions that were on the wire, as fields, whoever put them there; each once, whoever asked for it. */
  readonly #told = new Map<string, readonly string[]>();
  ticks = 0;

  /** @param fields - of an execution that the client was sent */
  said(fields: readonly string[]): void {
    this.#told.set(fields.slice(2).join('|'), fields);
  }

  tick({ bid, ask, time, volume }: Tick): void {
    this.ticks += 1;
    if (!areFinite(bid, ask, time, volume) || bid <= 0 || ask < bid)
      this.wrong.push(`tick ${bid} ${ask} ${time} ${volume}`);
  }

  account({ balance, equity, margin }: AccountState): void {
    if (!areFinite(balance, equity, margin)) this.wrong.push(`account ${balance} ${equity} ${margin}`);
  }

  order(event: OrderEvent): void {
    const order = this.orders.get(event.id) ?? this.orders.get(event.id.replace(/[st]$/, ''));
    if (order === undefined) this.wrong.push(`${event.type} of an order that is not ours: ${event.id}`);
    if (!Number.isFinite(event.time)) this.wrong.push(`${event.type} at ${event.time}`);
    if (event.type === 'fill') this.#fill(event);
  }

  #fill(fill: FillEvent): void {
    const { quantity, price, commission, profit, remaining, tradeId } = fill;
    if (this.fills.some((one) => one.tradeId === tradeId)) this.wrong.push(`told twice: ${tradeId}`);
    this.fills.push(fill);
    if (!areFinite(quantity, price, commission, profit, remaining) || quantity <= 0 || remaining < 0)
      this.wrong.push(`fill ${JSON.stringify(fill)}`);
  }

  /** Compares what was told with what happened. A fill may be neither invented nor missing. */
  conclude(truth: readonly TrueExecution[]): { readonly real: number; readonly spelled: number } {
    const isReal = (fill: FillEvent): boolean =>
      truth.some(
        ({ execId, quantity, price, side }) =>
          tradeOf(execId) === fill.tradeId &&
          quantity === fill.quantity &&
          price === fill.price &&
          (side === 'BOT') === (fill.side === 'buy'),
      );
    // No client can tell a message that is whole, of our account and order, from a true one.
    const isSpelled = (fill: FillEvent): boolean =>
      [...this.#told.values()].some(
        (fields) =>
          tradeOf(fields[field.execId] ?? '') === fill.tradeId &&
          strict(fields[field.quantity]) === fill.quantity &&
          strict(fields[field.price]) === fill.price &&
          fields[field.side] === (fill.side === 'buy' ? 'BOT' : 'SLD') &&
          fields[field.account] === 'DU1' &&
          (fields[field.orderRef] === fill.id || strict(fields[field.orderId]) > 0),
      );
    const others = this.fills.filter((fill) => !isReal(fill));
    const spelled = others.filter(isSpelled);
    for (const fill of others) if (!isSpelled(fill)) this.wrong.push(`invented: ${JSON.stringify(fill)}`);
    // Where an order was made to trade more than it did, or to be larger, a true trade can be one too many.
    const misled = new Set(spelled.map(({ id }) => id));
    for (const [id, { quantity }] of this.orders) {
      const filled = this.fills
        .filter((fill) => fill.id === id)
        .reduce((sum, fill) => sum + fill.quantity, 0);
      if (!misled.has(id) && filled > quantity)
        this.wrong.push(`order ${id} of ${quantity} filled ${filled}`);
    }
    for (const { execId, orderRef } of truth)
      if (!misled.has(orderRef) && !this.fills.some(({ tradeId }) => tradeId === tradeOf(execId)))
        this.wrong.push(`never told: ${execId} of ${orderRef}`);
    return { real: this.fills.length - others.length, spelled: spelled.length };
  }
}
