import { randomBytes } from 'node:crypto';
import type { Clock } from '@mikrobot/core';
import { type Envelope, PROTOCOL_VERSION } from '../protocol/envelope.js';
import { type Hello, hello } from '../protocol/from-ea.js';
import { isMac, macOf } from '../protocol/mac.js';
import type { RefusalReason } from '../protocol/refusals.js';
import type { AccountTerminal } from './account-terminal.js';
import type { Peer } from './peer.js';
import type { UsedNonces } from './used-nonces.js';

/** Bytes that the line of a peer may have that has proven nothing. */
export const HELLO_LIMIT = 4_096;

/** What a handshake is judged by. */
export interface HandshakeParts {
  readonly clock: Clock;
  /** Ms until it must be done. */
  readonly within: number;
  /** Ms of silence after which a newcomer takes the place of an old connection. */
  readonly staleAfter: number;
  readonly lineLimit: number;
  readonly nonces: UsedNonces;
  readonly terminalOf: (account: string) => AccountTerminal | undefined;
}

interface Accepted {
  readonly terminal: AccountTerminal;
  readonly hello: Hello;
  /** Our own proof. */
  readonly mac: string;
}

/**
 * Challenges a connection, and hands it to the terminal of its account once it has proven the secret. One line is read, of
 * {@link HELLO_LIMIT} bytes; everything is judged at once, so that nothing of an unproven peer is kept.
 */
export const shakeHands = (peer: Peer, parts: HandshakeParts): void => {
  const { clock, within, nonces } = parts;
  const nonceS = randomBytes(16).toString('hex');
  const disarm = clock.arm(`mt5 handshake ${peer.remote}`, clock.now() + within, () =>
    peer.refuse('HANDSHAKE_TIMEOUT'),
  );

  /** @returns the terminal, or why there will be none */
  const judge = ({ t, d }: Envelope): Accepted | readonly [RefusalReason, string?] => {
    const { protoMin, protoMax } = d;
    if (t !== 'hello') return ['BAD_HELLO', 'the first line is another one'];
    // Before anything else: a hello of another version may have other fields.
    if (Number(protoMin) > PROTOCOL_VERSION || Number(protoMax) < PROTOCOL_VERSION)
      return ['BAD_VERSION', `version ${PROTOCOL_VERSION} is spoken here`];
    const checked = hello.safeParse(d);
    if (!checked.success) return ['BAD_HELLO', `field ${checked.error.issues[0]?.path.join('.')}`];
    const { account, nonce: nonceC, mac } = checked.data;
    peer.account = account;
    const terminal = parts.terminalOf(account);
    if (terminal === undefined) return ['UNKNOWN_ACCOUNT'];
    if (nonces.has(nonceC)) return ['NONCE_USED'];
    const proof = { nonceS, nonceC, account } as const;
    if (!isMac(macOf(terminal.secret, { role: 'ea', ...proof }), mac)) return ['BAD_MAC'];
    nonces.add(nonceC);
    if (terminal.isAlive(parts.staleAfter)) return ['ACCOUNT_TAKEN'];
    return { terminal, hello: checked.data, mac: macOf(terminal.secret, { role: 'node', ...proof }) };
  };

  const take = (message: Envelope): void => {
    const verdict = judge(message);
    if (!('terminal' in verdict)) {
      peer.refuse(...verdict);
      return;
    }
    disarm();
    peer.lineLimit = parts.lineLimit;
    verdict.terminal.attach(peer, verdict.hello, { proto: PROTOCOL_VERSION, mac: verdict.mac });
  };

  peer.listener = { take, ended: disarm };
  peer.send('challenge', { nonce: nonceS, protoMin: PROTOCOL_VERSION, protoMax: PROTOCOL_VERSION });
};
