import { readFileSync } from 'node:fs';

/** A message of a public stream; where it comes from is told in test-data/SOURCES.md. */
export interface SampleMessage {
  readonly source: 'recording' | 'spot' | 'futures';
  readonly stream: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One message of each kind and venue. */
export const sampleMessages = (): readonly SampleMessage[] =>
  readFileSync(new URL('../test-data/market-messages.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SampleMessage);

/** The payload of the first message of a stream. */
export const sample = (stream: string): Readonly<Record<string, unknown>> =>
  sampleMessages().find((message) => message.stream === stream)!.data;
