import { subscribe } from 'node:diagnostics_channel';
import { onLines } from './bridge-lines.js';
import { onFrames } from './frames.js';
import { ORDER_REF } from './venue/ib/reading.js';

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

/** Lines of the bridge protocol that are about an order, which they name. */
const commands: ReadonlySet<string> = new Set(['order', 'protect', 'modify', 'cancel']);

/** For the adapter of MetaTrader, which writes at once, or after a question of its own. */
export const sentByLines = (): WhenSent => {
  const waiting = new Map<string, () => void>();
  /** What was written in this turn, before anybody could wait for it. */
  const justSent = new Set<string>();
  onLines(({ t, d: { coid } }) => {
    if (!commands.has(t) || typeof coid !== 'string') return;
    if (justSent.size === 0) queueMicrotask(() => justSent.clear());
    justSent.add(coid);
    const then = waiting.get(coid);
    waiting.delete(coid);
    then?.();
  });
  return (id, then) => {
    if (justSent.has(id)) then();
    else waiting.set(id, then);
  };
};

const PLACE = '3';
const CANCEL = '4';
/** Stands for the order of an earlier process, of which only TWS's number is seen. */
const SOME_ORDER = '';

/** For the adapter of TWS, which writes at once, or after a question of its own. Orders are known by their references, cancels by numbers. */
export const sentByFrames = (): WhenSent => {
  const waiting = new Map<string, () => void>();
  /** References of the orders that this process placed, by their numbers. */
  const refs = new Map<string, string>();
  /** What was written in this turn, before anybody could wait for it. */
  const justSent = new Set<string>();
  const sent = (id: string): void => {
    if (justSent.size === 0) queueMicrotask(() => justSent.clear());
    justSent.add(id);
    const then = id === SOME_ORDER ? [...waiting.values()] : [waiting.get(id)];
    if (id === SOME_ORDER) waiting.clear();
    else waiting.delete(id);
    for (const call of then) call?.();
  };
  onFrames((frame) => {
    const [kind, number = '', second = ''] = frame;
    if (kind === PLACE) {
      const ref = frame[ORDER_REF] ?? '';
      refs.set(number, ref);
      if (ref !== '') sent(ref);
    } else if (kind === CANCEL) sent(refs.get(number) ?? refs.get(second) ?? SOME_ORDER);
  });
  return (id, then) => {
    if (justSent.has(id) || justSent.has(SOME_ORDER)) then();
    else waiting.set(id, then);
  };
};
