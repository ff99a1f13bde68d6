import type { Clock, OrderCommand, Priority, Random } from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import type { Budget } from './budget.js';
import type { KeyRing } from './keys.js';
import type { Params } from './rest-client.js';
import type { VenueTime } from './venue-time.js';

/** What the WebSocket API tells. */
export interface WsApiEvents {
  /** An event of the user stream, unwrapped from `{subscriptionId, event}`. */
  event: (payload: Readonly<Record<string, unknown>>) => void;
  /** Open, and user data subscribed. `reconnected`: events may be missing. */
  up: (reconnected: boolean) => void;
  down: (reason: string) => void;
  /** Something was heard from the venue, a pong included. */
  alive: () => void;
  /** An attempt to connect or subscribe failed; the next is under way. */
  trouble: (error: unknown) => void;
}

/** What the WebSocket API is made of. */
export interface WsApiParts {
  readonly url: string;
  readonly keys: KeyRing | undefined;
  readonly clock: Clock;
  readonly random: Random;
  /** Ms. */
  readonly recvWindow: number;
  readonly name: string;
  /** Of the REST client: address and account are the same. */
  readonly budget: Budget;
  readonly time: VenueTime;
  /** Whether the user stream is subscribed. Default: when there are keys. */
  readonly userData?: boolean;
}

/** How a request of the WebSocket API is made. */
export interface WsRequestOptions {
  readonly signed: boolean;
  readonly weight: number;
  /** An order command: never repeated. */
  readonly command?: OrderCommand;
  /** Orders that it counts as. Default 1 for `submit` and `amend`, else 0. */
  readonly orders?: number;
  readonly priority?: Priority;
  /** Ms. Default 10,000. */
  readonly timeout?: number;
  readonly abort?: AbortSignal;
}

/** The WebSocket API of one venue, user data included. */
export class WsApi extends EventEmitter<WsApiEvents> {
  constructor(_parts: WsApiParts) {
    super();
  }
  /** Resolves once it is open and user data is subscribed. Rejects when the first attempt fails. */
  connect(_abort?: AbortSignal): Promise<void> {
    throw new Error('being written');
  }
  get up(): boolean {
    return false;
  }
  /** @returns `result` of the answer; integers beyond 2^53 are strings of digits */
  request(_method: string, _params: Params, _options: WsRequestOptions): Promise<unknown> {
    throw new Error('being written');
  }
  close(): void {}
}
