import type { TwsSession } from './session.js';
import type { FieldReader } from './wire/field-reader.js';

/** Takes one message of a client; the reader stands behind the message's id. */
export type Handler = (session: TwsSession, fields: FieldReader) => void;

/** What a room of the simulator answers, by the id of the outgoing message of the client. */
export type Handlers = Readonly<Record<number, Handler>>;
