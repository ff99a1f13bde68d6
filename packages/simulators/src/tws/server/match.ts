/** A message as faults look at it. */
export interface WireMessage {
  readonly id: number;
  /** As the API names it, such as `placeOrder` or `orderStatus`; its id where it has no name here. */
  readonly name: string;
  /** All of its fields as text, its id first. */
  readonly fields: readonly string[];
}

/** Which messages a fault is for: by name, by id, or by a test. */
export type MessageMatch = string | number | ((message: WireMessage) => boolean);

/** Whether a message is meant. */
const fits = (match: MessageMatch, message: WireMessage): boolean =>
  typeof match === 'function' ? match(message) : match === message.id || match === message.name;

/** Faults that wait for their moment: each is used up by the first message that it fits. */
export class Waiting<T = true> {
  readonly #items: { readonly match: MessageMatch; readonly value: T }[] = [];

  get any(): boolean {
    return this.#items.length > 0;
  }

  add(match: MessageMatch, value: T): void {
    this.#items.push({ match, value });
  }

  take(message: WireMessage): T | undefined {
    const at = this.#items.findIndex(({ match }) => fits(match, message));
    return at < 0 ? undefined : this.#items.splice(at, 1)[0]?.value;
  }

  clear(): void {
    this.#items.length = 0;
  }
}
