/** A protective leg of a bracket, by its client order id. */
export interface LegId {
  /** Client order id of the order that brought the bracket. */
  readonly parent: string;
  readonly leg: 'stop' | 'target';
}

/** Core's names: `<signal>-<part>` for an order; `s` or `t` and the number of the attempt are added for its legs. */
const LEG = /^(.*-[a-z])([st])[0-9a-z]*$/;

/** Reads the id of a leg; `undefined` when it is not one. */
export const parseLegId = (id: string): LegId | undefined => {
  const [, parent, letter] = LEG.exec(id) ?? [];
  return parent === undefined ? undefined : { parent, leg: letter === 's' ? 'stop' : 'target' };
};
