import { subscribe } from 'node:diagnostics_channel';

/** Calls back when the command about an order, just given to an adapter, is on the wire. */
export type WhenSent = (id: string, then: () => void) => void;

/** For an adapter that writes to its socket before it returns. */
export const sentAtOnce: WhenSent = (_id, then) => then();

interface SentMessage {
  readonly request: { readonly method: string; readonly path: string };
}

/** For an adapter that sends by `fetch`, which returns long before anything is written: Node's own HTTP client says when it was. */
export const sentByFetch = (): WhenSent => {
  const waiting = new Map<string, () => void>();
  subscribe('undici:request:bodySent', (message) => {
    const { method, path } = (message as SentMessage).request;
    if (method === 'GET') return;
    for (const value of new URL(path, 'http://localhost').searchParams.values()) {
      const then = waiting.get(value);
      waiting.delete(value);
      then?.();
    }
  });
  return (id, then) => void waiting.set(id, then);
};
