import { describe, expect, it } from 'vitest';
import { endpointsOf } from './environments.js';

const urls = (rest: string) => ({ rest, wsApi: 'wss://localhost', streams: 'wss://localhost' });

// Hosts: rest-api.md "General API Information", testnet/README.md, USD-M futures "General Info".
describe('Where real money is', () => {
  it.each([
    'https://api.binance.com',
    'https://api1.binance.com',
    'https://api-gcp.binance.com',
    'https://fapi.binance.com:443',
    'https://API.BINANCE.COM',
  ])('is known by the host, whatever is said of it: %s', (rest) => {
    expect(endpointsOf('spot', urls(rest)).live).toBe(true);
    expect(endpointsOf('spot', { ...urls(rest), live: false }).live).toBe(true);
  });

  it.each([
    'https://testnet.binance.vision',
    'https://demo-api.binance.com',
    'https://demo-fapi.binance.com',
    'https://testnet.binancefuture.com',
    'http://127.0.0.1:8080',
    'http://binance.com.localhost',
  ])('is not: %s', (rest) => {
    expect(endpointsOf('futures', urls(rest)).live).not.toBe(true);
  });

  it('is behind a proxy where it is said to be, and by name', () => {
    expect(endpointsOf('spot', { ...urls('http://10.0.0.1'), live: true }).live).toBe(true);
    expect(endpointsOf('futures', 'live').live).toBe(true);
    expect(endpointsOf('futures').live).not.toBe(true);
  });
});
