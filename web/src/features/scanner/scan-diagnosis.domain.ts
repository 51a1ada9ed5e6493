import { usCharacter } from '../../ui/hotkeys/combo.domain';
import { type BurstKey, createBurstDetector, GS, SLOWEST_GAP_MS } from '../../ui/scan/scan-burst.domain';

/** One key as the page saw it; `atMs` is any rising clock. */
export interface RawKey extends BurstKey {
  readonly capsLock: boolean;
}

/** What a test symbol holds; a separator stands where FNC1 is. */
export interface TestCode {
  readonly id: string;
  readonly text: string;
}

export type FindingCode =
  | 'good'
  | 'other-code'
  | 'truncated'
  | 'layout-arabic'
  | 'layout-other'
  | 'caps-lock'
  | 'separator-lost'
  | 'prefix'
  | 'no-end'
  | 'slow'
  | 'too-slow';

export interface Finding {
  readonly code: FindingCode;
  /** ok: nothing to do; warn: it works all the same; stop: codes are lost or misread until it is mended. */
  readonly level: 'ok' | 'warn' | 'stop';
}

/** How the separator arrived. */
export type SeparatorShape = 'ctrl' | 'alt' | 'f8' | 'character' | 'none';

export interface Diagnosis {
  /** What was typed, as the computer's keyboard layout has it. */
  readonly typed: string;
  /** The test symbol it is; undefined: none of them. */
  readonly codeId: string | undefined;
  /** In front of it: a symbology identifier such as "]d2", or something else. */
  readonly prefix: string;
  readonly end: 'Enter' | 'Tab' | undefined;
  readonly separator: SeparatorShape;
  /** Longest gap between two keys, in milliseconds. */
  readonly longestGapMs: number;
  /** What the device has to be set to; undefined: it need not be, or cannot. */
  readonly wantedGapMs: number | undefined;
  readonly findings: readonly Finding[];
}

const AIM = /^\][A-Za-z]\d$/;
const ENDS = ['Enter', 'Tab'] as const;
const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'NumLock']);
/** A part of a symbol shorter than this could be anything. */
const LEAST_PART = 4;
/** The next scan may be a little slower. */
const SPARE = 1.5;

interface Read {
  readonly typed: string;
  readonly byPlace: string;
  readonly shape: SeparatorShape;
}

function shapeOf(key: RawKey): SeparatorShape {
  if (key.ctrlKey && !key.altKey && (key.key === ']' || key.code === 'BracketRight')) return 'ctrl';
  if (key.key === 'F8') return 'f8';
  return ['\uFFFD', '\u241D', GS].includes(key.key) ? 'character' : 'none';
}

/** Both readings of the keys: as the layout typed them, and by their places on an American keyboard. */
function readKeys(keys: readonly RawKey[]): Read {
  let typed = '';
  let byPlace = '';
  let shape: SeparatorShape = 'none';
  let altDigits = '';
  const takeAltDigits = (): void => {
    if (altDigits === '029' || altDigits === '0029') {
      typed += GS;
      byPlace += GS;
      shape = 'alt';
    }
    altDigits = '';
  };
  for (const key of keys) {
    const pad = key.altKey ? /^Numpad(\d)$/.exec(key.code)?.[1] : undefined;
    if (pad !== undefined) {
      altDigits += pad;
      continue;
    }
    takeAltDigits();
    const separator = shapeOf(key);
    if (separator !== 'none') {
      shape = separator;
      typed += GS;
      byPlace += GS;
      continue;
    }
    const isAltGr = key.ctrlKey && key.altKey;
    const isNamed = key.key.length > 1 && /^[A-Z][A-Za-z0-9]+$/.test(key.key);
    if (isNamed || (!isAltGr && (key.ctrlKey || key.altKey))) continue;
    typed += key.key;
    byPlace += isAltGr ? key.key : (usCharacter(key.code, key.shiftKey) ?? key.key);
  }
  takeAltDigits();
  return { typed, byPlace, shape };
}

const swapCase = (text: string): string =>
  [...text].map((char) => (char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase())).join('');
const withoutGs = (text: string): string => text.replaceAll(GS, '');

/** How what arrived is one of the symbols, the best explanation first. */
type Way = 'exact' | 'layout' | 'caps' | 'truncated';

interface Match {
  readonly code: TestCode;
  readonly way: Way;
  readonly prefix: string;
  readonly isSeparatorLost: boolean;
}

function matchOf({ typed, byPlace }: Read, codes: readonly TestCode[]): Match | undefined {
  const readings: readonly (readonly [Way, string])[] = [
    ['exact', typed],
    ['caps', swapCase(typed)],
    ['layout', byPlace],
  ];
  for (const isSeparatorLost of [false, true])
    for (const [way, text] of readings)
      for (const code of codes) {
        const wanted = isSeparatorLost ? withoutGs(code.text) : code.text;
        const isSame = isSeparatorLost && wanted === code.text;
        if (!isSame && text.endsWith(wanted))
          return { code, way, prefix: text.slice(0, text.length - wanted.length), isSeparatorLost };
      }
  for (const text of [typed, byPlace]) {
    const part = text.replace(/^\][A-Za-z]\d/, '');
    const code = codes.find((one) => part.length >= LEAST_PART && one.text.startsWith(part));
    if (code) return { code, way: 'truncated', prefix: '', isSeparatorLost: false };
  }
  return undefined;
}

/** What the program would make of it: the text of the scan; undefined where it takes it for typing. */
function delivered(keys: readonly RawKey[], gapMs: number): string | undefined {
  const detector = createBurstDetector(() => gapMs);
  for (const key of keys) {
    const step = detector.feed(key);
    if (step.kind === 'scan') return step.text.replace(/^\][A-Za-z]\d/, '');
  }
  return undefined;
}

const longestGap = (keys: readonly RawKey[]): number =>
  keys.reduce((most, key, at) => Math.max(most, at === 0 ? 0 : key.atMs - (keys[at - 1]?.atMs ?? 0)), 0);

const isArabic = (text: string): boolean => /[\u0600-\u06ff]/.test(text);

/** Tells from the keys of one scan of a test symbol what is right and wrong with the scanner and this device. */
export function diagnose(keys: readonly RawKey[], codes: readonly TestCode[], gapMs: number): Diagnosis {
  const pressed = keys.filter(({ key }) => !MODIFIERS.has(key));
  const end = ENDS.find((one) => one === pressed.at(-1)?.key);
  const read = readKeys(end === undefined ? pressed : pressed.slice(0, -1));
  const match = matchOf(read, codes);
  const longestGapMs = Math.ceil(longestGap(pressed));
  const isSlow = longestGapMs > gapMs;
  const wanted = Math.ceil((longestGapMs * SPARE) / 10) * 10;
  const wantedGapMs = isSlow && longestGapMs <= SLOWEST_GAP_MS ? Math.min(wanted, SLOWEST_GAP_MS) : undefined;
  // Whether the letters come through is asked apart from speed and end: those have findings of their own.
  const patient = delivered(
    [...(end === undefined ? pressed : pressed.slice(0, -1)), enterAfter(pressed)],
    Number.POSITIVE_INFINITY,
  );
  const findings = [
    ...ofText(read, match, patient),
    ...(end === undefined ? [stop('no-end')] : []),
    ...(isSlow ? [stop(wantedGapMs === undefined ? 'too-slow' : 'slow')] : []),
  ];
  return {
    typed: read.typed,
    codeId: match?.code.id,
    prefix: match?.prefix ?? '',
    end,
    separator: read.shape,
    longestGapMs,
    wantedGapMs,
    findings:
      match !== undefined && findings.every(({ level }) => level === 'warn')
        ? [{ code: 'good', level: 'ok' }, ...findings]
        : findings,
  };
}

const stop = (code: FindingCode): Finding => ({ code, level: 'stop' });

function enterAfter(keys: readonly RawKey[]): RawKey {
  const rest = { ctrlKey: false, altKey: false, shiftKey: false, capsLock: false };
  return { key: 'Enter', code: 'Enter', atMs: keys.at(-1)?.atMs ?? 0, ...rest };
}

function ofText(read: Read, match: Match | undefined, patient: string | undefined): Finding[] {
  if (match === undefined) return [{ code: 'other-code', level: 'warn' }];
  const { way, prefix, isSeparatorLost, code } = match;
  if (way === 'truncated') return [stop('truncated')];
  const wanted = isSeparatorLost ? withoutGs(code.text) : code.text;
  const level = patient?.endsWith(wanted) === true ? 'warn' : 'stop';
  return [
    ...(way === 'layout'
      ? [{ code: isArabic(read.typed) ? 'layout-arabic' : 'layout-other', level } as const]
      : []),
    ...(way === 'caps' ? [stop('caps-lock')] : []),
    ...(isSeparatorLost ? [stop('separator-lost')] : []),
    ...(prefix !== '' && !AIM.test(prefix) ? [stop('prefix')] : []),
  ];
}
