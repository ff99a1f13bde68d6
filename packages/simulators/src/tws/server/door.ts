import { FrameReader, WireError } from '../wire/frame-reader.js';
import { fieldsOf, frameOf } from '../wire/message.js';
import { requestNames } from '../wire/names.js';
import { ClientSession } from './client-session.js';
import { Desk } from './desk.js';
import type { Line } from './line.js';
import { managedAccounts, nextValidId } from './messages.js';
import { broken, clientIdInUse, farmsAreOk } from './notices.js';
import { Outbox } from './outbox.js';
import { countUp, type ServerParts, type TwsIgnored } from './parts.js';

const START_API = 71;
/** Layouts of messages are known from this version on. */
const OLDEST = 176;

/** `v100..193`, and connect options behind it. */
const offered = (text: string): { readonly from: number; readonly to: number } | undefined => {
  const [, from, to = from] = /^v(\d{1,4})(?:\.\.(\d{1,4}))?(?: .*)?$/.exec(text) ?? [];
  return from === undefined ? undefined : { from: Number(from), to: Number(to) };
};

/** `20260102 09:00:00 GMT` */
const connectionTime = (now: number): string =>
  `${new Date(now).toISOString().replaceAll('-', '').replace('T', ' ').slice(0, 17)} GMT`;

/** Takes a client from its greeting to its session. */
export class Door {
  readonly #line: Line;
  readonly #parts: ServerParts;
  readonly #id: string;
  readonly #reader = new FrameReader((payload) => this.#take(payload), 'API\0');
  #version: number | undefined;
  #desk: Desk | undefined;

  constructor(line: Line, parts: ServerParts, id: string) {
    this.#line = line;
    this.#parts = parts;
    this.#id = id;
    line.listen((chunk) => this.#hear(chunk));
    line.onEnd(() => this.#end());
  }

  #hear(chunk: Buffer): void {
    try {
      this.#reader.push(chunk);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#refuse('bad-frame');
    }
  }

  #take(payload: Buffer): void {
    if (this.#version === undefined) this.#agree(payload);
    else this.#receive(fieldsOf(payload));
  }

  #agree(payload: Buffer): void {
    const versions = offered(payload.toString('latin1'));
    const version = Math.min(versions?.to ?? 0, this.#parts.serverVersion);
    if (versions === undefined || version < OLDEST || version < versions.from) {
      this.#refuse('bad-version');
      return;
    }
    this.#version = version;
    this.#line.write(frameOf([version, connectionTime(this.#parts.clock.now())]));
  }

  #receive(fields: readonly string[]): void {
    const id = Number(fields[0]);
    if (!/^\d{1,9}$/.test(fields[0] ?? '')) throw new WireError('A message without an id.');
    countUp(this.#parts.received, requestNames[id] ?? String(id));
    if (this.#desk !== undefined) this.#desk.take(id, fields);
    else if (id === START_API) this.#start(fields);
    else countUp(this.#parts.ignored, 'not-started');
  }

  #start(fields: readonly string[]): void {
    const { clock, faults, sessions, venue } = this.#parts;
    const clientId = Number(fields[2]);
    if (!Number.isSafeInteger(clientId) || fields[2] === '') throw new WireError('A client without an id.');
    const outbox = new Outbox((frame) => this.#line.write(frame), faults, clock, this.#id);
    const session = new ClientSession(clientId, this.#version ?? 0, this.#line, outbox);
    if (sessions.isTaken(clientId, clock.now())) {
      if (sessions.get(clientId) === undefined) faults.count('held-client-id');
      session.notice(clientIdInUse);
      this.#leave();
      return;
    }
    sessions.add(session);
    this.#desk = new Desk(session, this.#parts);
    session.tell(managedAccounts(venue.accounts));
    session.tell(nextValidId(venue.nextOrderId(clientId)));
    for (const notice of faults.lost === undefined ? farmsAreOk : [broken]) session.notice(notice);
    venue.onStart?.(session);
  }

  #end(): void {
    this.#reader.stop();
    const session = this.#desk?.session;
    if (session === undefined) return;
    const { clock, faults, sessions } = this.#parts;
    sessions.remove(session, faults.holdIds > 0 ? clock.now() + faults.holdIds : undefined);
    session.ended();
  }

  #refuse(why: TwsIgnored): void {
    countUp(this.#parts.ignored, why);
    this.#reader.stop();
    this.#line.break();
  }

  #leave(): void {
    this.#reader.stop();
    this.#line.end();
  }
}
