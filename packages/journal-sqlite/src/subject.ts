/** `<journal>-<account>-<n>`, alone or with the part and leg of an order. */
const OURS = /^([a-z0-9]{1,6}-[a-z0-9]{4}-[0-9a-z]+)(?:-[exp][0-9a-z]*)?$/;

/** Entries whose `id` names an order, also one that is not ours. */
const OF_ORDERS: ReadonlySet<string> = new Set(['in:answer', 'in:order', 'out:intent', 'out:order']);

/** The signal that a signal's or a client order's id belongs to; undefined when the id is not of a bot. */
const signalOf = (id: unknown): string | undefined =>
  typeof id === 'string' ? OURS.exec(id)?.[1] : undefined;

/**
 * What an entry is about, for looking it up: the signal's id (orders carry it in theirs), or the id of an order that is not ours.
 * Undefined for what concerns the whole account.
 */
export const subjectOf = (kind: string, data: unknown): string | undefined => {
  if (typeof data !== 'object' || data === null) return undefined;
  const { signal, order, id } = data as { signal?: unknown; order?: unknown; id?: unknown };
  const known = signalOf(signal) ?? signalOf(order) ?? signalOf(id);
  if (known !== undefined || !OF_ORDERS.has(kind)) return known;
  return typeof id === 'string' && id !== '' ? id : undefined;
};

/** The subject under which an order's entries stand. @param order - a client order id, ours or not */
export const subjectOfOrder = (order: string): string => signalOf(order) ?? order;
