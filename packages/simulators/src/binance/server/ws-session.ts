import type { Route } from '../exchange.js';
import { doorErrors } from '../shared/errors.js';
import { writeJson } from '../shared/json.js';
import type { KnownKey } from './keys.js';
import type { Line } from './lines.js';
import type { UserEvent } from './user-events.js';
import type { Venue } from './venue.js';
import { wsPayload } from './ws-json.js';

interface Subscription {
  readonly id: number;
  readonly account: string;
  /** Began by `userDataStream.subscribe`, so that it ends with the session's key. */
  readonly byLogon: boolean;
  readonly stop: () => void;
}

/** What a connection of the WebSocket API remembers: who logged on, and whose user data it listens to. */
export class WsSession {
  /** The key that logged on. */
  key: KnownKey | undefined;
  /** Whether answers tell of rate limits unless a request says otherwise. */
  readonly showsLimits: boolean;
  readonly #venue: Venue;
  readonly #line: Line;
  readonly #subscriptions = new Map<number, Subscription>();
  #since: number | undefined;
  #sequence = 0;

  constructor(venue: Venue, line: Line, showsLimits: boolean) {
    this.#venue = venue;
    this.#line = line;
    this.showsLimits = showsLimits;
    const shutdown = (): void => {
      if (venue.style.name === 'spot')
        line.send(writeJson({ event: { e: 'serverShutdown', E: this.#now() } }));
    };
    line.onNotice(shutdown);
    const unlisten = [
      venue.users.onShutdown(shutdown),
      venue.users.onTerminate((account) => this.#terminate(account)),
    ];
    line.onClose(() => {
      for (const stop of unlisten) stop();
      for (const { stop } of this.#subscriptions.values()) stop();
    });
  }

  /** The route of a method that is about this connection; undefined for methods of the venue. */
  route(method: string, params: Readonly<Record<string, string>>): Route | undefined {
    const handle = this.#handler(method, params);
    return handle && { security: 'NONE', weight: 2, handle };
  }

  #handler(method: string, params: Readonly<Record<string, string>>): (() => unknown) | undefined {
    const user = this.#venue.style.userData === 'ws-api';
    switch (method) {
      case 'session.logon':
        return () => this.#logon(params);
      case 'session.status':
        return () => this.#status();
      case 'session.logout':
        return () => this.#logout();
      case 'session.subscriptions':
        return user
          ? () => [...this.#subscriptions.keys()].map((subscriptionId) => ({ subscriptionId }))
          : undefined;
      case 'userDataStream.subscribe':
        return user ? () => this.#subscribe(this.key, true) : undefined;
      case 'userDataStream.subscribe.signature':
        return user ? () => this.#subscribe(this.#prove(params), false) : undefined;
      case 'userDataStream.unsubscribe':
        return user ? () => this.#unsubscribe(params.subscriptionId) : undefined;
      default:
        return undefined;
    }
  }

  #now(): number {
    return Math.floor(this.#venue.now());
  }

  #prove(params: Readonly<Record<string, string>>): KnownKey {
    const proof = { apiKey: params.apiKey, params, payload: wsPayload(params) };
    return this.#venue.desk.door.prove(proof, this.#venue.now());
  }

  #logon(params: Readonly<Record<string, string>>): unknown {
    const key = this.#prove(params);
    if (key.kind !== 'ed25519') throw doorErrors.keyKind();
    this.key = key;
    this.#since = this.#now();
    return this.#status();
  }

  #logout(): unknown {
    this.key = undefined;
    this.#since = undefined;
    for (const subscription of this.#subscriptions.values())
      if (subscription.byLogon) this.#end(subscription);
    return this.#status();
  }

  #status(): unknown {
    return {
      apiKey: this.key?.apiKey ?? null,
      authorizedSince: this.#since ?? null,
      connectedSince: Math.floor(this.#line.openedAt),
      returnRateLimits: this.showsLimits,
      serverTime: this.#now(),
      userDataStream: this.#venue.style.userData === 'ws-api' ? this.#subscriptions.size > 0 : undefined,
    };
  }

  #subscribe(key: KnownKey | undefined, byLogon: boolean): unknown {
    if (key === undefined || !key.may('USER_STREAM')) throw doorErrors.key();
    const { account } = key;
    if ([...this.#subscriptions.values()].some((one) => one.account === account))
      throw doorErrors.subscribed();
    const id = this.#sequence++;
    const stop = this.#venue.users.listen(account, (event) => this.#tell(id, event));
    this.#subscriptions.set(id, { id, account, byLogon, stop });
    this.#line.kind = 'user';
    return { subscriptionId: id };
  }

  #unsubscribe(id: string | undefined): unknown {
    if (id === undefined) {
      for (const subscription of this.#subscriptions.values()) this.#end(subscription);
      return {};
    }
    const subscription = this.#subscriptions.get(Number(id));
    if (subscription === undefined) throw doorErrors.notSubscribed();
    this.#end(subscription);
    return {};
  }

  #terminate(account: string | undefined): void {
    for (const subscription of this.#subscriptions.values())
      if (account === undefined || subscription.account === account) this.#end(subscription);
  }

  #end(subscription: Subscription): void {
    subscription.stop();
    this.#subscriptions.delete(subscription.id);
    this.#tell(subscription.id, { e: 'eventStreamTerminated', E: this.#now() });
    if (this.#subscriptions.size === 0) this.#line.kind = 'api';
  }

  #tell(subscriptionId: number, event: UserEvent): void {
    this.#line.send(writeJson({ subscriptionId, event }));
  }
}
