import type { AccountState, Clock, ConnectionState, OrderEvent, Random, Tick } from '@mikrobot/core';
import { type HeldPosition, heldPositions, workingContracts } from './account/account-requests.js';
import { AccountStream } from './account/account-stream.js';
import { type ChosenAccount, chooseAccount } from './account/choose-account.js';
import { ContractBook } from './contracts/contract-book.js';
import { keepHours } from './contracts/keep-hours.js';
import { HistoryQueue } from './history/history-queue.js';
import type { Line } from './line/line.js';
import { LiveBars } from './market/live-bars.js';
import { TickStreams } from './market/tick-streams.js';
import type { InteractiveBrokersOptions } from './options.js';
import { Orders } from './orders/orders.js';
import { Session, type UpListener } from './session/session.js';

/** Ms that a part of the account's state may take. */
export const STATE_TIMEOUT = 4_000;

/** To whom the rooms speak. */
export interface Voice {
  tick(tick: Tick): void;
  order(event: OrderEvent): void;
  account(state: AccountState): void;
  connection(state: ConnectionState): void;
  heartbeat(): void;
  /** What a person should know. */
  note(detail: string): void;
}

/** What the rooms are made of. */
export interface RoomParts {
  readonly options: InteractiveBrokersOptions;
  readonly clock: Clock;
  readonly random: Random;
  readonly voice: Voice;
}

/** The adapter behind its port: everything that stands on one session. */
export class Rooms {
  readonly session: Session;
  readonly contracts: ContractBook;
  readonly ticks: TickStreams;
  readonly bars: LiveBars;
  readonly queue: HistoryQueue;
  /** Margin rates by symbol, as far as they are known. */
  marginRates: ReadonlyMap<string, number> = new Map();
  readonly #parts: RoomParts;
  readonly #recoveries = new Set<UpListener>();
  readonly #endHours: () => void;
  #chosen: ChosenAccount | undefined;
  #orders: Orders | undefined;
  #account: AccountStream | undefined;

  /** @throws `MikroBotError` `BAD_CONFIG` for contracts that cannot be */
  constructor(parts: RoomParts) {
    this.#parts = parts;
    const { options, clock, random, voice } = parts;
    this.contracts = new ContractBook({ contracts: options.contracts, clock });
    this.queue = new HistoryQueue(clock);
    this.session = new Session({
      options,
      clock,
      random,
      tell: (state) => voice.connection(state),
      heartbeat: () => voice.heartbeat(),
    });
    const find = (symbol: string) => this.contracts.find(symbol);
    this.ticks = new TickStreams({
      clock,
      delayedData: options.delayedData === true,
      find,
      emit: (tick) => voice.tick(tick),
      condition: (symbol, detail) => this.session.condition(`ticks ${symbol}`, detail),
    });
    this.bars = new LiveBars({
      clock,
      find,
      queue: this.queue,
      condition: (name, detail) => this.session.condition(name, detail),
    });
    this.#endHours = keepHours(
      this.contracts,
      clock,
      () => this.session.line,
      (detail) => voice.note(detail),
    );
    this.session.onUp(async (line, up) => {
      await this.#prepare(line);
      for (const recover of this.#recoveries) await recover(line, up);
    });
    this.session.streams.keep((line) => {
      this.ticks.attach(line);
      return () => this.ticks.detach();
    });
    this.session.streams.keep((line) => {
      this.bars.attach(line);
      return () => this.bars.detach();
    });
  }

  /** The account that is traded; undefined before the first line. */
  get chosen(): ChosenAccount | undefined {
    return this.#chosen;
  }

  /** Undefined before the first line. */
  get orders(): Orders | undefined {
    return this.#orders;
  }

  /** Undefined before the first line. */
  get account(): AccountStream | undefined {
    return this.#account;
  }

  /** The highest leverage that the contracts allow, as far as their margins are known. */
  get leverage(): number {
    return Math.max(1, ...[...this.marginRates.values()].map((rate) => 1 / rate));
  }

  /** The line, while TWS reaches IB. */
  get reachingLine(): Line | undefined {
    return this.session.reachesVenue ? this.session.line : undefined;
  }

  /** Ends every stream, timer and socket. */
  close(): void {
    this.#endHours();
    this.queue.close();
    this.ticks.close();
    this.bars.close();
    this.#orders?.close();
    this.session.close();
  }

  /** The account on the first line, and that it is still there on the others. */
  async #prepare(line: Line): Promise<void> {
    const { options } = this.#parts;
    const chosen = chooseAccount(line.accounts, this.#chosen?.id ?? options.account);
    if (this.#chosen !== undefined) return;
    await this.contracts.resolve(line, await heldContracts(line, chosen.id));
    this.#chosen = chosen;
    this.#open(chosen);
  }

  #open(chosen: ChosenAccount): void {
    const { options, clock, voice } = this.#parts;
    const { session, contracts } = this;
    const account = new AccountStream({
      clock,
      facts: { ...chosen, leverage: () => this.leverage },
      tell: (state) => voice.account(state),
    });
    session.streams.keep((line) => account.attach(line));
    this.#account = account;
    this.#orders = new Orders({
      session: {
        get line() {
          return session.line;
        },
        get reachesVenue() {
          return session.reachesVenue;
        },
        onUp: (listener) => {
          this.#recoveries.add(listener);
          return () => void this.#recoveries.delete(listener);
        },
      },
      contracts,
      clock,
      account: chosen.id,
      clientId: options.clientId,
      rate: (currency) => account.values.rate(currency),
      tell: (event) => voice.order(event),
      note: (detail) => voice.note(detail),
      answerTimeout: options.answerTimeout,
      absentAfter: options.absentAfter,
    });
  }
}

/** Contracts in which the account holds something, or an order works: of such a future another expiry would be the wrong one. */
const heldContracts = async (line: Line, account: string): Promise<ReadonlySet<number>> => {
  const [positions, working] = await Promise.all([
    line.request(heldPositions(STATE_TIMEOUT)),
    line.request(workingContracts(account, STATE_TIMEOUT)),
  ]);
  const held = positions.filter((one: HeldPosition) => one.account === account && one.quantity !== 0);
  return new Set([...held.map(({ contract }) => contract.conId ?? 0), ...working]);
};
