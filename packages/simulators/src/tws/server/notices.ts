/** Something that TWS says without being asked: a code of its table of system messages, and the text. */
export interface TwsNotice {
  readonly code: number;
  readonly text: string;
}

// Codes and texts: "Message Codes" of IB's documentation of the TWS API, and what Gateway logs show.

/** What a client is told of the data farms when it has started. */
export const farmsAreOk: readonly TwsNotice[] = [
  { code: 2104, text: 'Market data farm connection is OK:usfarm' },
  { code: 2106, text: 'HMDS data farm connection is OK:ushmds' },
  { code: 2158, text: 'Sec-def data farm connection is OK:secdefil' },
];

/** The connection between TWS and the servers of IB. */
export const lost: TwsNotice = {
  code: 1100,
  text: 'Connectivity between IBKR and Trader Workstation has been lost.',
};
/** As {@link lost}, but TWS says that it will repair it; also told to those who connect meanwhile. */
export const broken: TwsNotice = {
  code: 2110,
  text: 'Connectivity between Trader Workstation and server is broken. It will be restored automatically.',
};
/** Requests of market data are forgotten. */
export const restoredDataLost: TwsNotice = {
  code: 1101,
  text: 'Connectivity between IBKR and Trader Workstation has been restored - data lost.',
};
/** Requests of market data go on. */
export const restoredDataMaintained: TwsNotice = {
  code: 1102,
  text:
    'Connectivity between IBKR and Trader Workstation has been restored - data maintained. ' +
    'All data farms are connected: usfarm; ushmds; secdefil.',
};
/** The client id belongs to another connection; TWS closes this one. */
export const clientIdInUse: TwsNotice = {
  code: 326,
  text: 'Unable to connect as the client id is already in use. Retry with a unique client id.',
};
/** The port was changed in the settings; TWS closes the connections. */
export const portReset = (port: number): TwsNotice => ({
  code: 1300,
  text: `TWS socket port has been reset and this connection is being dropped. Please reconnect on the new port - ${port}`,
});
/** More than so many messages came within a second. */
export const tooManyMessages = (limit: number, violation: number): TwsNotice => ({
  code: 100,
  text: `Max rate of messages per second has been exceeded:max=${limit} rec=${limit + 1} (${violation})`,
});
