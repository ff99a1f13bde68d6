import { StalenessWatchdog } from '@mikrobot/core';
import { BinanceLineError } from '../errors.js';
import { ControlChannel } from './control-channel.js';
import { Line } from './line.js';
import { parseLossless } from './lossless-json.js';
import type { StreamHubParts, StreamListener } from './stream-hub.js';
import { isCombined, readControl, splitCombined } from './stream-messages.js';
import type { Wire } from './wire.js';

/** Whom a {@link HubLine} tells. */
export interface HubLineListener {
  onUp(reconnected: boolean, streams: readonly string[]): void;
  onDown(reason: string, streams: readonly string[]): void;
  onSilent(stream: string, since: number): void;
  onTrouble(error: unknown): void;
  onAlive(): void;
}

interface Listening {
  readonly listener: StreamListener;
  readonly watchdog: StalenessWatchdog | undefined;
}

/** One connection of a hub and the streams on it. */
export class HubLine {
  readonly #parts: StreamHubParts;
  readonly #tell: HubLineListener;
  readonly #line: Line;
  readonly #streams = new Map<string, Set<Listening>>();
  readonly #channels = new Map<Wire, ControlChannel>();
  #watchdogs = 0;

  constructor(parts: StreamHubParts, tell: HubLineListener) {
    this.#parts = parts;
    this.#tell = tell;
    this.#line = new Line({
      ...parts,
      prepare: (wire) => this.#prepare(wire),
      keyOf: (text) => (isCombined(text) || readControl(text) === undefined ? text : undefined),
    });
    this.#line
      .on('open', (reconnected) => tell.onUp(reconnected, [...this.#streams.keys()]))
      .on('down', (reason) => tell.onDown(reason, [...this.#streams.keys()]))
      .on('message', (text, wire) => this.#take(text, wire))
      .on('gone', (wire) => this.#forget(wire))
      .on('trouble', (error) => tell.onTrouble(error))
      .on('alive', () => tell.onAlive());
  }

  get size(): number {
    return this.#streams.size;
  }

  get empty(): boolean {
    return this.#streams.size === 0;
  }

  has(stream: string): boolean {
    return this.#streams.has(stream);
  }

  /** Adds a listener. @param maxSilence - ms. @returns the way to end it */
  listen(stream: string, listener: StreamListener, maxSilence: number | undefined): () => void {
    const watchdog = maxSilence === undefined ? undefined : this.#watch(stream, maxSilence);
    const listening: Listening = { listener, watchdog };
    const known = this.#streams.get(stream);
    if (known === undefined) this.#streams.set(stream, new Set([listening]));
    else known.add(listening);
    this.#line.start();
    this.#update();
    return () => this.#end(stream, listening);
  }

  close(): void {
    for (const listeners of this.#streams.values()) for (const { watchdog } of listeners) watchdog?.stop();
    this.#line.close();
    for (const wire of [...this.#channels.keys()]) this.#forget(wire);
  }

  #end(stream: string, listening: Listening): void {
    listening.watchdog?.stop();
    const listeners = this.#streams.get(stream);
    listeners?.delete(listening);
    if (listeners?.size !== 0) return;
    this.#streams.delete(stream);
    this.#update();
  }

  #watch(stream: string, maxSilence: number): StalenessWatchdog {
    const { clock, name } = this.#parts;
    return new StalenessWatchdog({
      id: `${name} ${stream}.${this.#watchdogs++}`,
      clock,
      maxSilence,
      // A line that is down is told as such.
      open: () => this.#line.up,
      onSilent: (since) => this.#tell.onSilent(stream, since),
      onVoice: () => undefined,
    });
  }

  async #prepare(wire: Wire): Promise<void> {
    const { clock, name } = this.#parts;
    const channel = new ControlChannel(
      { wire, clock, name: `${name} control.${this.#watchdogs++}` },
      (error) => this.#tell.onTrouble(error),
    );
    this.#channels.set(wire, channel);
    await channel.want(this.#streams.keys());
  }

  #update(): void {
    // A refusal was told as trouble; a line that broke begins anew.
    for (const channel of this.#channels.values())
      void channel.want(this.#streams.keys()).catch(() => undefined);
  }

  #forget(wire: Wire): void {
    this.#channels.get(wire)?.close();
    this.#channels.delete(wire);
  }

  #take(text: string, wire: Wire): void {
    const combined = splitCombined(text);
    if (combined === undefined) {
      const answer = readControl(text);
      if (answer !== undefined) this.#channels.get(wire)?.answered(answer);
      else this.#tell.onTrouble(new BinanceLineError('A message makes no sense.', true));
      return;
    }
    const listeners = this.#streams.get(combined.stream);
    if (listeners === undefined) return;
    let data: unknown;
    try {
      data = parseLossless(combined.data);
    } catch (error) {
      this.#tell.onTrouble(error);
      return;
    }
    const now = this.#parts.clock.now();
    for (const { listener, watchdog } of listeners) {
      watchdog?.heard(now);
      listener(data, combined.data);
    }
  }
}
