import type {
  ApprovedOrder,
  Capabilities,
  CommandOutcome,
  MaybePromise,
  OrderEvent,
  OrderRef,
  QueryOutcome,
  Snapshot,
} from '@mikrobot/core';
import type { ToyOrder, ToyServer, ToyTrade } from '../toy/toy-server.js';
import { ToyAdapter } from './toy-adapter.js';

/*
 * The toy adapter with one thing wrong at a time, as real adapters have had it: each class is one fault, and the tests say which
 * cards catch it.
 */

/** `emit` with the arguments of one event. */
type Emit = (name: string, event: unknown) => boolean;

/** Changes what the adapter emits. */
abstract class Emitting extends ToyAdapter {
  override emit = ((name: string, event: unknown): boolean => {
    const send = super.emit.bind(this) as unknown as Emit;
    for (const one of this.change(name, event)) send(name, one);
    return true;
  }) as ToyAdapter['emit'];

  protected abstract change(name: string, event: unknown): readonly unknown[];
}

class SendsTwice extends ToyAdapter {
  override async submit(order: ApprovedOrder): Promise<CommandOutcome> {
    const { server } = this;
    const place = server.place.bind(server);
    server.place = (wire) => {
      place({ ...wire, cid: `${wire.cid}2`, trades: [] });
      return place(wire);
    };
    const answer = await super.submit(order);
    server.place = place;
    return answer;
  }
}

class RetriesWhenItHearsNothing extends ToyAdapter {
  override async submit(order: ApprovedOrder): Promise<CommandOutcome> {
    const answer = await super.submit(order);
    if (answer.outcome !== 'unknown') return answer;
    const { server } = this;
    const place = server.place.bind(server);
    server.place = (wire) => place({ ...wire, cid: `${wire.cid}2` });
    const second = await super.submit(order);
    server.place = place;
    return second;
  }
}

class CallsUnknownRejected extends ToyAdapter {
  override async submit(order: ApprovedOrder): Promise<CommandOutcome> {
    const answer = await super.submit(order);
    return answer.outcome === 'unknown' ? { outcome: 'rejected', code: 'TIMEOUT' } : answer;
  }
}

class ThrowsWhatTheVenueSaid extends ToyAdapter {
  override async submit(order: ApprovedOrder): Promise<CommandOutcome> {
    const answer = await super.submit(order);
    if (answer.outcome === 'rejected') throw new Error(answer.code);
    return answer;
  }
}

class SendsLater extends ToyAdapter {
  #up = true;
  readonly #kept: ApprovedOrder[] = [];

  override submit(order: ApprovedOrder): MaybePromise<CommandOutcome> {
    if (this.#up) return super.submit(order);
    this.#kept.push(order);
    return { outcome: 'unknown', detail: 'kept for later' };
  }

  override dropped(): void {
    this.#up = false;
    super.dropped();
    this.once('connection', () => {
      this.#up = true;
      for (const order of this.#kept.splice(0)) void super.submit(order);
    });
  }
}

class LosesAFill extends Emitting {
  #fills = 0;

  protected change(_name: string, event: unknown): readonly unknown[] {
    if ((event as OrderEvent | undefined)?.type !== 'fill') return [event];
    this.#fills += 1;
    return this.#fills === 2 ? [] : [event];
  }
}

class LosesWhatHappenedWhileDown extends ToyAdapter {
  #down = false;
  readonly #missed = new Set<string>();

  override dropped(): void {
    this.#down = true;
    super.dropped();
    this.once('connection', () => {
      this.#down = false;
    });
  }

  override async query(ref: OrderRef): Promise<QueryOutcome> {
    const answer = await super.query(ref);
    if (answer.outcome !== 'found' || this.#down) return answer;
    return { ...answer, fills: answer.fills.filter(({ tradeId }) => !this.#missed.has(tradeId)) };
  }

  constructor(server: ToyServer) {
    super(server);
    const tell = server.tell.bind(server);
    server.tell = (order: ToyOrder, trade?: ToyTrade) => {
      if (this.#down && trade !== undefined) this.#missed.add(String(trade.no));
      tell(order, trade);
    };
  }
}

class IsEmptyWhenItHearsNothing extends ToyAdapter {
  override async snapshot(): Promise<Snapshot> {
    try {
      this.#last = await super.snapshot();
      return this.#last;
    } catch (error) {
      if (this.#last === undefined) throw error;
      return { ...this.#last, orders: [], positions: [] };
    }
  }

  #last: Snapshot | undefined;
}

class IsAbsentWhenItHearsNothing extends ToyAdapter {
  override async query(ref: OrderRef): Promise<QueryOutcome> {
    const answer = await super.query(ref);
    return answer.outcome === 'unknown' ? { outcome: 'absent' } : answer;
  }
}

class LeavesItNaked extends ToyAdapter {
  override submit(order: ApprovedOrder): MaybePromise<CommandOutcome> {
    const { purpose, type } = order.request;
    return purpose === 'protect' && type === 'stop' ? { outcome: 'accepted' } : super.submit(order);
  }
}

class ClaimsBrackets extends ToyAdapter {
  override readonly capabilities: Capabilities = {
    ...new ToyAdapter(this.server).capabilities,
    bracket: 'native',
  };
}

class AmendsByASecondOrder extends ToyAdapter {
  override readonly capabilities: Capabilities = {
    ...new ToyAdapter(this.server).capabilities,
    amend: 'native',
  };

  override amend(order?: ApprovedOrder): CommandOutcome {
    if (order !== undefined) void this.submit(order);
    return { outcome: 'accepted' };
  }
}

class FiresAfterClose extends ToyAdapter {
  override close(): void {
    super.close();
    this.server.lines.add(this);
  }
}

class CancelsOnClose extends ToyAdapter {
  override close(): void {
    for (const { cid, state } of this.server.orders.values()) if (state === 'open') this.server.cancel(cid);
    super.close();
  }
}

class ReusesTradeIds extends Emitting {
  protected change(_name: string, event: unknown): readonly unknown[] {
    const told = event as OrderEvent | undefined;
    return [told?.type === 'fill' ? { ...told, tradeId: '1' } : event];
  }
}

class NumbersEachTelling extends Emitting {
  #told = 0;

  protected change(_name: string, event: unknown): readonly unknown[] {
    const told = event as OrderEvent | undefined;
    if (told?.type !== 'fill') return [event];
    this.#told += 1;
    return [{ ...told, tradeId: String(this.#told) }];
  }
}

class TellsTheSumOfFills extends Emitting {
  readonly #sums = new Map<string, number>();

  protected change(_name: string, event: unknown): readonly unknown[] {
    const told = event as OrderEvent | undefined;
    if (told?.type !== 'fill') return [event];
    const quantity = (this.#sums.get(told.id) ?? 0) + told.quantity;
    this.#sums.set(told.id, quantity);
    return [{ ...told, quantity }];
  }
}

class TellsSeconds extends Emitting {
  protected change(_name: string, event: unknown): readonly unknown[] {
    const told = event as OrderEvent | undefined;
    return [told?.type === 'fill' ? { ...told, time: Math.floor(told.time / 1_000) } : event];
  }
}

class TellsItsOwnTime extends Emitting {
  protected change(_name: string, event: unknown): readonly unknown[] {
    const told = event as OrderEvent | undefined;
    return [told?.type === 'fill' ? { ...told, time: told.time - this.server.skew } : event];
  }
}

class TellsNoProfit extends Emitting {
  protected change(_name: string, event: unknown): readonly unknown[] {
    const told = event as OrderEvent | undefined;
    return [told?.type === 'fill' ? { ...told, profit: 0 } : event];
  }
}

/** Changes what goes over the wire. */
abstract class Sending extends ToyAdapter {
  constructor(server: ToyServer) {
    super(server);
    const place = server.place.bind(server);
    server.place = (wire) => place(this.wire(wire));
  }

  protected abstract wire(order: ToyOrder): ToyOrder;
}

class RoundsPrices extends Sending {
  protected wire(order: ToyOrder): ToyOrder {
    return { ...order, px: Math.round(order.px * 1_000) / 1_000 };
  }
}

class RoundsQuantities extends Sending {
  protected wire(order: ToyOrder): ToyOrder {
    return { ...order, qty: Math.round(order.qty * 10) / 10 };
  }
}

class ShortensIds extends Sending {
  protected wire(order: ToyOrder): ToyOrder {
    return { ...order, cid: order.cid.slice(0, 20) };
  }
}

class TurnsItIntoMarket extends ToyAdapter {
  override submit(order: ApprovedOrder): MaybePromise<CommandOutcome> {
    if (order.request.type !== 'stop-limit') return super.submit(order);
    const { id: cid, side, quantity: qty } = order.request;
    return this.server.place({
      cid,
      buy: side === 'buy',
      kind: 'MKT',
      qty,
      px: 0,
      ioc: false,
      state: 'open',
      trades: [],
    }).error === undefined
      ? { outcome: 'accepted' }
      : { outcome: 'rejected', code: 'NO' };
  }
}

class CancelsWhatIsFilled extends ToyAdapter {
  override async cancel(ref: OrderRef): Promise<CommandOutcome> {
    await super.cancel(ref);
    this.emit('order', { type: 'cancelled', ...ref, time: this.server.now(), reason: 'asked to' });
    return { outcome: 'accepted' };
  }
}

class HidesTheLine extends Emitting {
  protected change(name: string, event: unknown): readonly unknown[] {
    return name === 'connection' ? [] : [event];
  }
}

class ForgetsStreams extends ToyAdapter {
  #deaf = false;

  override dropped(): void {
    this.#deaf = true;
    super.dropped();
  }

  override quote(bid: number, ask: number, ts: number): void {
    if (!this.#deaf) super.quote(bid, ask, ts);
  }
}

class LeavesConnectionsBehind extends ToyAdapter {
  #connections = 1;

  override dropped(): void {
    this.#connections += 1;
    super.dropped();
  }

  override order(order: ToyOrder, trade: ToyTrade | undefined, ts: number): void {
    for (let i = 0; i < this.#connections; i++) super.order(order, trade, ts);
  }
}

class KnowsOnlyItsOwn extends ToyAdapter {
  readonly #sent = new Set<string>();

  override submit(order: ApprovedOrder): MaybePromise<CommandOutcome> {
    this.#sent.add(order.request.id);
    return super.submit(order);
  }

  override async query(ref: OrderRef): Promise<QueryOutcome> {
    return this.#sent.has(ref.id) ? super.query(ref) : { outcome: 'absent' };
  }
}

class NeverStopsAStream extends ToyAdapter {
  override subscribe(stream: { readonly symbol: string }): () => void {
    super.subscribe(stream);
    return () => undefined;
  }
}

class TakesAnySymbol extends ToyAdapter {
  override subscribe(): () => void {
    return super.subscribe({ symbol: 'EURUSD' });
  }
}

/** Every fault by name. */
export const brokenAdapters = {
  'sends each order twice': SendsTwice,
  'sends again when no answer comes': RetriesWhenItHearsNothing,
  'calls an unknown outcome rejected': CallsUnknownRejected,
  'throws what the venue said': ThrowsWhatTheVenueSaid,
  'keeps an order and sends it after the reconnect': SendsLater,
  'loses a fill': LosesAFill,
  'loses what happened while the line was down': LosesWhatHappenedWhileDown,
  'answers empty on a timeout': IsEmptyWhenItHearsNothing,
  'answers absent on a timeout': IsAbsentWhenItHearsNothing,
  'leaves a bracket naked': LeavesItNaked,
  'declares brackets that it does not keep': ClaimsBrackets,
  'amends by a second order': AmendsByASecondOrder,
  'fires after it was closed': FiresAfterClose,
  'cancels everything when it is closed': CancelsOnClose,
  'reuses a trade id': ReusesTradeIds,
  'gives a trade another id each time it is told': NumbersEachTelling,
  'tells the sum of fills as the fill': TellsTheSumOfFills,
  'tells seconds for milliseconds': TellsSeconds,
  'tells its own time for the venue’s': TellsItsOwnTime,
  'tells no profit': TellsNoProfit,
  'rounds a price wrongly': RoundsPrices,
  'rounds a quantity wrongly': RoundsQuantities,
  'shortens ids': ShortensIds,
  'turns an order type into another': TurnsItIntoMarket,
  'tells of a cancel that did not happen': CancelsWhatIsFilled,
  'hides that the line is down': HidesTheLine,
  'forgets its streams when it reconnects': ForgetsStreams,
  'leaves connections behind when it reconnects': LeavesConnectionsBehind,
  'knows only orders of its own life': KnowsOnlyItsOwn,
  'never stops a stream': NeverStopsAStream,
  'takes a symbol that does not exist': TakesAnySymbol,
} as const;
