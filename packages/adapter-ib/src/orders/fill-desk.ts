import { BoundedMap, type FillEvent, sign, tidyQuantity } from '@mikrobot/core';
import type { Commission, Execution } from './execution.js';
import { OpeningCosts } from './opening-costs.js';
import type { OrderParts } from './parts.js';
import type { TrackedOrder } from './tracked-order.js';
import { venueIdOf } from './venue-id.js';

const REMEMBERED = 20_000;
/** Ms that a trade waits for its commission, which comes in a message of its own. */
const COMMISSION_WAIT = 1_000;
/** Ms by which a trade's time can be behind that of news told before it: a second is cut off, and news take their way. */
const BEHIND = 2_000;

/** What trades need beside the parts of the room. */
export interface FillDeskParts extends OrderParts {
  /** Time of the latest news that were told, epoch ms. */
  readonly toldAt: () => number;
}

interface KnownTrade {
  readonly execution: Execution;
  readonly order: TrackedOrder;
  /** Highest correction that was told. */
  version: number;
  commission: Commission | undefined;
  /** Undefined until it was told, or while nobody is to hear of it. */
  event: FillEvent | undefined;
  disarm: (() => void) | undefined;
}

/** Letters by which the id of a leg, or of what came in its place, is longer than its entry's. */
const LEG = 4;

/** The names that the entry of an order can have, and its own: a leg is named after its entry. */
function* namesOf(id: string): Generator<string> {
  for (let letters = LEG; letters >= 0; letters--) yield id.slice(0, id.length - letters);
}

const tradeOf = (execId: string): string => execId.replace(/\.\d{1,4}$/, '');

/**
 * Joins each execution with its commission, and tells each trade once: TWS sends executions again when they are asked for, and corrects
 * them under an id that differs in its last part.
 */
export class FillDesk {
  readonly #parts: FillDeskParts;
  readonly #told: (order: TrackedOrder, fill: FillEvent) => void;
  readonly #wait: number;
  readonly #trades = new BoundedMap<string, KnownTrade>(REMEMBERED);
  /** Commissions that came before their executions. */
  readonly #early = new BoundedMap<string, Commission>(1_000);
  /** Trades from before this process, by their order, as long as nothing was told of it. */
  readonly #older = new BoundedMap<string, KnownTrade[]>(REMEMBERED);
  readonly #costs = new OpeningCosts();
  readonly #waiting = new Set<KnownTrade>();
  /** Currencies that a person was told of. */
  readonly #rateless = new Set<string>();
  readonly #watchers = new Set<() => void>();

  /** @param told - takes each trade once */
  constructor(parts: FillDeskParts, told: (order: TrackedOrder, fill: FillEvent) => void) {
    this.#parts = parts;
    this.#told = told;
    this.#wait = parts.commissionWait ?? COMMISSION_WAIT;
  }

  /** Whether a trade was heard of before. */
  knows(tradeId: string): boolean {
    return this.#trades.has(tradeId);
  }

  /** @param silent - the trade is older than this process: whoever needs it asks for its order */
  take(order: TrackedOrder, execution: Execution, silent = false): void {
    const { tradeId, version } = execution;
    const known = this.#trades.get(tradeId);
    if (known !== undefined) {
      this.#corrected(known, execution);
      return;
    }
    if (!silent && this.#isTooMuch(order, execution)) return;
    const commission = this.#early.get(tradeId);
    this.#early.delete(tradeId);
    const trade: KnownTrade = { execution, order, version, commission, event: undefined, disarm: undefined };
    this.#trades.set(tradeId, trade);
    if (silent) {
      order.filled += execution.quantity;
      this.#older.set(order.id, [...(this.#older.get(order.id) ?? []), trade]);
      return;
    }
    if (commission !== undefined) this.#tell(trade);
    else {
      const { clock } = this.#parts;
      this.#waiting.add(trade);
      trade.disarm = clock.arm(`ib commission of ${tradeId}`, clock.now() + this.#wait, () =>
        this.#tell(trade),
      );
    }
  }

  /**
   * Trades of an order, and of the entry that it is a leg of, from before this process; each once. What is told of the order now must
   * come after them: who does not know them yet would take a last trade, or an end, for all that there was.
   */
  older(id: string): readonly FillEvent[] {
    return [...namesOf(id)].flatMap((name) => this.#olderOf(name));
  }

  commission(commission: Commission): void {
    const tradeId = tradeOf(commission.execId);
    const trade = this.#trades.get(tradeId);
    if (trade === undefined) {
      this.#early.set(tradeId, commission);
      return;
    }
    trade.commission ??= commission;
    for (const check of [...this.#watchers]) check();
    if (this.#waiting.has(trade)) this.#tell(trade);
  }

  /** The trades of an order that are known, told or not, with what of their commissions has come. */
  of(order: TrackedOrder, executions: readonly Execution[]): readonly FillEvent[] {
    let filled = 0;
    return executions.map((execution) => {
      filled += execution.quantity;
      const known = this.#trades.get(execution.tradeId);
      return known?.event ?? this.#event(known ?? { execution, commission: undefined }, order, filled);
    });
  }

  /** Whether each of these trades has its commission. */
  complete(executions: readonly Execution[]): boolean {
    return executions.every(({ tradeId }) => this.#trades.get(tradeId)?.commission !== undefined);
  }

  /** Calls back once each of these trades has its commission, if ever. */
  whenComplete(executions: readonly Execution[], then: () => void): void {
    const check = (): void => {
      if (!this.complete(executions)) return;
      this.#watchers.delete(check);
      then();
    };
    this.#watchers.add(check);
    check();
  }

  close(): void {
    for (const { disarm } of this.#waiting) disarm?.();
    this.#waiting.clear();
  }

  #olderOf(id: string): readonly FillEvent[] {
    const trades = this.#older.get(id) ?? [];
    this.#older.delete(id);
    let filled = 0;
    return trades.map((trade) => {
      filled += trade.execution.quantity;
      trade.event ??= this.#event(trade, trade.order, filled, true);
      return trade.event;
    });
  }

  #corrected(known: KnownTrade, { version, price, quantity, execId }: Execution): void {
    if (version <= known.version) return;
    known.version = version;
    const { symbol, id } = known.order;
    this.#parts.note(
      `execution ${execId} of order ${id} (${symbol}) was corrected from ${known.execution.quantity} at ${known.execution.price} ` +
        `to ${quantity} at ${price}; it stays booked as it was told first`,
    );
  }

  /**
   * A trade beyond what the order was ever for, though the order's own count says that it has not traded more: a copy under another id.
   * One that the count confirms is real. Another order of the same name has a count of its own.
   */
  #isTooMuch(order: TrackedOrder, { permId, quantity, total, tradeId }: Execution): boolean {
    const { most, id } = order;
    if (most === 0 || (permId > 0 && order.permId > 0 && permId !== order.permId)) return false;
    let filled = order.filled + quantity;
    for (const { order: of, execution } of this.#waiting) if (of === order) filled += execution.quantity;
    if (filled <= most + 1e-9 || (total ?? 0) > most + 1e-9) return false;
    this.#parts.note(
      `execution ${tradeId} would make ${filled} lots of order ${id} for ${most}; it is not booked`,
    );
    return true;
  }

  #tell(trade: KnownTrade): void {
    const { order } = trade;
    this.#waiting.delete(trade);
    trade.disarm?.();
    trade.disarm = undefined;
    const event = this.#event(trade, order, order.filled + trade.execution.quantity, true);
    trade.event = event;
    this.#told(order, event);
  }

  /** @param filled - lots of the order traded with this trade */
  #event(
    { execution, commission }: Pick<KnownTrade, 'execution' | 'commission'>,
    order: TrackedOrder,
    filled: number,
    books = false,
  ): FillEvent {
    const { clock, contracts } = this.#parts;
    const { symbol, id } = order;
    const instrument = contracts.find(symbol)?.instrument;
    const { side, quantity, price, tradeId, time } = execution;
    const perUnit = commission === undefined ? 1 : this.#rate(commission.currency, books);
    const paid = (commission?.commission ?? 0) * perUnit;
    // Trades that open realise nothing, which TWS says by 0 or by no value.
    const realised = (commission?.realised ?? 0) * perUnit;
    const added = books
      ? this.#costs.add(symbol, sign(side) * quantity, paid, realised !== 0)
      : realised === 0
        ? 0
        : paid;
    const left = Math.max(0, order.quantity - filled);
    return {
      type: 'fill',
      id,
      symbol,
      time: books ? this.#timeOf(time) : (time ?? clock.now()),
      venueId: venueIdOf(order),
      tradeId,
      side,
      quantity,
      price,
      remaining: instrument === undefined ? left : tidyQuantity(instrument, left),
      commission: paid,
      profit: realised === 0 ? 0 : realised + added,
    };
  }

  #rate(currency: string, notes: boolean): number {
    const rate = this.#parts.rate(currency);
    if (rate === undefined && notes && !this.#rateless.has(currency)) {
      this.#rateless.add(currency);
      this.#parts.note(`no rate is known for ${currency}: commissions and profits in it are not converted`);
    }
    return rate ?? 1;
  }

  /** Executions are timed in whole seconds: a trade is not told as older than news that were told before it. */
  #timeOf(time: number | undefined): number {
    const { clock, toldAt } = this.#parts;
    const last = toldAt();
    if (time === undefined) return clock.now();
    return last > time && last - time < BEHIND ? last : time;
  }
}
