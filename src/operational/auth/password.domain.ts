import { DomainError } from '../../platform/errors/domain-error.js';

/**
 * Characters (Unicode code points after normalisation). NIST SP 800-63B-4 asks for length, not for composition: more of it where the
 * password is all there is.
 */
export const MIN_PASSWORD_WITH_FACTOR = 12;
export const MIN_PASSWORD_ALONE = 15;
export const MAX_PASSWORD_CHARACTERS = 200;

/** Letters and digits that must be left when the words anybody would try first are taken away. */
const MIN_OF_ITS_OWN = 6;

/** 422: the new password is one that is guessed early, or too short or long. */
export class PasswordRefused extends DomainError {
  readonly code = 'password-refused';
  readonly status = 422;
  readonly title = 'Choose another password';
  constructor(pointer: string, detail: string) {
    super(`The password ${detail}.`, {}, [{ pointer, detail }]);
  }
}

/** What a new password is judged by. */
export interface PasswordRules {
  /** Names the field in the refusal. */
  readonly pointer: string;
  /** Characters it must have. */
  readonly minimum: number;
  readonly username: string;
  /** Words whoever knows the shop would try: its branches, the name of the user. */
  readonly words: readonly string[];
  /** Passwords that every list begins with: lower case, without spaces. */
  readonly isCommon: (password: string) => boolean;
}

/** One spelling for passwords that look the same, whatever keyboard typed them (NFKC, NIST SP 800-63B-4 §3.1.1.2). */
export const normalizePassword = (password: string): string => password.normalize('NFKC');

const onlyLettersAndDigits = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

/** "sunshinesunshine" is "sunshine" to whoever guesses; up to four times. */
const unrepeated = (text: string): string => /^(.+?)\1{1,3}$/u.exec(text)?.[1] ?? text;

/** Keys in a row, up or down: 123456…, abcdef…, qwerty…. */
const ROWS = ['1234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm'];
const ALL_ROWS = ROWS.flatMap((row) => [row.repeat(8), [...row].reverse().join('').repeat(8)]);

/**
 * Refuses a new password that is too short or too long, repeats three characters or fewer, walks along the keys, is a common one or a
 * common one with digits around it or said twice, or is made of the names of the user and the shop and little else. Spaces and any
 * script are welcome; nothing else is asked. Throws PasswordRefused.
 */
export function checkNewPassword(password: string, rules: PasswordRules): void {
  const refuse = (detail: string): never => {
    throw new PasswordRefused(rules.pointer, detail);
  };
  const normalized = normalizePassword(password);
  const characters = [...normalized];
  if (characters.length < rules.minimum) refuse(`must have at least ${rules.minimum} characters`);
  if (characters.length > MAX_PASSWORD_CHARACTERS)
    refuse(`must have at most ${MAX_PASSWORD_CHARACTERS} characters`);
  const lower = normalized.toLowerCase();
  if (lower === rules.username.toLowerCase()) refuse('must not be the user name');
  if (new Set(lower).size <= 3) refuse('repeats too few characters');
  const spelled = lower.replace(/\s/g, '');
  if (ALL_ROWS.some((row) => row.includes(spelled))) refuse('walks along the keys');
  const core = onlyLettersAndDigits(spelled);
  const forms = [spelled, core, core.replace(/^\d+|\d+$/g, '')].flatMap((form) => [form, unrepeated(form)]);
  if (forms.some((form) => form !== '' && rules.isCommon(form)))
    refuse('is a common one and would be guessed early');
  if (isOfWords(core, [rules.username, ...rules.words]))
    refuse('is made of the name of the user or the shop and little else');
}

/** True when little is left of `core` without the words; digits at its end count for nothing. */
function isOfWords(core: string, words: readonly string[]): boolean {
  const spelled = words
    .flatMap((word) => [word, ...word.split(/[^\p{L}\p{N}]+/u)])
    .map((word) => onlyLettersAndDigits(normalizePassword(word).toLowerCase()))
    .filter((word) => word.length >= 4)
    .sort((a, b) => b.length - a.length);
  let rest = core;
  for (const word of spelled) rest = rest.replaceAll(word, '');
  return rest.length < core.length && rest.replace(/^\d+|\d+$/g, '').length < MIN_OF_ITS_OWN;
}
