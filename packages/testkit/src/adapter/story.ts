import type { OrderEvent } from '@mikrobot/core';

/**
 * What an order may tell, as a pattern: steps in order, parted by `→`; a step is the name of an event, or several parted by `|`;
 * `?` at most once, `+` at least once, `*` any number. As in `accepted? → fill+`. Empty: nothing.
 */
const storyPattern = (pattern: string): RegExp => {
  const steps = pattern.split('→').map((step) => step.trim());
  const parts = steps
    .filter((step) => step !== '')
    .map((step) => {
      const count = /[?+*]$/.exec(step)?.[0] ?? '';
      const names = step.slice(0, step.length - count.length).replaceAll(' ', '');
      return `(?:(?:${names}) )${count}`;
    });
  return new RegExp(`^${parts.join('')}$`);
};

/** The events of one order as a story: `accepted → fill`. */
export const storyOf = (events: readonly OrderEvent[]): string => events.map(({ type }) => type).join(' → ');

/** Whether the events are as the pattern says. */
export const fits = (pattern: string, events: readonly OrderEvent[]): boolean =>
  storyPattern(pattern).test(events.map(({ type }) => `${type} `).join(''));
