/** How TWS names an order: the client and its number there, and the number that lasts. */
export interface TwsOrderId {
  readonly clientId: number;
  /** Unique with the client id. 0 for orders that were made by hand. */
  readonly orderId: number;
  /** Unique in the account for ever; 0 until TWS has told it. */
  readonly permId: number;
}

/** The names as one text, which core keeps in its journal. */
export const venueIdOf = ({ clientId, orderId, permId }: TwsOrderId): string =>
  `${clientId}.${orderId}.${permId}`;

const PATTERN = /^(\d{1,10})\.(\d{1,10})\.(\d{1,10})$/;

/** What {@link venueIdOf} has written; undefined for any other text. */
export const readVenueId = (text: string | undefined): TwsOrderId | undefined => {
  const [, clientId, orderId, permId] = PATTERN.exec(text ?? '') ?? [];
  if (permId === undefined) return undefined;
  return { clientId: Number(clientId), orderId: Number(orderId), permId: Number(permId) };
};
