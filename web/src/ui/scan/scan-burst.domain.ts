import { usCharacter } from '../hotkeys/combo.domain';

/** Group separator between GS1 elements; scanners send it as Ctrl+], Alt+029, F8, its picture or U+FFFD. */
export const GS = '\u001d';

/** Longest gap between two keys of a scanner (open-mSupply's default, kept by most wedge scanners). */
export const MAX_GAP_MS = 50;
/** The longest gap a device may be set to: faster than a practised typist, who needs 100 ms for a key on average, keeps up for five keys and Enter. */
export const SLOWEST_GAP_MS = 90;
/** Shortest text taken for a scan; a person does not type five keys with such gaps and then Enter. */
export const MIN_LENGTH = 5;

/** One keydown as the detector sees it; `atMs` is any rising clock. */
export interface BurstKey {
  key: string;
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  atMs: number;
}

/** `started`: perhaps the first key of a scan; `grew`: within a burst; `scan`: a whole code; `none`: not a scan. */
export type BurstStep =
  { kind: 'none' } | { kind: 'started' } | { kind: 'grew'; length: number } | { kind: 'scan'; text: string };

export interface BurstDetector {
  feed(key: BurstKey): BurstStep;
  reset(): void;
}

interface BurstCharacter {
  typed: string;
  byPlace: string;
  code: string;
  shift: boolean;
  altGr: boolean;
}

const SEPARATOR: BurstCharacter = { typed: GS, byPlace: GS, code: '', shift: false, altGr: false };

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'NumLock']);

// Windows reports AltGr as Ctrl and Alt together: on a German keyboard AltGr+9 is the bracket of a symbology prefix.
const isAltGr = (key: BurstKey): boolean => key.ctrlKey && key.altKey && key.key.length === 1;

function isSeparator(key: BurstKey): boolean {
  if (key.ctrlKey && !key.altKey && (key.key === ']' || key.code === 'BracketRight')) return true;
  return key.key === 'F8' || ['\uFFFD', '\u241D', GS].includes(key.key);
}

function toCharacter(key: BurstKey): BurstCharacter | undefined {
  if (isSeparator(key)) return SEPARATOR;
  // Named keys are ASCII words (Tab, F4); one Arabic key types two letters (lam-alef) and is still one character.
  const isNamed = key.key.length > 1 && /^[A-Z][A-Za-z0-9]+$/.test(key.key);
  const altGr = isAltGr(key);
  if (isNamed || (!altGr && (key.ctrlKey || key.altKey))) return undefined;
  const byPlace = altGr ? key.key : (usCharacter(key.code, key.shiftKey) ?? key.key);
  return { typed: key.key, byPlace, code: key.code, shift: key.shiftKey, altGr };
}

/** A layout other than the scanner's own turned the letters: Arabic letters, or a digit key that typed no digit. */
function layoutIsForeign(characters: readonly BurstCharacter[]): boolean {
  return characters.some((character) => {
    if (character.typed === GS) return false;
    if (character.typed < ' ' || character.typed > '~') return true;
    const isDigitKey = /^Digit\d$/.test(character.code) && !character.shift && !character.altGr;
    return isDigitKey && !/\d/.test(character.typed);
  });
}

/**
 * Tells a keyboard-wedge scanner from a person by time alone: at least `MIN_LENGTH` characters with gaps of at most
 * `gapMs`, ended by Enter or Tab within the same gap. Text comes from the physical keys when the layout is foreign.
 */
export function createBurstDetector(gapMs: () => number = () => MAX_GAP_MS): BurstDetector {
  let characters: BurstCharacter[] = [];
  let lastAtMs = Number.NEGATIVE_INFINITY;
  let altDigits = '';

  function reset(): void {
    characters = [];
    altDigits = '';
    lastAtMs = Number.NEGATIVE_INFINITY;
  }

  function takeAltDigits(): void {
    if (altDigits === '029' || altDigits === '0029') {
      characters.push(SEPARATOR);
    }
    altDigits = '';
  }

  function finish(): BurstStep {
    takeAltDigits();
    const whole = characters;
    reset();
    if (whole.length < MIN_LENGTH) return { kind: 'none' };
    const foreign = layoutIsForeign(whole);
    return { kind: 'scan', text: whole.map((one) => (foreign ? one.byPlace : one.typed)).join('') };
  }

  function feed(key: BurstKey): BurstStep {
    if (MODIFIERS.has(key.key)) return { kind: 'none' };
    const inTime = key.atMs - lastAtMs <= gapMs();
    if (!inTime) reset();
    lastAtMs = key.atMs;
    if (key.key === 'Enter' || key.key === 'Tab') return finish();
    const numpad = key.altKey ? /^Numpad(\d)$/.exec(key.code)?.[1] : undefined;
    if (numpad !== undefined) {
      altDigits += numpad;
      return characters.length > 0 ? { kind: 'grew', length: characters.length } : { kind: 'none' };
    }
    takeAltDigits();
    const character = toCharacter(key);
    if (character === undefined) {
      reset();
      return { kind: 'none' };
    }
    characters.push(character);
    return characters.length === 1 ? { kind: 'started' } : { kind: 'grew', length: characters.length };
  }

  return { feed, reset };
}
