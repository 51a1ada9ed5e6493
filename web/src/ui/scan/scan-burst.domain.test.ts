import { describe, expect, it } from 'vitest';
import { type BurstKey, type BurstStep, createBurstDetector, GS } from './scan-burst.domain';

function key(part: Partial<BurstKey> & { key: string; atMs: number }): BurstKey {
  return { code: '', ctrlKey: false, altKey: false, shiftKey: false, ...part };
}

function digits(text: string, gapMs: number, startMs = 0): BurstKey[] {
  return [...text].map((char, index) =>
    key({ key: char, code: `Digit${char}`, atMs: startMs + index * gapMs }),
  );
}

function run(keys: BurstKey[]): BurstStep {
  const detector = createBurstDetector();
  let last: BurstStep = { kind: 'none' };
  for (const one of keys) last = detector.feed(one);
  return last;
}

function enterAfter(keys: BurstKey[], gapMs: number): BurstKey[] {
  return [...keys, key({ key: 'Enter', code: 'Enter', atMs: (keys.at(-1)?.atMs ?? 0) + gapMs })];
}

describe('telling a scanner from a person', () => {
  it('takes a fast run of digits ended by Enter for a scan', () => {
    expect(run(enterAfter(digits('4006381333931', 8), 8))).toEqual({ kind: 'scan', text: '4006381333931' });
  });

  it('leaves a person alone who types the same digits slowly', () => {
    expect(run(enterAfter(digits('4006381333931', 90), 90))).toEqual({ kind: 'none' });
  });

  it('wants the Enter in time as well', () => {
    expect(run(enterAfter(digits('40063', 8), 200))).toEqual({ kind: 'none' });
  });

  it('takes Tab for the end of a scan as well', () => {
    const keys = [...digits('40063', 8), key({ key: 'Tab', code: 'Tab', atMs: 40 })];
    expect(run(keys)).toEqual({ kind: 'scan', text: '40063' });
  });

  it('is as patient as the device is set to be', () => {
    const detector = createBurstDetector(() => 90);
    let last: BurstStep = { kind: 'none' };
    for (const one of enterAfter(digits('40063', 85), 85)) last = detector.feed(one);
    expect(last).toEqual({ kind: 'scan', text: '40063' });
  });

  it('does not take four fast keys for a scan', () => {
    expect(run(enterAfter(digits('4006', 8), 8))).toEqual({ kind: 'none' });
  });

  it('forgets what was typed before the burst', () => {
    const slow = digits('12', 200);
    const burst = digits('40063', 5, 1_000);
    expect(run(enterAfter([...slow, ...burst], 5))).toEqual({ kind: 'scan', text: '40063' });
  });

  it('keeps the group separator in each shape a scanner sends it', () => {
    const shapes: BurstKey[][] = [
      [key({ key: ']', code: 'BracketRight', ctrlKey: true, atMs: 50 })],
      [key({ key: 'F8', code: 'F8', atMs: 50 })],
      [key({ key: '\uFFFD', atMs: 50 })],
      [key({ key: '\u241D', atMs: 50 })],
      [key({ key: 'د', code: 'BracketRight', ctrlKey: true, atMs: 50 })],
      ['0', '2', '9'].map((n, i) => key({ key: n, code: `Numpad${n}`, altKey: true, atMs: 48 + i })),
    ];
    for (const shape of shapes) {
      const text = run(enterAfter([...digits('12345', 10), ...shape, ...digits('21', 10, 60)], 10));
      expect(text).toEqual({ kind: 'scan', text: `12345${GS}21` });
    }
  });

  it('sends a whole GS1 symbol on as it came: prefix, elements and separators', () => {
    const text = ']d2010952123454321317270200' + '10AB/12';
    const keys = [...text].map((char, index) => key({ key: char, code: '', atMs: index * 4 }));
    const end = text.length * 4;
    const separator = key({ key: ']', code: 'BracketRight', ctrlKey: true, atMs: end });
    const scan = enterAfter([...keys, separator, ...digits('219', 4, end + 4)], 4);
    expect(run(scan)).toEqual({ kind: 'scan', text: `${text}${GS}219` });
  });

  it('takes AltGr+9 of a German keyboard for the bracket it types, not for a separator', () => {
    const bracket = key({ key: ']', code: 'Digit9', ctrlKey: true, altKey: true, atMs: 0 });
    const keys = [bracket, key({ key: 'd', code: 'KeyD', atMs: 4 }), ...digits('201095', 4, 8)];
    expect(run(enterAfter(keys, 4))).toEqual({ kind: 'scan', text: ']d201095' });
  });

  it('reads physical keys when an Arabic layout changed the letters', () => {
    const letters = [
      key({ key: 'ش', code: 'KeyA', atMs: 0 }),
      key({ key: 'لا', code: 'KeyB', atMs: 5 }),
      key({ key: 'ؤ', code: 'KeyC', atMs: 10 }),
    ];
    const arabic = enterAfter([...letters, ...digits('1234', 5, 15)], 5);
    expect(run(arabic)).toEqual({ kind: 'scan', text: 'abc1234' });
  });

  it('reads physical keys when a French layout typed signs for digits', () => {
    const signs = ['&', 'é', '"', "'", '('];
    const keys = signs.map((sign, i) => key({ key: sign, code: `Digit${i + 1}`, atMs: i * 5 }));
    expect(run(enterAfter(keys, 5))).toEqual({ kind: 'scan', text: '12345' });
  });

  it('ignores Shift between the characters but breaks off at any other key', () => {
    const shifted = [
      ...digits('123', 5),
      key({ key: 'Shift', code: 'ShiftLeft', atMs: 12 }),
      key({ key: 'A', code: 'KeyA', shiftKey: true, atMs: 15 }),
      key({ key: 'B', code: 'KeyB', shiftKey: true, atMs: 20 }),
    ];
    expect(run(enterAfter(shifted, 5))).toEqual({ kind: 'scan', text: '123AB' });
    const broken = [...digits('12345', 5), key({ key: 'F4', code: 'F4', atMs: 25 })];
    expect(run(enterAfter(broken, 5))).toEqual({ kind: 'none' });
  });
});
