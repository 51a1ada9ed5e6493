import { DomainError } from '../../platform/errors/domain-error.js';
import { COMMON_PASSWORDS } from './common-passwords.domain.js';

/** Characters (Unicode code points after normalisation). NIST SP 800-63B-4 asks for length, not for composition. */
export const MIN_PASSWORD_CHARACTERS = 12;
export const MAX_PASSWORD_CHARACTERS = 200;

/** 422: the new password is one that is guessed early, or too short or long. */
export class PasswordRefused extends DomainError {
  readonly code = 'password-refused';
  readonly status = 422;
  readonly title = 'Choose another password';
  constructor(pointer: string, detail: string) {
    super(`The password ${detail}.`, {}, [{ pointer, detail }]);
  }
}

/** One spelling for passwords that look the same, whatever keyboard typed them (NFKC, NIST SP 800-63B-4 §3.1.1.2). */
export const normalizePassword = (password: string): string => password.normalize('NFKC');

/**
 * Refuses a new password that is shorter than 12 or longer than 200 characters, is the user name, repeats three
 * characters or fewer, or is a common one. Spaces and any script are welcome; nothing else is asked.
 * `pointer` names the field in the refusal. Throws PasswordRefused.
 */
export function checkNewPassword(password: string, username: string, pointer: string): void {
  const normalized = normalizePassword(password);
  const characters = [...normalized];
  if (characters.length < MIN_PASSWORD_CHARACTERS)
    throw new PasswordRefused(pointer, `must have at least ${MIN_PASSWORD_CHARACTERS} characters`);
  if (characters.length > MAX_PASSWORD_CHARACTERS)
    throw new PasswordRefused(pointer, `must have at most ${MAX_PASSWORD_CHARACTERS} characters`);
  const lower = normalized.toLowerCase();
  if (lower === username.toLowerCase()) throw new PasswordRefused(pointer, 'must not be the user name');
  if (new Set(lower).size <= 3) throw new PasswordRefused(pointer, 'repeats too few characters');
  if (COMMON_PASSWORDS.has(lower.replace(/\s/g, '')))
    throw new PasswordRefused(pointer, 'is a common one and would be guessed early');
}
