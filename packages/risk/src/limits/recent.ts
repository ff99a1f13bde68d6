/** Most things that one memory keeps; the oldest is forgotten first. */
export const CAPACITY = 1_000;

/** Something that happened; `at` in epoch ms. */
export interface Happened {
  readonly at: number;
}

/** Whether it happened less than `within` ms ago: the moment `within` ms later is free again. */
export const isRecent = ({ at }: Happened, within: number, now: number): boolean => now - at < within;

/** The list with what just happened at its end, without what is `within` ms old and never longer than {@link CAPACITY}. */
export const remember = <T extends Happened>(list: readonly T[], item: T, within: number): readonly T[] =>
  [...list.filter((other) => isRecent(other, within, item.at)), item].slice(-CAPACITY);
