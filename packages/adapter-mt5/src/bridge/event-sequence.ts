/** What is to be done with a trade event: take it, or not, or take it knowing that others were lost before it. */
export type EventPlace = 'next' | 'repeated' | 'after a gap';

/** Which trade events of an EA were taken, over its connections. */
export class EventSequence {
  #epoch: string | undefined;
  #last = 0;

  /** The last one that was taken or given up. */
  get last(): number {
    return this.#last;
  }

  /** @returns the first event that is wanted again; null when nothing of that epoch is known */
  resumeFrom(epoch: string): number | null {
    return this.#epoch === epoch ? this.#last + 1 : null;
  }

  /** Goes on behind `last`, whatever came before. */
  restart(epoch: string, last: number): void {
    this.#epoch = epoch;
    this.#last = last;
  }

  /** Asks for nothing again: what was lost cannot be had by its number. */
  forget(): void {
    this.#epoch = undefined;
  }

  take(seq: number): EventPlace {
    if (seq <= this.#last) return 'repeated';
    const isNext = seq === this.#last + 1;
    this.#last = seq;
    return isNext ? 'next' : 'after a gap';
  }
}
