import type { Clock, Instrument, OrderEvent, Session } from '@mikrobot/core';
import type { Contract } from '@stoqey/ib';
import type { Line } from '../line/line.js';

/** A contract that orders are for. */
export interface TradedContract {
  readonly symbol: string;
  /** As orders name it. */
  readonly contract: Contract;
  readonly instrument: Instrument;
  /** Whether it can be traded: not an index. */
  readonly tradable: boolean;
  readonly spec: { readonly outsideRegularHours?: boolean | undefined };
}

/** Where contracts are looked up. */
export interface OrderContracts {
  find(symbol: string): TradedContract | undefined;
  byContractId(contractId: number): TradedContract | undefined;
  /** When the contract of a symbol trades. */
  sessions(symbol: string): Session;
}

/** What orders need of the session. */
export interface OrderSession {
  readonly line: Line | undefined;
  /** Whether TWS reaches IB's servers. */
  readonly reachesVenue: boolean;
  /** Called for each new line, and when TWS reaches IB again, before the session counts as up. `first`: of this process. */
  onUp(listener: (line: Line, up: { readonly first: boolean }) => void | Promise<void>): () => void;
}

/** What the order room needs. */
export interface OrderParts {
  readonly session: OrderSession;
  readonly contracts: OrderContracts;
  readonly clock: Clock;
  /** The account that is traded; messages about others are passed over. */
  readonly account: string;
  readonly clientId: number;
  /** Account currency for one unit of a currency; undefined while no rate is known. */
  readonly rate: (currency: string) => number | undefined;
  readonly tell: (event: OrderEvent) => void;
  /** Something that a person should know: a corrected execution, an order that exists twice. */
  readonly note: (detail: string) => void;
  /** Ms that a command waits for its answer. Default: 4000. */
  readonly answerTimeout?: number | undefined;
  /** Ms that an order that was sent may take to appear. Default: 5000. */
  readonly absentAfter?: number | undefined;
  /** Ms that an execution waits for its commission. Default: 1000. */
  readonly commissionWait?: number | undefined;
}
