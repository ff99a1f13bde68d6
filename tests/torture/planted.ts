import { createHmac } from 'node:crypto';
import type { ApprovedOrder, BrokerAdapter, CommandOutcome, OrderRef, QueryOutcome } from '@mikrobot/core';
import { onLines } from './bridge-lines.js';
import type { BugName } from './bugs.js';
import { frameOf, onFrames } from './frames.js';
import { botKey } from './venue/binance/listing.js';
import { ORDER_REF } from './venue/ib/reading.js';
import { isStop } from './venue/record.js';

const NAMES = /^(newClientOrderId|clientAlgoId|aboveClientOrderId|belowClientOrderId)$/;

/** The same order under another id, stamped and signed anew. */
const again = (address: string): string => {
  const url = new URL(address);
  for (const [name, value] of [...url.searchParams])
    if (NAMES.test(name)) url.searchParams.set(name, `${value}r`);
  url.searchParams.delete('listClientOrderId');
  url.searchParams.delete('signature');
  url.searchParams.set('timestamp', String(Date.now()));
  const signature = createHmac('sha256', botKey.secret).update(`${url.searchParams}`).digest('hex');
  url.searchParams.set('signature', signature);
  return url.href;
};

/** A transport that believes that an order which was not answered well did not arrive. */
const resending =
  (send: typeof fetch): typeof fetch =>
  async (input, init) => {
    const answer = await send(input, init);
    const isOrder =
      init?.method === 'POST' &&
      [...new URL(String(input)).searchParams.keys()].some((name) => NAMES.test(name));
    return answer.status < 500 || !isOrder ? answer : send(again(String(input)), init);
  };

/** Order ids that a bot of the kill test never comes to. */
const FAR = 1_000_000;

/** An adapter of TWS that sends the entry of an order once more, under another reference, when nobody knows what became of it. */
const resendingFrames = (adapter: BrokerAdapter): void => {
  const sent = new Map<string, () => void>();
  onFrames((frame, socket) => {
    const ref = frame[ORDER_REF] ?? '';
    if (frame[0] !== '3' || ref === '' || ref.endsWith('r') || sent.has(ref)) return;
    const copy = [...frame];
    copy[1] = String(Number(frame[1]) + FAR);
    copy[ORDER_REF] = `${ref}r`;
    copy[ORDER_REF + 1] = '1';
    sent.set(ref, () => void socket.write(frameOf(copy)));
  });
  const submit = adapter.submit.bind(adapter);
  adapter.submit = async (order: ApprovedOrder): Promise<CommandOutcome> => {
    const outcome = await submit(order);
    if (outcome.outcome === 'unknown') sent.get(order.request.id)?.();
    return outcome;
  };
};

/** An adapter of MetaTrader that sends an order once more, under another name, when nobody knows what became of it. */
const resendingLines = (adapter: BrokerAdapter): void => {
  const sent = new Map<string, () => void>();
  onLines((line, socket) => {
    const coid = String(line.d.coid);
    if (line.t !== 'order' || coid.endsWith('r') || sent.has(coid)) return;
    const copy = { ...line, id: line.id + FAR, d: { ...line.d, coid: `${coid}r`, expiresAt: null } };
    sent.set(coid, () => void socket.write(`${JSON.stringify(copy)}\n`));
  });
  const submit = adapter.submit.bind(adapter);
  adapter.submit = async (order: ApprovedOrder): Promise<CommandOutcome> => {
    const outcome = await submit(order);
    if (outcome.outcome === 'unknown') sent.get(order.request.id)?.();
    return outcome;
  };
};

/** Plants a bug into an adapter that is not made for it: its methods are replaced, or what it sends by. */
export const plant = (bug: BugName | undefined, adapter: BrokerAdapter): void => {
  switch (bug) {
    case 'sends-again':
      if (adapter.name === 'interactive-brokers') resendingFrames(adapter);
      else if (adapter.name === 'metatrader5') resendingLines(adapter);
      else globalThis.fetch = resending(globalThis.fetch);
      break;
    case 'silent-means-absent': {
      const query = adapter.query.bind(adapter);
      adapter.query = async (ref: OrderRef): Promise<QueryOutcome> => {
        const answer = await query(ref);
        return answer.outcome === 'unknown' ? { outcome: 'absent' } : answer;
      };
      break;
    }
    case 'loses-fills': {
      const emit = adapter.emit.bind(adapter);
      let fills = 0;
      adapter.emit = (...said) => {
        const [name, event] = said;
        const isFill = name === 'order' && 'type' in event && event.type === 'fill';
        return isFill && ++fills % 20 === 0 ? true : emit(...said);
      };
      const snapshot = adapter.snapshot.bind(adapter);
      adapter.snapshot = async () => ({ ...(await snapshot()), complete: true, orders: [], positions: [] });
      break;
    }
    case 'stop-not-sent': {
      const submit = adapter.submit.bind(adapter);
      adapter.submit = (order: ApprovedOrder) =>
        isStop(order.request.id) ? ({ outcome: 'accepted' } satisfies CommandOutcome) : submit(order);
      if (adapter.submitPair !== undefined) adapter.submitPair = () => ({ outcome: 'accepted' });
      break;
    }
  }
};
