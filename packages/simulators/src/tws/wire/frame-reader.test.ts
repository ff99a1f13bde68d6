import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader, MAX_FRAME, WireError } from './frame-reader.js';
import { ascii, fieldsOf, frameOf } from './message.js';

/** Cuts at the given places, in bytes. */
const cut = (bytes: Buffer, places: readonly number[]): readonly Buffer[] => {
  const at = [0, ...[...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)];
  return at.map((from, i) => bytes.subarray(from, at[i + 1]));
};

describe('Frames of the wire', () => {
  it('give the same messages however the stream is cut', () => {
    const field = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''));
    const message = fc.array(field, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), fc.array(fc.nat(400)), (messages, places) => {
        const stream = Buffer.concat([Buffer.from('API\0'), ...messages.map(frameOf)]);
        const read: (readonly string[])[] = [];
        const reader = new FrameReader((payload) => read.push(fieldsOf(payload)), 'API\0');
        for (const chunk of cut(stream, places)) reader.push(Buffer.from(chunk));
        expect(read).toEqual(messages);
      }),
    );
  });

  it('are written as the handshake of a known client reads them', () => {
    // u32 length 13, then "176\0" and "20260102\0": what `socket.js` of @stoqey/ib reads as version and time.
    expect(frameOf([176, '20260102']).toString('latin1')).toBe('\0\0\0\x0d176\x0020260102\0');
  });

  it('end the reader at a length of 0 or beyond the limit, after the frames before it', () => {
    for (const length of [0, MAX_FRAME + 1, 0xffffffff]) {
      const read: Buffer[] = [];
      const reader = new FrameReader((payload) => read.push(payload));
      const bad = Buffer.alloc(12);
      bad.writeUInt32BE(length);
      expect(() => reader.push(Buffer.concat([frameOf(['a']), bad]))).toThrow(WireError);
      reader.push(frameOf(['b']));
      expect(read.map(fieldsOf)).toEqual([['a']]);
    }
  });

  it('end the reader at the first byte of another greeting', () => {
    const reader = new FrameReader(() => undefined, 'API\0');
    reader.push(Buffer.from('AP'));
    expect(() => reader.push(Buffer.from('X'))).toThrow(WireError);
  });

  it('never throw anything but a WireError and never hold more than one frame, for 20,000 chunks of any bytes', () => {
    let seed = 1;
    const byte = (): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed >>> 24;
    };
    const noise = Buffer.from(Array.from({ length: 1 << 16 }, byte));
    let [frames, broken, chunks] = [0, 0, 0];
    let held = 0;
    while (chunks < 20_000) {
      const reader = new FrameReader((payload) => {
        frames++;
        try {
          fieldsOf(payload);
        } catch (error) {
          if (!(error instanceof WireError)) throw error;
        }
      });
      try {
        for (let i = 0; i < 40; i++, chunks++) {
          // Small lengths are common, so that streams of frames come up as well as lengths that are nonsense.
          const header = byte() < 200 ? [0, 0, 0, byte() & 15] : [byte() & 15, byte(), byte(), byte()];
          const from = (byte() << 8) | byte();
          reader.push(Buffer.concat([Buffer.from(header), noise.subarray(from, from + (byte() & 15))]));
          held = Math.max(held, reader.held);
        }
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        broken++;
        expect(reader.held).toBe(0);
      }
    }
    expect(frames).toBeGreaterThan(1_000);
    expect(broken).toBeGreaterThan(100);
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThanOrEqual(MAX_FRAME);
  });
});

describe('Fields of a message', () => {
  it('write numbers in full, true as 1, and nothing for what is not set', () => {
    const fields = [1e-7, 1e21, -0.5, 1.7976931348623157e308, true, false, undefined, 'ü'];
    expect(fieldsOf(frameOf(fields).subarray(4))).toEqual([
      '0.0000001',
      '1000000000000000000000',
      '-0.5',
      BigInt(1.7976931348623157e308).toString(),
      '1',
      '0',
      '',
      'ü',
    ]);
  });

  it('refuse what no message can hold', () => {
    for (const field of [Number.NaN, Number.POSITIVE_INFINITY, 'a\0b'])
      expect(() => frameOf([field])).toThrow(TypeError);
    expect(() => fieldsOf(Buffer.from('4\0no end'))).toThrow(WireError);
  });

  it('escape what is not ASCII, as from server version 153 on', () => {
    expect(ascii('Zürich 😀')).toBe('Z\\u00fcrich \\ud83d\\ude00');
  });
});
