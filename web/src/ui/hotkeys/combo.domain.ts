/** What is needed of a keyboard event to name the combination that was pressed. */
export interface KeyPress {
  key: string;
  code: string;
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
}

// Keys of the US layout by physical place: with an Arabic layout `key` is an Arabic letter, but the place is the same.
const PLACES: Record<string, [plain: string, shifted: string]> = {
  Slash: ['/', '?'],
  Equal: ['=', '+'],
  Minus: ['-', '_'],
  Period: ['.', '>'],
  Comma: [',', '<'],
  BracketRight: [']', '}'],
  BracketLeft: ['[', '{'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Backslash: ['\\', '|'],
  Space: [' ', ' '],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
  NumpadDecimal: ['.', '.'],
};
const SHIFTED_DIGITS = ')!@#$%^&*(';

/** Character a US layout would have given for this physical key; `undefined` for keys that type nothing. */
export function usCharacter(code: string, shift: boolean): string | undefined {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return shift ? SHIFTED_DIGITS[Number.parseInt(digit, 10)] : digit;
  const pad = /^Numpad(\d)$/.exec(code)?.[1];
  if (pad !== undefined) return pad;
  return PLACES[code]?.[shift ? 1 : 0];
}

function baseKey(press: KeyPress): string {
  if (press.key.length > 1) return press.key;
  const isAscii = press.key >= ' ' && press.key <= '~';
  const modified = press.ctrlKey || press.altKey || press.metaKey;
  const character = isAscii && !modified ? press.key : (usCharacter(press.code, press.shiftKey) ?? press.key);
  return character.toUpperCase();
}

/**
 * Name of the pressed combination, such as `F4`, `Ctrl+K`, `Alt+1`, `/`, `+`, `Ctrl+Enter`.
 * Shift is named only with keys that type nothing; for characters it is already in the character.
 */
export function comboOf(press: KeyPress): string {
  const base = baseKey(press);
  const parts: string[] = [];
  if (press.ctrlKey || press.metaKey) parts.push('Ctrl');
  if (press.altKey) parts.push('Alt');
  if (press.shiftKey && (base.length > 1 || press.ctrlKey || press.altKey)) parts.push('Shift');
  return [...parts, base].join('+');
}

/** True for a combination that would type a character into a field. */
export function isTyping(combo: string): boolean {
  return combo.length === 1;
}
