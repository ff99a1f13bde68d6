/** Takes what a stream says: its name, and the payload as JSON text. */
export type StreamListener = (stream: string, payload: string) => void;

/** Who listens to which stream. Streams that nobody asked for cost nothing. */
export class StreamHub {
  readonly #listeners = new Map<string, Set<StreamListener>>();
  readonly #watchers: ((stream: string, wanted: boolean) => void)[] = [];

  /** Calls when a stream gets its first listener, and when it loses its last. */
  watch(watcher: (stream: string, wanted: boolean) => void): void {
    this.#watchers.push(watcher);
  }

  wants(stream: string): boolean {
    return this.#listeners.has(stream);
  }

  listen(stream: string, listener: StreamListener): void {
    const listeners = this.#listeners.get(stream);
    if (listeners !== undefined) {
      listeners.add(listener);
      return;
    }
    this.#listeners.set(stream, new Set([listener]));
    for (const watcher of this.#watchers) watcher(stream, true);
  }

  unlisten(stream: string, listener: StreamListener): void {
    const listeners = this.#listeners.get(stream);
    if (listeners === undefined || !listeners.delete(listener) || listeners.size > 0) return;
    this.#listeners.delete(stream);
    for (const watcher of this.#watchers) watcher(stream, false);
  }

  tell(stream: string, payload: string): void {
    for (const listener of this.#listeners.get(stream) ?? []) listener(stream, payload);
  }
}
