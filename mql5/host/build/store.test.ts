import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withSources } from '../testing/sources.js';
import { contentName, forgetOld, makeOnce } from './store.js';

const folderWith = (text: string) => async (temporary: string) => {
  mkdirSync(temporary);
  writeFileSync(join(temporary, 'part'), text);
};

describe('the store of built things', () => {
  it('names equal contents equally, and never runs two texts together', () => {
    expect(contentName(['a', 'b'])).toBe(contentName(['a', 'b']));
    expect(contentName(['a', 'b'])).not.toBe(contentName(['ab']));
  });

  it('makes a thing once', () =>
    withSources({}, async (root) => {
      const path = join(root, 'rooms', 'thing');
      await makeOnce(path, folderWith('first'));
      await makeOnce(path, folderWith('second'));
      expect(readFileSync(join(path, 'part'), 'utf8')).toBe('first');
    }));

  it('lets two make the same folder at once, and leaves nothing beside it', () =>
    withSources({}, async (root) => {
      const path = join(root, 'thing');
      let bothInside = () => {};
      const met = new Promise<void>((resolve) => {
        bothInside = resolve;
      });
      let inside = 0;
      const make = async (temporary: string) => {
        if (++inside === 2) bothInside();
        await met;
        await folderWith('equal')(temporary);
      };
      await Promise.all([makeOnce(path, make), makeOnce(path, make)]);
      expect(readFileSync(join(path, 'part'), 'utf8')).toBe('equal');
      expect(readdirSync(root)).toEqual(['thing']);
    }));

  it('keeps nothing of a build that failed', () =>
    withSources({}, async (root) => {
      const failing = makeOnce(join(root, 'thing'), async (temporary) => {
        await folderWith('half')(temporary);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(readdirSync(root)).toEqual([]);
    }));

  it('forgets what was not used for a week', () =>
    withSources({ old: 'x', fresh: 'y' }, async (root) => {
      const day = 86_400;
      utimesSync(join(root, 'old'), 20 * day, 20 * day);
      utimesSync(join(root, 'fresh'), 24 * day, 24 * day);
      await forgetOld(root, 28 * day * 1000);
      expect([existsSync(join(root, 'old')), existsSync(join(root, 'fresh'))]).toEqual([false, true]);
    }));
});
