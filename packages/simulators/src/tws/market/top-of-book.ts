import type { TwsSession } from '../session.js';
import type { Change, ContractMarket } from './contract-market.js';
import { type TickName, tickGeneric, tickIds, tickPrice, tickSize, tickString } from './tick-messages.js';

/** Generic tick that asks for time and sales as one text. */
export const RT_VOLUME = '233';

/** How one client wants a market told. */
export interface TopOfBookRequest {
  readonly session: TwsSession;
  readonly requestId: number;
  readonly delayed: boolean;
  /** Generic ticks that were asked for, by number. */
  readonly generic: ReadonlySet<string>;
  /** Whether the client may see prices at all. */
  readonly prices: boolean;
}

/** Which size goes with which price. */
const sizeOf = { bid: 'bidSize', ask: 'askSize', last: 'lastSize' } as const;

/**
 * Tells one client of one market, tick by tick as TWS does: a price brings its size along, and the size is then sent once more by
 * itself (ib_insync#29: "superfluous here but that is just what IB is sending").
 */
export class TopOfBook {
  readonly #market: ContractMarket;
  readonly #request: TopOfBookRequest;
  #toldSecond = -1;

  constructor(market: ContractMarket, request: TopOfBookRequest) {
    this.#market = market;
    this.#request = request;
  }

  /** All that is known. */
  all(): void {
    const market = this.#market;
    if (this.#request.prices) {
      if (market.bid !== undefined) this.#sized('bid', market.bid, market.bidSize);
      if (market.ask !== undefined) this.#sized('ask', market.ask, market.askSize);
      if (market.last !== undefined) {
        this.#time();
        this.#sized('last', market.last, market.lastSize);
        this.#size('volume', market.volume);
      }
      if (market.high !== undefined) this.#price('high', market.high);
      if (market.low !== undefined) this.#price('low', market.low);
      if (market.open !== undefined) this.#price('open', market.open);
    }
    if (market.close !== undefined) this.#price('close', market.close);
    this.#halted();
  }

  /** What has changed. */
  tell(change: Readonly<Change>): void {
    const market = this.#market;
    if (change.halted) this.#halted();
    if (!this.#request.prices) return;
    if (change.bid) this.#sized('bid', market.bid, market.bidSize);
    else if (change.bidSize) this.#size('bidSize', market.bidSize ?? 0);
    if (change.ask) this.#sized('ask', market.ask, market.askSize);
    else if (change.askSize) this.#size('askSize', market.askSize ?? 0);
    if (!change.trade) return;
    this.#time();
    if (change.last) this.#sized('last', market.last, market.lastSize);
    else this.#size('lastSize', market.lastSize ?? 0);
    this.#size('volume', market.volume);
    if (change.high) this.#price('high', market.high);
    if (change.low) this.#price('low', market.low);
    if (this.#request.generic.has(RT_VOLUME)) this.#rtVolume();
  }

  #id(name: TickName): number {
    return tickIds[name][this.#request.delayed ? 'delayed' : 'live'];
  }

  #price(name: TickName, price: number | undefined): void {
    const { session, requestId } = this.#request;
    session.send(tickPrice(requestId, this.#id(name), price, 0, false));
  }

  #sized(name: keyof typeof sizeOf, price: number | undefined, size: number | undefined): void {
    const { session, requestId } = this.#request;
    session.send(tickPrice(requestId, this.#id(name), price, size, name !== 'last'));
    this.#size(sizeOf[name], size ?? 0);
  }

  #size(name: TickName, size: number): void {
    this.#request.session.send(tickSize(this.#request.requestId, this.#id(name), size));
  }

  /** The second of the last trade, before it: told once. */
  #time(): void {
    const second = Math.floor((this.#market.lastTime ?? 0) / 1_000);
    if (second === this.#toldSecond) return;
    this.#toldSecond = second;
    const { session, requestId } = this.#request;
    session.send(tickString(requestId, this.#id('lastTimestamp'), String(second)));
  }

  #halted(): void {
    const { session, requestId } = this.#request;
    session.send(tickGeneric(requestId, this.#id('halted'), this.#market.halted ? 1 : 0));
  }

  /** Price, size, time (ms), volume of the day, its average price, and whether one market maker filled it all. */
  #rtVolume(): void {
    const { last, lastSize, lastTime, volume } = this.#market;
    const { session, requestId } = this.#request;
    const time = Math.floor(lastTime ?? 0);
    const text = [last, lastSize, time, volume, last, 'true'].join(';');
    session.send(tickString(requestId, tickIds.rtVolume.live, text));
  }
}
