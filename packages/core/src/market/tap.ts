import { Observable, type Subscriber } from 'rxjs';

/**
 * A hot Observable over an own subscriber array: `next` costs one loop, and nothing when nobody listens.
 * A subscriber that throws is isolated by RxJS and reported by it; the others and the bot go on.
 */
export class Tap<T> {
  #subscribers: readonly Subscriber<T>[] = [];
  #completed = false;
  /** Whether anyone listens: ask before building a value only for this tap. */
  observed = false;

  readonly observable: Observable<T> = new Observable<T>((subscriber) => {
    if (this.#completed) {
      subscriber.complete();
      return undefined;
    }
    // Copy on write: somebody may subscribe or leave while `next` loops.
    this.#subscribers = [...this.#subscribers, subscriber];
    this.observed = true;
    return () => {
      this.#subscribers = this.#subscribers.filter((s) => s !== subscriber);
      this.observed = this.#subscribers.length > 0;
    };
  });

  next(value: T): void {
    const subscribers = this.#subscribers;
    for (let i = 0; i < subscribers.length; i++) (subscribers[i] as Subscriber<T>).next(value);
  }

  complete(): void {
    this.#completed = true;
    for (const subscriber of this.#subscribers) subscriber.complete();
  }
}
