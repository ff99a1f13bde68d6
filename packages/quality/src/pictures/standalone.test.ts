import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allOf, faultsOf, readMarkup } from '../testing/read-svg.js';
import { capabilityHistogramSvg } from './capability-histogram-svg.js';
import { controlChartSvg } from './control-chart-svg.js';
import { paretoSvg } from './pareto-svg.js';

const pictures = (title: string, unit: string): string[] => [
  controlChartSvg({ title, unit, points: [1, 2, 9], limits: { center: 2, upper: 5 } }),
  capabilityHistogramSvg({ title, unit, values: [1, 2, 9], specification: { upper: 5 } }),
  paretoSvg({ title, unit, causes: title === '' ? [] : [{ cause: title, count: 1 }] }),
];

/** Relative luminance and contrast: WCAG 2.1. */
const luminance = (hex: string): number => {
  const full = hex.length === 4 ? hex.replace(/[0-9a-f]/g, '$&$&') : hex;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

describe('every picture', () => {
  it('stands alone: an SVG with a size, a role, a name, and nothing from elsewhere', () => {
    for (const svg of pictures('Latency', 'ms')) {
      expect(faultsOf(svg)).toEqual([]);
      const [root] = readMarkup(svg).children;
      expect(root?.name).toBe('svg');
      expect(root?.attributes).toMatchObject({
        xmlns: 'http://www.w3.org/2000/svg',
        viewBox: '0 0 720 320',
        role: 'img',
      });
      expect(root?.attributes['aria-label']).toMatch(
        /^(Control chart|Histogram|Pareto chart): Latency \(ms\)\. /,
      );
      expect(svg).not.toMatch(/<script|href|url\(|@import|\sid=|\son/);
    }
  });

  it('styles nothing but itself', () => {
    for (const svg of pictures('Latency', 'ms')) {
      const [root] = readMarkup(svg).children;
      const style = allOf(root!).find(({ name }) => name === 'style')?.text ?? '';
      const selectors = [...style.matchAll(/([^{}]+)\{/g)].map(([, selector]) => selector!.trim());
      const own = selectors.filter((selector) => !selector.startsWith('@media'));
      expect(own.length).toBeGreaterThan(10);
      for (const selector of own) expect(selector).toMatch(/^\.mikrobot-picture( \.q-[a-z-]+)?$/);
      expect(root?.attributes.class).toBe('mikrobot-picture');
      // Every class in use has a rule.
      const used = allOf(root!).flatMap(({ attributes }) => attributes.class?.split(' ') ?? []);
      for (const name of used) expect(style).toContain(`.${name}{`);
    }
  });

  it('takes the colours of the page around it, and has readable ones of its own for light and dark', () => {
    const [svg = ''] = pictures('Latency', 'ms');
    const [light = '', dark = ''] = svg.split('@media (prefers-color-scheme:dark)');
    for (const part of [light, dark]) {
      const colour = (name: string): string =>
        part.match(new RegExp(`--q-${name}:var\\(--${name},(#[0-9a-f]+)\\)`))?.[1] ?? '';
      for (const name of ['ink', 'soft', 'alert', 'accent', 'loss'])
        expect(contrast(colour(name), colour('page')), name).toBeGreaterThan(4.5);
    }
  });

  it('says what is said to it, and lets nothing of it become markup', () => {
    const evil = '<script>alert("1")</script> & \'x\' \u0000\ud800';
    for (const svg of pictures(evil, '<b>')) {
      const root = readMarkup(svg);
      expect(allOf(root).map(({ name }) => name)).not.toContain('script');
      expect(root.children[0]?.attributes['aria-label']).toContain(
        '<script>alert("1")</script> & \'x\' \ufffd\ufffd (<b>)',
      );
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (title, unit) => {
        for (const svg of pictures(title, unit)) expect(faultsOf(svg)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('cuts a title that is too long, and keeps all of it for those who cannot see', () => {
    const title = 'Latency '.repeat(40).trim();
    for (const svg of pictures(title, 'ms')) {
      const [root] = readMarkup(svg).children;
      const heading = allOf(root!).find(({ attributes }) => attributes.class === 'q-title');
      expect(heading?.text).toMatch(/^Latency .*… ms$/);
      expect(heading!.text.length * 13.5 * 0.5).toBeLessThan(720);
      expect(root?.attributes['aria-label']).toContain(title);
    }
  });
});
