import type { AdapterEvents } from '@mikrobot/core';
import type { EventEmitter } from 'eventemitter3';
import type { LimitNotice } from '../transport/budget.js';

/** What a futures account is told beside orders, trades and figures. */
export interface FuturesNotices {
  /** The venue warns that positions come close to their liquidation. Amounts in account currency. */
  marginCall: (positions: readonly MarginCall[]) => void;
  /** Balance changed by something else than trading. `reason` is the venue's word, such as `FUNDING_FEE` or `DEPOSIT`. */
  balance: (reason: string, balance: number) => void;
  /** A person or another program changed the leverage of a symbol. */
  leverage: (symbol: string, leverage: number) => void;
  /** Commission was taken in an asset whose price is not known: it was told as 0. */
  unknownCommission: (asset: string, amount: number) => void;
  /** Several assets became margin together, or no longer. */
  multiAssets: (on: boolean) => void;
  /** The venue told us to slow down. */
  limit: (notice: LimitNotice) => void;
  /** The clocks were compared, because an event came from the future. Ms that the venue is ahead. */
  clock: (offset: number) => void;
  /** Something failed that is tried again, or a message could not be read. */
  trouble: (error: unknown) => void;
}

/** A position that the venue warns of. */
export interface MarginCall {
  readonly symbol: string;
  /** Signed lots. */
  readonly quantity: number;
  readonly markPrice: number;
  /** Floating profit. */
  readonly floating: number;
  /** What must be there for it to stay open. */
  readonly maintenance: number;
}

/** Where all that the venue tells is passed on to. */
export interface FuturesVoice extends EventEmitter<AdapterEvents> {
  readonly notices: EventEmitter<FuturesNotices>;
}
