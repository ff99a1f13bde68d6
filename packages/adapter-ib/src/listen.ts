import type { EventName } from '@stoqey/ib';
import type { LineEvents } from './line/line.js';

interface Emitter<A extends readonly never[]> {
  on(name: EventName, listener: (...values: A) => void): unknown;
  off(name: EventName, listener: (...values: A) => void): unknown;
}

/**
 * Listens to messages of one kind.
 * @param listener - with the types that the client library's decoder gives; fields that a message may lack are undefined
 * @returns the way to stop
 */
export const listen = <A extends readonly never[]>(
  events: LineEvents,
  name: EventName,
  listener: (...values: A) => void,
): (() => void) => {
  // The library declares an overload for each name, which no wrapper can be typed by.
  const emitter = events as unknown as Emitter<A>;
  emitter.on(name, listener);
  return () => void emitter.off(name, listener);
};
