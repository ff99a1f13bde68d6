import { MikroBotError } from '@mikrobot/core';
import { IBApi } from '@stoqey/ib';

/** The newest layout of messages that the library speaks. */
export const NEWEST_VERSION = 193;

/** What a decoder wants to be told: an event's name and its arguments. */
export interface DecodedEvent {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** Whom the decoder tells what it does not queue: errors, and messages that it has no layout for. */
export interface DecoderCallback {
  readonly serverVersion: number;
  emitEvent(name: string, ...args: readonly unknown[]): void;
  emitError(text: string, code: number, requestId?: number, advanced?: unknown): void;
  emitInfo(text: string, code: number): void;
}

/** The decoder of the library, with its private parts. */
export interface PrivateDecoder {
  callback: DecoderCallback;
  dataQueue: { readonly length: number; shift(): string | undefined };
  emitQueue: DecodedEvent[];
  processMsg(kind: number): void;
  readStr(): string;
  readDouble(): number | undefined;
  readDoubleOrUndefined(): number | undefined;
  readDecimal(): number | undefined;
  readInt(): number | undefined;
  readIntOrUndefined(): number | undefined;
  readIntMax(): number | undefined;
  readBool(): boolean;
  readBoolFromInt(): boolean;
  decodeUnicodeEscapedString(text: string): string;
}

/** The socket of the library, with its private parts. */
export interface PrivateSocket {
  onData(data: Buffer): void;
  onMessage(text: string): void;
  send(fields: readonly unknown[]): void;
  readonly client?: {
    readonly writableLength: number;
    setNoDelay(on: boolean): void;
    destroy(): void;
  };
}

/** The controller of the library, with its private parts. */
export interface PrivateController {
  readonly socket: PrivateSocket;
  readonly decoder: PrivateDecoder;
  schedule(command: () => void): void;
  sendMsg(...fields: readonly unknown[]): void;
}

/** A client object of the library and the parts of it that the guards of a line take hold of. */
export interface Library {
  readonly api: IBApi;
  readonly controller: PrivateController;
  readonly socket: PrivateSocket;
  readonly decoder: PrivateDecoder;
}

const methods = {
  controller: ['schedule', 'sendMsg'],
  socket: ['onData', 'onMessage', 'send'],
  decoder: [
    'processMsg',
    'readStr',
    'readDouble',
    'readDoubleOrUndefined',
    'readDecimal',
    'readInt',
    'readIntOrUndefined',
    'readIntMax',
    'readBool',
    'readBoolFromInt',
    'decodeUnicodeEscapedString',
  ],
} as const;

const partOf = (whole: unknown, name: string): unknown =>
  (whole as Record<string, unknown> | undefined)?.[name];

/** What is not as the guards need it, of a client object of the library. */
const missing = (api: IBApi): readonly string[] => {
  const controller = partOf(api, 'controller');
  const parts = { controller, socket: partOf(controller, 'socket'), decoder: partOf(controller, 'decoder') };
  const absent = Object.entries(methods).flatMap(([part, names]) =>
    names
      .filter((name) => typeof partOf(parts[part as keyof typeof parts], name) !== 'function')
      .map((name) => `${part}.${name}()`),
  );
  const queues = ['dataQueue', 'emitQueue'].filter((name) => !Array.isArray(partOf(parts.decoder, name)));
  const callback = partOf(parts.decoder, 'callback') === controller ? [] : ['decoder.callback'];
  return [...absent, ...queues.map((name) => `decoder.${name}`), ...callback];
};

/**
 * Makes a client object and takes hold of its inside. The guards work on private parts, so another version must not pass in silence.
 * @param make - for tests of other versions
 * @throws `MikroBotError` `PREFLIGHT_FAILED` when the installed library is not built as the guards know it
 */
export const openLibrary = (
  options: { readonly host: string; readonly port: number; readonly clientId: number },
  make: (options: ConstructorParameters<typeof IBApi>[0]) => IBApi = (all) => new IBApi(all),
): Library => {
  // Its own limiter never limits: all its values are given, because it would read the environment and a .env file for a missing one.
  const api = make({ ...options, maxReqPerSec: Number.MAX_SAFE_INTEGER });
  const absent = missing(api);
  if (absent.length > 0)
    throw new MikroBotError('PREFLIGHT_FAILED', `the library @stoqey/ib has no ${absent.join(', ')}.`, {
      where: 'interactiveBrokers',
      hint: 'Install version 1.6.10: the guards against its faults are made for that one.',
    });
  const controller = partOf(api, 'controller') as PrivateController;
  return { api, controller, socket: controller.socket, decoder: controller.decoder };
};
