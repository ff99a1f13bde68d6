import type { Mt5Deal, Mt5Order, Mt5Position, Mt5Truth } from '@mikrobot/simulators';
import { type Fill, isStop, type WorkingOrder } from '../record.js';
import type { Protecting } from './reading.js';

/** DEAL_REASON_SL and DEAL_REASON_TP, by what they close. */
const levelOfReason: Readonly<Record<number, Protecting['which']>> = { 4: 'sl', 5: 'tp' };

/** ORDER_TYPE_…: market, limit, stop; odd numbers sell. */
const types: readonly WorkingOrder['type'][] = ['market', 'limit', 'stop'];

const sideOf = (type: number): 'buy' | 'sell' => (type % 2 === 0 ? 'buy' : 'sell');

const isTrade = ({ type }: Mt5Deal): boolean => type <= 1;

/** Reads what the trade server holds in the words of the judge: levels of positions are orders there. */
export class Books {
  readonly #hedging: boolean;
  /** Client order ids of the entries by the ids of their positions. */
  readonly #entries = new Map<number, string>();
  /** Names of levels that do not have the name of their entry's leg, by position and level. */
  readonly #names = new Map<string, string>();
  #deals = 0;

  constructor(hedging: boolean) {
    this.#hedging = hedging;
  }

  /** A level was given a name. */
  named({ position, which, id }: Protecting): void {
    this.#names.set(`${which}${position}`, id);
  }

  /** The trades since the last call. */
  trades({ deals }: Mt5Truth): readonly Fill[] {
    const fresh = deals.slice(this.#deals).filter(isTrade);
    this.#deals = deals.length;
    return fresh.map((deal) => {
      const { ticket, positionId, symbol, type, reason, comment, volume, price, time } = deal;
      if (!this.#entries.has(positionId)) this.#entries.set(positionId, comment);
      const which = levelOfReason[reason];
      const id = which === undefined ? comment : this.#legOf(positionId, which);
      return { id, symbol, tradeId: String(ticket), side: sideOf(type), quantity: volume, price, time };
    });
  }

  /** Orders that work, and on a hedging account the levels of its positions. */
  working({ orders, positions }: Mt5Truth): readonly WorkingOrder[] {
    return [...orders.map(asOrder), ...(this.#hedging ? positions.flatMap((held) => this.#legs(held)) : [])];
  }

  /** The net position of each symbol. */
  positions({ positions }: Mt5Truth): readonly { symbol: string; quantity: number; averagePrice: number }[] {
    const net = new Map<string, number>();
    for (const { symbol, type, volume } of positions)
      net.set(symbol, (net.get(symbol) ?? 0) + (sideOf(type) === 'buy' ? volume : -volume));
    return [...net].map(([symbol, quantity]) => ({ symbol, quantity, averagePrice: 0 }));
  }

  /** What a position's level is called, and whether it is the stop. */
  #legs(position: Mt5Position): readonly WorkingOrder[] {
    const { identifier, symbol, volume: quantity, type } = position;
    return (['sl', 'tp'] as const).flatMap((which) => {
      const price = position[which];
      if (price === 0) return [];
      const id = this.#legOf(identifier, which);
      const side = sideOf(type) === 'buy' ? 'sell' : 'buy';
      return [{ id, symbol, side, type: isStop(id) ? 'stop' : 'limit', quantity, filled: 0, price }];
    });
  }

  #legOf(position: number, which: Protecting['which']): string {
    const name = this.#names.get(`${which}${position}`);
    return name ?? `${this.#entries.get(position)}${which === 'sl' ? 's' : 't'}`;
  }
}

const asOrder = ({
  comment,
  symbol,
  type,
  volumeInitial,
  volumeCurrent,
  priceOpen,
}: Mt5Order): WorkingOrder => ({
  id: comment,
  symbol,
  side: sideOf(type),
  type: types[Math.floor(type / 2)] ?? 'stop-limit',
  quantity: volumeInitial,
  filled: Number((volumeInitial - volumeCurrent).toFixed(8)),
  price: priceOpen,
});
