import type { Clock, Random } from '@mikrobot/core';
import type { Route } from '../exchange.js';
import { doorErrors } from '../shared/errors.js';
import { writeJson } from '../shared/json.js';
import type { FaultState } from './faults.js';
import type { StreamHub } from './stream-hub.js';
import type { UserEvents } from './user-events.js';

/** A listen key lives so long after it was made or kept alive ("User Data Streams Connect"). */
const LIFE = 3_600_000;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

interface ListenKey {
  readonly name: string;
  readonly stop: () => void;
  cancel: () => void;
}

/** The listen keys of futures: each is the name of a stream that tells an account's events. */
export class ListenKeys {
  readonly #keys = new Map<string, ListenKey>();
  readonly #users: UserEvents;
  readonly #streams: StreamHub;
  readonly #clock: Clock;
  readonly #now: () => number;
  readonly #random: Random;
  readonly #faults: FaultState;

  constructor(parts: {
    readonly users: UserEvents;
    readonly streams: StreamHub;
    readonly clock: Clock;
    readonly now: () => number;
    readonly random: Random;
    readonly faults: FaultState;
  }) {
    this.#users = parts.users;
    this.#streams = parts.streams;
    this.#clock = parts.clock;
    this.#now = parts.now;
    this.#random = parts.random;
    this.#faults = parts.faults;
  }

  /** The routes of listen keys, by REST and by the WebSocket API. */
  routes(): readonly (readonly [string, Route])[] {
    const common = { security: 'USER_STREAM', weight: 1 } as const;
    return [
      [
        'POST /fapi/v1/listenKey',
        { ...common, wsMethod: 'userDataStream.start', handle: ({ account }) => this.#start(account) },
      ],
      [
        'PUT /fapi/v1/listenKey',
        { ...common, wsMethod: 'userDataStream.ping', handle: ({ account }) => this.#keep(account) },
      ],
      [
        'DELETE /fapi/v1/listenKey',
        { ...common, wsMethod: 'userDataStream.stop', handle: ({ account }) => this.#close(account) },
      ],
    ];
  }

  /** Whether a stream is a listen key that lives. */
  knows(stream: string): boolean {
    return [...this.#keys.values()].some((key) => key.name === stream);
  }

  /** The key of an account, or those of all, expire now. */
  expire(account?: string): void {
    for (const owner of [...this.#keys.keys()])
      if (account === undefined || owner === account) this.#expire(owner);
  }

  #start(account: string): unknown {
    const key = this.#keys.get(account) ?? this.#make(account);
    this.#extend(account, key);
    return { listenKey: key.name };
  }

  #keep(account: string): unknown {
    const key = this.#keys.get(account);
    if (key === undefined) throw doorErrors.listenKey();
    this.#extend(account, key);
    return { listenKey: key.name };
  }

  #close(account: string): unknown {
    this.#remove(account);
    return {};
  }

  #make(account: string): ListenKey {
    const name = Array.from({ length: 64 }, () => LETTERS[Math.floor(this.#random() * LETTERS.length)]).join(
      '',
    );
    const stop = this.#users.listen(account, (event) => this.#streams.tell(name, writeJson(event)));
    const key = { name, stop, cancel: () => undefined };
    this.#keys.set(account, key);
    return key;
  }

  #extend(account: string, key: ListenKey): void {
    key.cancel();
    key.cancel = this.#clock.arm(`listen-key-${account}`, this.#clock.now() + LIFE, () =>
      this.#expire(account),
    );
  }

  #expire(account: string): void {
    const key = this.#remove(account);
    if (key === undefined) return;
    this.#faults.count('expired-listen-key');
    const event = { e: 'listenKeyExpired', E: String(Math.floor(this.#now())), listenKey: key.name };
    this.#streams.tell(key.name, writeJson(event));
  }

  #remove(account: string): ListenKey | undefined {
    const key = this.#keys.get(account);
    key?.stop();
    key?.cancel();
    this.#keys.delete(account);
    return key;
  }

  /** Forgets all keys and their timers. */
  clear(): void {
    for (const account of [...this.#keys.keys()]) this.#remove(account);
  }
}
