import type { Socket } from 'node:net';
import { MikroBotError } from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import type { RefusalReason } from '../protocol/refusals.js';
import { accountSecret } from './account-secret.js';
import { AccountTerminal } from './account-terminal.js';
import { HELLO_LIMIT, shakeHands } from './handshake.js';
import { Listening } from './listening.js';
import { fullOptions, type Mt5BridgeOptions } from './options.js';
import { Peer } from './peer.js';
import type { Terminal } from './terminal.js';
import { UsedNonces } from './used-nonces.js';

/** A connection that was closed by us. */
export interface Refused {
  readonly reason: RefusalReason;
  /** For people; holds no secret. */
  readonly detail: string;
  /** Address and port of the other side. */
  readonly remote: string;
  /** The account that it claimed to be of, or had proven. */
  readonly account: string | undefined;
}

/** One TCP server for the terminals of many accounts. */
export interface Mt5Bridge {
  /** Where it listens, or did; undefined before the first account was opened, if any port would do. */
  readonly port: number | undefined;
  /** How many connections were closed by us, by reason. */
  readonly refusals: Readonly<Partial<Record<RefusalReason, number>>>;
  /**
   * Makes room for the terminal of an account; it may connect at once or later. The bridge listens while an account is open.
   * @throws `MikroBotError` `BAD_CONFIG` when the account is open already or has no secret, `PREFLIGHT_FAILED` when the port is taken
   */
  open(account: string): Promise<Terminal>;
  /** @returns the way to stop listening */
  onRefused(listener: (refused: Refused) => void): () => void;
}

class Bridge implements Mt5Bridge {
  readonly refusals: Partial<Record<RefusalReason, number>> = {};
  readonly #options: Required<Mt5BridgeOptions>;
  readonly #events = new EventEmitter<{ refused: (refused: Refused) => void }>();
  readonly #listening: Listening;
  readonly #nonces = new UsedNonces();
  /** Undefined while it is being opened. */
  readonly #terminals = new Map<string, AccountTerminal | undefined>();

  constructor(options: Mt5BridgeOptions) {
    this.#options = fullOptions(options);
    const { host, port } = this.#options;
    this.#listening = new Listening(host, port, (socket) => this.#serve(socket));
  }

  get port(): number | undefined {
    return this.#listening.port;
  }

  async open(account: string): Promise<Terminal> {
    const where = `mt5Bridge, account ${account}`;
    if (!/^\d{1,20}$/.test(account))
      throw new MikroBotError('BAD_CONFIG', 'It is no account number.', { where });
    if (this.#terminals.has(account)) {
      throw new MikroBotError('BAD_CONFIG', 'The account is open already.', {
        where,
        hint: 'One adapter trades one account; several strategies share a bot.',
      });
    }
    this.#terminals.set(account, undefined);
    try {
      const terminal = new AccountTerminal({
        ...this.#options,
        account,
        secret: await accountSecret(this.#options.secrets, account),
        closed: () => {
          this.#terminals.delete(account);
          return this.#listening.release();
        },
      });
      await this.#listening.use();
      this.#terminals.set(account, terminal);
      return terminal;
    } catch (error) {
      this.#terminals.delete(account);
      throw error;
    }
  }

  onRefused(listener: (refused: Refused) => void): () => void {
    this.#events.on('refused', listener);
    return () => void this.#events.off('refused', listener);
  }

  #serve(socket: Socket): void {
    const { clock, handshakeWithin, silence, beat, lineLimit, maxConnections } = this.#options;
    const peer: Peer = new Peer({
      socket,
      clock,
      lineLimit: HELLO_LIMIT,
      refused: (reason, detail) => {
        this.refusals[reason] = (this.refusals[reason] ?? 0) + 1;
        this.#events.emit('refused', { reason, detail, remote: peer.remote, account: peer.account });
      },
    });
    if (this.#listening.size > maxConnections) {
      peer.refuse('TOO_MANY_CONNECTIONS');
      return;
    }
    shakeHands(peer, {
      clock,
      within: handshakeWithin,
      // A live terminal is heard each beat; one that missed its beat may be gone without having said so.
      staleAfter: Math.min(silence, 1.5 * beat),
      lineLimit,
      nonces: this.#nonces,
      terminalOf: (account) => this.#terminals.get(account),
    });
  }
}

/**
 * Makes a bridge to terminals of MetaTrader 5 that run the bridge EA. It does nothing until an adapter opens an account.
 *
 * @throws `MikroBotError` `BAD_CONFIG` for options that cannot be
 * @example
 * ```ts
 * const bridge = mt5Bridge({ secrets: { get: (name) => process.env[name] } });
 * bridge.onRefused(({ reason, remote }) => log.warn(`${remote}: ${reason}`));
 * ```
 */
export const mt5Bridge = (options: Mt5BridgeOptions): Mt5Bridge => new Bridge(options);
