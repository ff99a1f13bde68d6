import { Decoder } from '@stoqey/ib/dist/core/io/decoder.js';
import type { RawClient, RawField } from '../../server/testing/raw-client.js';
import { type AskedOrder, cancelOrder, type NamedContract, placeOrder } from './requests.js';

/** A message as its fields. */
export type Message = readonly string[];

/** An event of @stoqey/ib: its name and its arguments. */
export type Told = readonly [name: string, ...args: readonly unknown[]];

const names: Readonly<Record<string, (message: Message) => string>> = {
  '3': ([, , status]) => `orderStatus ${status}`,
  '4': ([, , , code]) => `error ${code}`,
  '5': () => 'openOrder',
  '11': () => 'execDetails',
  '53': () => 'openOrderEnd',
  '55': () => 'execDetailsEnd',
  '59': () => 'commissionReport',
  '100': () => 'orderBound',
  '101': () => 'completedOrder',
  '102': () => 'completedOrdersEnd',
};

/** A message by its name: orders by their status, errors by their code, others by their number. */
export const nameOf = (message: Message): string => names[message[0] ?? '']?.(message) ?? `${message[0]}`;

/** Messages of one id. */
export const only = (messages: readonly Message[], id: number): readonly Message[] =>
  messages.filter(([first]) => first === String(id));

/** Request id, code and text of each error and notice. */
export const errorsOf = (messages: readonly Message[]): readonly Message[] =>
  only(messages, 4).map((message) => message.slice(2, 5));

/** Codes of errors and notices, with the id that each is about. */
export const codesOf = (messages: readonly Message[]): readonly string[] =>
  errorsOf(messages).map(([id, code]) => `${id}: ${code}`);

/** Statuses that an order was told to have, each change once. */
export const statusesOf = (messages: readonly Message[], orderId?: number): readonly string[] =>
  only(messages, 3)
    .filter(([, id]) => orderId === undefined || id === String(orderId))
    .map(([, , status]) => status ?? '')
    .filter((status, i, all) => status !== all[i - 1]);

/** Some members of an object. */
export const pick = (of: unknown, ...members: readonly string[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(members.map((name) => [name, (of as Record<string, unknown> | undefined)?.[name]]));

/** A client that has started its API. */
export class Client {
  readonly clientId: number;
  readonly raw: RawClient;
  readonly serverVersion: number;

  constructor(raw: RawClient, clientId: number, serverVersion: number) {
    this.raw = raw;
    this.clientId = clientId;
    this.serverVersion = serverVersion;
  }

  send(...fields: readonly RawField[]): void {
    this.raw.send(...fields);
  }

  /** Sends a request, and gives all that came before the answer to a request for the time behind it. */
  ask(...fields: readonly RawField[]): Promise<readonly Message[]> {
    this.send(...fields);
    return this.news();
  }

  place(orderId: number, order: AskedOrder, contract?: Partial<NamedContract>): Promise<readonly Message[]> {
    return this.ask(...placeOrder(this.serverVersion, orderId, order, contract));
  }

  cancel(orderId: number): Promise<readonly Message[]> {
    return this.ask(...cancelOrder(this.serverVersion, orderId));
  }

  /** What came since it was last asked. */
  news(): Promise<readonly Message[]> {
    return this.raw.settle();
  }

  /** What @stoqey/ib makes of messages. Throws where it finds one wrong. */
  read(messages: readonly Message[]): readonly Told[] {
    const told: Told[] = [];
    const decoder = new Decoder({
      serverVersion: this.serverVersion,
      emitEvent: (name, ...args) => void told.push([name, ...args]),
      emitError: (text, code, id) => {
        if (id === undefined) throw new Error(text);
        told.push(['error', id, code, text]);
      },
      emitInfo: (text, code) => void told.push(['info', code, text]),
    });
    for (const message of messages) {
      decoder.enqueueMessage([...message]);
      decoder.process();
    }
    return told;
  }
}
