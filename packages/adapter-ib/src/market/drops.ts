/** Why a message of market data was dropped. */
export type MarketDrop = 'not a number' | 'crossed' | 'delayed data that nobody asked for';

/** How many messages were dropped, by reason. */
export type MarketDrops = Readonly<Record<MarketDrop, number>>;
