import { readExecutionReport } from '../mapper/execution-report.js';
import type { OrderNews } from './order-news.js';
import { toUnits } from './units.js';
import type { Wallet } from './wallet.js';
import { readAccountPosition, readBalanceUpdate } from './wire.js';

/** What the events of the user stream act on. */
export interface UserEventsParts {
  readonly news: OrderNews;
  readonly wallet: Wallet;
  /** The balances have changed. */
  readonly account: () => void;
  /** Something came or went that was no trade. @param amount - units, negative when it went */
  readonly moved: (asset: string, amount: bigint) => void;
  /** An event could not be read, so what it said is not known. */
  readonly lost: (detail: string) => void;
}

/** Takes the events of the user stream, each as the venue wrote it. Never throws. */
export class UserEvents {
  readonly #parts: UserEventsParts;
  #count = 0;

  constructor(parts: UserEventsParts) {
    this.#parts = parts;
  }

  /** Events taken so far. */
  get count(): number {
    return this.#count;
  }

  take(payload: Readonly<Record<string, unknown>>): void {
    this.#count += 1;
    try {
      this.#read(payload);
    } catch (error) {
      this.#parts.lost(error instanceof Error ? error.message : String(error));
    }
  }

  #read(payload: Readonly<Record<string, unknown>>): void {
    const { news, wallet, account, moved } = this.#parts;
    switch (payload.e) {
      case 'executionReport':
        news.take(readExecutionReport(payload));
        return;
      case 'outboundAccountPosition': {
        const { u, B } = readAccountPosition(payload);
        for (const { a, f, l } of B) wallet.set(a, f, l, u);
        account();
        return;
      }
      case 'balanceUpdate': {
        const { a, d } = readBalanceUpdate(payload);
        moved(a, toUnits(d));
        return;
      }
      default:
        // `listStatus` repeats what the reports of its orders say; `externalLockUpdate` moves nothing in or out;
        // `eventStreamTerminated` is for the transport, which subscribes again.
        return;
    }
  }
}
