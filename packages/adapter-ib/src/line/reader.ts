import { Fields } from './fields.js';
import type { DecodedEvent, Library } from './library.js';
import type { Notice } from './line.js';
import { readStrictly, UnreadableField } from './strict-numbers.js';

/** What a {@link Reader} tells. */
export interface ReaderListener {
  /** An event of the library. */
  event(name: string, args: readonly unknown[]): void;
  notice(notice: Notice): void;
  /** A message was dropped, or a listener failed on it. `kind` is NaN where even that cannot be read. */
  lost(kind: number, reason: DropReason, error?: unknown): void;
}

/** Why a message was dropped, or not taken by all its listeners. */
export type DropReason =
  | 'too short'
  | 'too long'
  | 'no number'
  | 'unknown kind'
  | 'not decodable'
  | 'listener failed';

const ERROR = 4;
/** Place of the advanced reject in an error: JSON that nobody here needs, and that throws where it is none. */
const ADVANCED_REJECT = 5;
const LONGEST_TEXT = 2_000;
/**
 * Below this version a completed order has a field that the decoder takes for the next one, so that its status is garbage: the decoder
 * asks for the version of the message, which this message has none of.
 */
const NO_ADVISOR_PROFILE = 177;
const COMPLETED_ORDER = 101;
const ADVISOR_PROFILE = 31;

/**
 * Places of amounts that must be there: filled and remaining of a status, quantity and price of an execution, commission, and position.
 * The decoder takes an empty field for 0.
 */
const needed: ReadonlyMap<number, readonly number[]> = new Map([
  [3, [3, 4]],
  [11, [19, 20]],
  [59, [3]],
  [61, [14]],
]);

/** Details of a contract: the layout grew often, and fields behind those that we know change nothing. */
const mayBeLonger: ReadonlySet<number> = new Set([10, 18]);

/** Linear, unlike the library's own, which looks through the whole text again for each character. */
const unescaped = (text: string): string =>
  text.replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/**
 * Reads messages with the library's decoder. A message is told whole or not at all: one that is too short, too long or holds something
 * else than a number where one belongs is dropped and counted, and so is what makes the decoder throw.
 */
export class Reader {
  readonly #library: Library;
  readonly #listener: ReaderListener;
  readonly #fields = new Fields();
  readonly #unnamed: { readonly id: number; readonly code: number; readonly text: string }[] = [];
  #unknown = false;

  constructor(library: Library, listener: ReaderListener) {
    this.#library = library;
    this.#listener = listener;
    const { decoder } = library;
    readStrictly(decoder);
    decoder.decodeUnicodeEscapedString = unescaped;
    decoder.dataQueue = this.#fields;
    const { api } = library;
    decoder.callback = {
      get serverVersion() {
        return api.serverVersion;
      },
      emitEvent: (name, ...args) => decoder.emitQueue.push({ name, args }),
      emitInfo: (text, code) => this.#unnamed.push({ id: -1, code, text }),
      emitError: (text, code, id) => {
        // Without an id it is the decoder itself that complains: it has no layout for the message.
        if (id === undefined) this.#unknown = true;
        else this.#unnamed.push({ id, code, text });
      },
    };
  }

  /** Reads the fields of one message. */
  read(frame: Buffer): void {
    const fields = frame.toString('utf8', 0, frame.length - 1).split('\0');
    const kind = /^\d{1,4}$/.test(fields[0] as string) ? Number(fields[0]) : Number.NaN;
    const { decoder } = this.#library;
    if (kind === ERROR && fields.length > ADVANCED_REJECT) fields[ADVANCED_REJECT] = '';
    if (kind === COMPLETED_ORDER && this.#library.api.serverVersion < NO_ADVISOR_PROFILE)
      fields.splice(ADVISOR_PROFILE, 1);
    this.#fields.load(fields);
    this.#fields.shift();
    decoder.emitQueue = [];
    this.#unnamed.length = 0;
    this.#unknown = false;
    const isBlank = needed.get(kind)?.some((place) => fields[place] === '') === true;
    const reason = isBlank ? 'no number' : this.#decode(kind);
    if (reason !== undefined) {
      this.#listener.lost(kind, reason);
      return;
    }
    for (const notice of this.#unnamed.splice(0)) this.#tellNotice(kind, notice);
    for (const event of decoder.emitQueue) this.#tell(kind, event);
  }

  #decode(kind: number): DropReason | undefined {
    if (Number.isNaN(kind)) return 'no number';
    try {
      this.#library.decoder.processMsg(kind);
    } catch (error) {
      if (error instanceof UnreadableField) return 'no number';
      return error instanceof Error && error.name === 'UnderrunError' ? 'too short' : 'not decodable';
    }
    if (this.#unknown) return 'unknown kind';
    // TWS has been seen to end a message with an empty field too many (stoqey/ib, issue 226).
    return this.#fields.restIsBlank || mayBeLonger.has(kind) ? undefined : 'too long';
  }

  #tell(kind: number, { name, args }: DecodedEvent): void {
    try {
      this.#listener.event(name, args);
    } catch (error) {
      this.#listener.lost(kind, 'listener failed', error);
    }
  }

  #tellNotice(kind: number, { id, code, text }: Notice): void {
    try {
      this.#listener.notice({ id, code, text: text.slice(0, LONGEST_TEXT) });
    } catch (error) {
      this.#listener.lost(kind, 'listener failed', error);
    }
  }
}
