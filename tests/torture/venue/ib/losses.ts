import type { Random } from '@mikrobot/core';
import type { WireMessage } from '@mikrobot/simulators';
import type { VenueOptions } from '../options.js';
import { cancelledId, kindOf, type PlacedOrder, placedOrder } from './reading.js';

/** What becomes of a message. */
export type Fate = 'request-lost' | 'answer-lost' | 'nothing-lost';

/** What {@link Losses} is made of. */
export interface LossParts {
  readonly lost: VenueOptions['lost'];
  readonly serverVersion: number;
  readonly random: Random;
  /** Whether an order of this id and reference has arrived before. */
  readonly knows: (order: PlacedOrder) => boolean;
}

/** Draws which messages are lost. An entry and its legs share one fate: a line does not lose one of them. */
export class Losses {
  readonly #parts: LossParts;
  /** What the last answer was lost of. */
  readonly #silent = new Set<string>();
  /** The entry whose legs are still coming, and what becomes of them all. */
  #family: { readonly orderId: number; readonly fate: Fate } | undefined;

  constructor(parts: LossParts) {
    this.#parts = parts;
  }

  /** What becomes of a message; each is asked for once. */
  fateOf(message: WireMessage): Fate {
    switch (kindOf(message)) {
      case 'place': {
        const order = placedOrder(message);
        if (this.#parts.knows(order)) return this.#draw('amend', order.orderId);
        const family = this.#family;
        if (family !== undefined && order.parentId === family.orderId) {
          if (order.transmit) this.#family = undefined;
          return family.fate;
        }
        const fate = this.#draw('submit', order.orderId);
        if (!order.transmit) this.#family = { orderId: order.orderId, fate };
        return fate;
      }
      case 'cancel':
        return this.#draw('cancel', cancelledId(message, this.#parts.serverVersion));
      case 'query':
        return this.#draw('query', message.id);
      default:
        return 'nothing-lost';
    }
  }

  #draw(kind: keyof VenueOptions['lost'], subject: number): Fate {
    const { random, lost } = this.#parts;
    const about = kind === 'query' ? `list ${subject}` : `order ${subject}`;
    // Who hears no end of a list waits for 4 s, and gives the line up for a second one: a list is seldom lost.
    const chance = kind === 'query' ? lost.query / 15 : lost[kind];
    const isLost = random() < chance && !this.#silent.has(about);
    // Nobody can protect what nobody tells him of: of two answers on one order the second comes.
    if (isLost) this.#silent.add(about);
    else this.#silent.delete(about);
    if (!isLost) return 'nothing-lost';
    return random() < 0.5 ? 'request-lost' : 'answer-lost';
  }
}
