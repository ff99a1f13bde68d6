import { type Behaviour, errors, rest } from '../behaviour.js';
import { complained, encoded, said } from '../caller.js';
import { at } from '../json.js';
import { LIMIT, ORDER, TEST, without } from './orders-used.js';

const ACCOUNT = '/api/v3/account';
const DOCUMENTED = 'recvWindow=5000&timestamp=1499827319559';
const REFUSED = '400 -1022 Signature for this request is not valid.';

/** Signature, key and timing of a signed request. */
export const security: readonly Behaviour[] = [
  {
    id: 'S-SEC-01',
    title: 'The printed HMAC signature of the ASCII example is taken, and refused once a letter differs',
    source: rest('SIGNED Endpoint Examples for POST /api/v3/order, HMAC Keys'),
    at: 1499827319559,
    act: async ({ spot }) => {
      const query = `symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&${DOCUMENTED}`;
      const sent = (letters: string) =>
        spot.raw(
          'POST',
          `${TEST}?${query}&signature=${letters}8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71`,
          spot.header,
        );
      return [said(await sent('c')) === REFUSED, said(await sent('d'))];
    },
    seen: [false, REFUSED],
  },
  {
    id: 'S-SEC-02',
    title: 'A symbol that is not ASCII is signed percent-encoded, as the second printed signature is',
    source: rest('SIGNED Endpoint Examples for POST /api/v3/order, HMAC Keys'),
    at: 1499827319559,
    act: async ({ spot }) => {
      const symbol = '%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96';
      const query = `symbol=${symbol}&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&${DOCUMENTED}`;
      const sent = (letters: string) =>
        spot.raw(
          'POST',
          `${TEST}?${query}&signature=${letters}1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3`,
          spot.header,
        );
      return [said(await sent('e')) === REFUSED, said(await sent('f'))];
    },
    seen: [false, REFUSED],
  },
  {
    id: 'S-SEC-03',
    title: 'An HMAC signature counts in any letter case, an Ed25519 signature only in its own',
    source: rest('Signature Case Sensitivity'),
    act: async ({ spot, keys, clock }) => {
      const payload = encoded({ timestamp: clock.now() });
      const sent = (caller: typeof spot, signature: string) =>
        caller.raw('GET', `${ACCOUNT}?${payload}&signature=${encodeURIComponent(signature)}`, caller.header);
      const ed = spot.with(keys.ed25519);
      return [
        said(await sent(spot, spot.key.sign(payload).toUpperCase())),
        said(await sent(ed, ed.key.sign(payload))),
        said(await sent(ed, ed.key.sign(payload).toUpperCase())),
      ];
    },
    seen: ['200', '200', REFUSED],
  },
  {
    id: 'S-SEC-04',
    title: 'An RSA key signs by RSASSA-PKCS1-v1_5 with SHA-256, in base64, percent-encoded',
    source: rest('SIGNED Endpoint Examples for POST /api/v3/order, RSA Keys'),
    act: async ({ spot, keys }) => said(await spot.with(keys.rsa).get(ACCOUNT)),
    seen: '200',
  },
  {
    id: 'S-SEC-05',
    title: 'Query string and body are signed as one text, without a separator between them',
    source: rest('SIGNED Endpoint Examples for POST /api/v3/order, HMAC Keys'),
    act: async ({ spot, clock }) => {
      const query = encoded(without(LIMIT, 'price'));
      const body = encoded({ price: '50000', timestamp: clock.now() });
      const sent = (payload: string) =>
        spot.raw('POST', `${TEST}?${query}`, spot.header, `${body}&signature=${spot.signature(payload)}`);
      return [said(await sent(query + body)), said(await sent(`${query}&${body}`))];
    },
    seen: ['200', REFUSED],
  },
  {
    id: 'S-SEC-06',
    title: 'A parameter sent in query string and body counts as the query string has it',
    source: rest('General Information on Endpoints'),
    act: async ({ spot, clock }) => {
      const query = encoded({ price: '51000' });
      const body = encoded({ ...LIMIT, price: '50000', timestamp: clock.now() });
      const signed = `${body}&signature=${spot.signature(query + body)}`;
      return at((await spot.raw('POST', `${ORDER}?${query}`, spot.header, signed)).body, 'price');
    },
    seen: '51000.00000000',
  },
  {
    id: 'S-SEC-07',
    title: 'Without a key in the header the format of the key is invalid',
    source: errors('-2014 BAD_API_KEY_FMT'),
    act: async ({ spot }) => complained(await spot.raw('GET', `${ACCOUNT}?timestamp=1&signature=ab`)),
    seen: '-2014 API-key format invalid.',
  },
  {
    id: 'S-SEC-08',
    title: 'A key that nobody has is refused',
    source: errors('-2015 REJECTED_MBX_KEY'),
    act: async ({ spot }) =>
      complained(await spot.with({ ...spot.key, apiKey: 'a'.repeat(64) }).get(ACCOUNT)),
    seen: '-2015 Invalid API-key, IP, or permissions for action.',
  },
  {
    id: 'S-SEC-09',
    title: 'timestamp and signature are mandatory for a signed endpoint',
    source: errors('-1102 MANDATORY_PARAM_EMPTY_OR_MALFORMED'),
    act: async ({ spot, clock }) => [
      said(await spot.raw('GET', `${ACCOUNT}?timestamp=${clock.now()}`, spot.header)),
      said(await spot.raw('GET', `${ACCOUNT}?signature=${spot.signature('')}`, spot.header)),
    ],
    seen: [
      "400 -1102 Mandatory parameter 'signature' was not sent, was empty/null, or malformed.",
      "400 -1102 Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed.",
    ],
  },
  {
    id: 'S-SEC-10',
    title: 'recvWindow is 5000 ms unless sent, and an age of exactly 5000 ms is still in it',
    source: rest('Timing security'),
    act: async ({ spot, clock }) => [
      said(await spot.get(ACCOUNT, { timestamp: clock.now() - 5000 })),
      said(await spot.get(ACCOUNT, { timestamp: clock.now() - 5001 })),
      said(await spot.get(ACCOUNT, { timestamp: clock.now() - 5001, recvWindow: 5001 })),
    ],
    seen: ['200', '400 -1021 Timestamp for this request is outside of the recvWindow.', '200'],
  },
  {
    id: 'S-SEC-11',
    title: 'A timestamp may be less than 1000 ms ahead of the venue, not 1000',
    source: rest('Timing security'),
    act: async ({ spot, clock }) => [
      said(await spot.get(ACCOUNT, { timestamp: clock.now() + 999 })),
      said(await spot.get(ACCOUNT, { timestamp: clock.now() + 1000 })),
    ],
    seen: ['200', "400 -1021 Timestamp for this request was 1000ms ahead of the server's time."],
  },
  {
    id: 'S-SEC-12',
    title: 'recvWindow may have three decimals and may not pass 60000',
    source: rest('Timing security'),
    act: async ({ spot }) => [
      said(await spot.get(ACCOUNT, { recvWindow: '6000.346' })),
      said(await spot.get(ACCOUNT, { recvWindow: 60_000 })),
      (await spot.get(ACCOUNT, { recvWindow: 60_001 })).status,
    ],
    seen: ['200', '200', 400],
  },
  {
    id: 'S-SEC-13',
    title: 'timestamp may be in microseconds',
    source: rest('General API Information'),
    act: async ({ spot, clock }) => said(await spot.get(ACCOUNT, { timestamp: clock.now() * 1000 })),
    seen: '200',
  },
];
