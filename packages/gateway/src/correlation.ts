import { randomUUID } from 'node:crypto';

/** What a sender may choose as a name of its request: it goes into logs and headers. */
const sane = /^[\w.:-]{1,64}$/;

/** The sender's own id of a request where it is one, else a new one. */
export const correlationOf = (given: string | string[] | undefined): string =>
  typeof given === 'string' && sane.test(given) ? given : randomUUID();
