import type { FaultState, TwsFaultName, WhileLost } from './fault-state.js';
import type { MessageMatch } from './match.js';
import { broken, lost, portReset, restoredDataLost, restoredDataMaintained } from './notices.js';
import type { ServerParts } from './parts.js';
import type { TwsServer } from './tws-server.js';

/** How TWS loses its way to IB. */
export interface LossOptions {
  /** 1100, or 2110: TWS will repair it by itself. Default: 1100. */
  readonly code?: 1100 | 2110;
  /**
   * What becomes of what clients ask meanwhile: it vanishes without an answer, or TWS holds it and passes it on when it is restored, as
   * it was seen to do with orders. Default: `vanish`.
   */
  readonly requests?: WhileLost;
}

/** What can be made to go wrong. "Next" faults wait for the first message that fits. */
export interface TwsFaults {
  /** Breaks all connections. */
  drop(): void;
  /** Connections that are open now stay open and stand still: nothing is heard, nothing is said, not even that the client has gone. */
  halfOpen(): void;
  /** Such connections go on: what was sent meanwhile arrives, late, on both sides. Of those that clients have left, too. */
  heal(): void;
  /** While on, connections are refused. */
  refuseConnections(on: boolean): void;
  /**
   * TWS does not reach IB: clients are told 1100. Reads and orders get no answer, nothing is told of the market or of fills, which go on at
   * the exchange. What TWS knows by itself (time, accounts, next order id) is answered.
   */
  connectivityLost(options?: LossOptions): void;
  /** 1101 (requests of market data are forgotten) or 1102 (they go on). What happened meanwhile is not told. */
  connectivityRestored(how: { readonly dataLost: boolean }): void;
  /** Says something to all clients, such as 2103 of a data farm. */
  notice(code: number, text: string): void;
  /** The port is changed: clients are told 1300 and disconnected. Gives the new port. */
  resetPort(): Promise<number>;
  /**
   * TWS or Gateway restarts: connections break and are refused until {@link comeBack}. Orders live on at IB. Order ids go back by
   * `rollBack`. Default: 0.
   */
  restart(options?: { readonly rollBack?: number }): void;
  /** TWS is up again after {@link restart}, at the same port. */
  comeBack(): void;
  /** From now on the client id of a connection that ends is held for so many ms: 326. 0 ends that. */
  holdClientId(ms: number): void;
  /** From now on all that is sent comes so many ms late, in order. 0 ends that. */
  delayAnswers(ms: number): void;
  /** The next request that fits vanishes. Default: the next order. */
  loseNextRequest(match?: MessageMatch): void;
  /** The next request that fits is handled; what its client would be told in that turn vanishes. Default: the next order. */
  loseNextAnswer(match?: MessageMatch): void;
  /** The next message of TWS that fits is sent twice. */
  duplicateNext(match: MessageMatch): void;
  /** The next message of TWS that fits is overtaken by the one that follows it. */
  reorderNext(match: MessageMatch): void;
  /**
   * From now on executions and their commissions come so many ms late, so after the order's status; `Infinity`: only when they are
   * requested. 0 ends that.
   */
  lateExecutions(ms: number): void;
  /** While on, answers about orders and the account get no end. */
  blind(on: boolean): void;
  /** The next order is refused with this error. */
  refuseNext(code: number, text: string): void;
  /** How often each fault struck. */
  readonly counts: ReadonlyMap<TwsFaultName, number>;
  /** Forgets what has not struck yet, ends what goes on, and takes connections again. What is lost or stands still stays so. */
  clear(): void;
}

const PLACE_ORDER = 3;

/** What of the connection to IB can be made to go wrong. */
const connectivity = (state: FaultState, { sessions, held }: ServerParts) => ({
  connectivityLost({ code = 1100, requests = 'vanish' }: LossOptions = {}): void {
    state.count('connectivity-lost');
    state.lost = requests;
    for (const session of sessions) session.notice(code === 1100 ? lost : broken);
  },
  connectivityRestored({ dataLost }: { readonly dataLost: boolean }): void {
    state.lost = undefined;
    for (const session of sessions) {
      session.notice(dataLost ? restoredDataLost : restoredDataMaintained);
      if (dataLost) session.dataLost();
    }
    for (const pass of held.splice(0)) pass();
  },
});

/** The controls over what goes wrong. */
export const faultControls = (server: TwsServer, parts: ServerParts): TwsFaults => {
  const { faults: state, sessions, venue } = parts;
  return {
    ...connectivity(state, parts),
    drop() {
      state.count('drop');
      server.drop();
    },
    halfOpen() {
      for (const line of server.lines) {
        line.stall();
        state.count('half-open');
      }
    },
    heal() {
      for (const line of server.lines) line.heal();
    },
    refuseConnections(on) {
      server.refusing = on;
    },
    notice(code, text) {
      for (const session of sessions) session.notice({ code, text });
    },
    async resetPort() {
      state.count('port-reset');
      await server.move();
      const { port } = server;
      for (const session of sessions) {
        session.notice(portReset(port));
        session.end();
      }
      return port;
    },
    restart({ rollBack = 0 } = {}) {
      state.count('restart');
      server.refusing = true;
      server.drop();
      sessions.release();
      parts.held.length = 0;
      state.lost = undefined;
      venue.rollBackOrderIds(rollBack);
    },
    comeBack() {
      server.refusing = false;
    },
    holdClientId(ms) {
      state.holdIds = ms;
      if (ms === 0) sessions.release();
    },
    delayAnswers(ms) {
      state.delay = ms;
    },
    loseNextRequest: (match = PLACE_ORDER) => state.lostRequests.add(match, true),
    loseNextAnswer: (match = PLACE_ORDER) => state.lostAnswers.add(match, true),
    duplicateNext: (match) => state.twice.add(match, true),
    reorderNext: (match) => state.swaps.add(match, true),
    lateExecutions(ms) {
      state.executionDelay = ms;
    },
    blind(on) {
      state.blind = on;
    },
    refuseNext: (code, text) => venue.refuseNextOrder(code, text),
    counts: state.counts,
    clear() {
      state.clear();
      sessions.release();
      server.refusing = false;
    },
  };
};
