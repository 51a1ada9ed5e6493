import { describe, expect, it } from 'vitest';
import { GS } from '../../ui/scan/scan-burst.domain';
import { diagnose, type Diagnosis, type RawKey } from './scan-diagnosis.domain';
import { TEST_CODES } from './test-codes';

const CODES = TEST_CODES;
const textOf = (id: string): string => CODES.find((code) => code.id === id)?.text ?? '';
const MATRIX = textOf('datamatrix');

const SHIFTED = '~!@#$%^&*()_+{}|:"<>?';
const PLACES: Record<string, string> = { '/': 'Slash', '-': 'Minus', ']': 'BracketRight', '.': 'Period' };

/** The key an American scanner presses for a character. */
function keyOf(char: string, atMs: number): RawKey {
  const base = { ctrlKey: false, altKey: false, capsLock: false, atMs };
  if (char === GS) return { ...base, key: ']', code: 'BracketRight', ctrlKey: true, shiftKey: false };
  const isLetter = /[A-Za-z]/.test(char);
  const code = isLetter
    ? `Key${char.toUpperCase()}`
    : /\d/.test(char)
      ? `Digit${char}`
      : (PLACES[char] ?? '');
  return {
    ...base,
    key: char,
    code,
    shiftKey: isLetter ? char !== char.toLowerCase() : SHIFTED.includes(char),
  };
}

interface Scanner {
  gapMs?: number;
  end?: 'Enter' | 'Tab' | null;
  change?: (key: RawKey, at: number) => RawKey | readonly RawKey[];
}

function scan(text: string, { gapMs = 8, end = 'Enter', change }: Scanner = {}, deviceGapMs = 50): Diagnosis {
  const keys = [...text]
    .map((char, at) => keyOf(char, at * gapMs))
    .flatMap((key, at) => change?.(key, at) ?? key);
  const last: RawKey[] = end === null ? [] : [{ ...keyOf('0', text.length * gapMs), key: end, code: end }];
  return diagnose([...keys, ...last], CODES, deviceGapMs);
}

const codesOf = ({ findings }: Diagnosis): string[] => findings.map(({ code, level }) => `${code}:${level}`);

describe('a scan of a test symbol', () => {
  it('is good where every character, the separator and the end arrive in time', () => {
    for (const { id, text } of CODES) {
      const found = scan(text);
      expect(codesOf(found), id).toEqual(['good:ok']);
      expect(found).toMatchObject({ codeId: id, prefix: '', end: 'Enter', longestGapMs: 8 });
    }
    expect(scan(MATRIX).separator).toBe('ctrl');
    expect(scan(`]d2${MATRIX}`)).toMatchObject({ prefix: ']d2', findings: [{ code: 'good' }] });
    expect(codesOf(scan(MATRIX, { end: 'Tab' }))).toEqual(['good:ok']);
  });

  it('knows every shape of the separator', () => {
    const alt = (key: RawKey): readonly RawKey[] =>
      [...'029'].map((n) => ({ ...key, key: n, code: `Numpad${n}`, ctrlKey: false, altKey: true }));
    const shapes = [
      ['f8', (key: RawKey) => ({ ...key, key: 'F8', code: 'F8', ctrlKey: false })],
      ['character', (key: RawKey) => ({ ...key, key: '\uFFFD', code: '', ctrlKey: false })],
      ['alt', alt],
    ] as const;
    for (const [shape, change] of shapes) {
      const found = scan(MATRIX, { change: (key) => (key.ctrlKey ? change(key) : key) });
      expect(found, shape).toMatchObject({ separator: shape, codeId: 'datamatrix' });
      expect(codesOf(found), shape).toEqual(['good:ok']);
    }
  });

  it('misses the separator: lot and serial run into each other', () => {
    const found = scan(MATRIX.replaceAll(GS, ''));
    expect(codesOf(found)).toEqual(['separator-lost:stop']);
    expect(found.separator).toBe('none');
  });

  it('is typed by an Arabic keyboard layout: it is read by the places of the keys', () => {
    const arabic = (key: RawKey): RawKey => (/^Key/.test(key.code) ? { ...key, key: 'ش' } : key);
    expect(codesOf(scan(textOf('code128'), { change: arabic }))).toEqual(['good:ok', 'layout-arabic:warn']);
  });

  it('is typed by a layout that swaps letters: nobody would notice, so it stops', () => {
    const german = (key: RawKey): RawKey => {
      const other = { y: 'z', z: 'y', Y: 'Z', Z: 'Y' }[key.key];
      return other === undefined ? key : { ...key, key: other };
    };
    expect(codesOf(scan(textOf('code128'), { change: german }))).toEqual(['layout-other:stop']);
    expect(codesOf(scan(textOf('ean13'), { change: german }))).toEqual(['good:ok']);
  });

  it('comes with caps lock on', () => {
    const upside = (key: RawKey): RawKey => {
      const isLower = key.key === key.key.toLowerCase();
      return { ...key, capsLock: true, key: isLower ? key.key.toUpperCase() : key.key.toLowerCase() };
    };
    expect(codesOf(scan(textOf('code128'), { change: upside }))).toEqual(['caps-lock:stop']);
  });

  it('comes with something in front of it, cut off, or without an end', () => {
    expect(scan(`XY${textOf('ean13')}`)).toMatchObject({ prefix: 'XY', findings: [{ code: 'prefix' }] });
    expect(codesOf(scan(MATRIX.slice(0, 20)))).toEqual(['truncated:stop']);
    expect(codesOf(scan(textOf('ean13'), { end: null }))).toEqual(['no-end:stop']);
    expect(codesOf(scan('0123456789'))).toEqual(['other-code:warn']);
  });

  it('is slower than the device expects: the device can be set to it, up to where a person types', () => {
    const slow = scan(textOf('ean13'), { gapMs: 70 });
    expect(codesOf(slow)).toEqual(['slow:stop']);
    expect(slow.wantedGapMs).toBe(90);
    expect(codesOf(scan(textOf('ean13'), { gapMs: 70 }, slow.wantedGapMs))).toEqual(['good:ok']);
    const lame = scan(textOf('ean13'), { gapMs: 120 });
    expect(codesOf(lame)).toEqual(['too-slow:stop']);
    expect(lame.wantedGapMs).toBeUndefined();
  });

  it('without a key is nothing', () => {
    expect(codesOf(diagnose([], CODES, 50))).toEqual(['other-code:warn', 'no-end:stop']);
  });
});
