import { createHash, randomInt } from 'node:crypto';

export const RECOVERY_CODES = 10;
/** Fewer left than this: it is time for a new set. */
export const FEW_RECOVERY_CODES = 3;

/** Letters and digits that are not mistaken for each other on paper; twenty-four of them are 118 bits, where a plain hash is asked to have 112 (ASVS 6.5.2). */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const GROUPS = 6;
const GROUP = 4;

const group = (): string =>
  Array.from({ length: GROUP }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');

/** Such as `7KQM-2XRB-9TWD-H4EN-VC3S-P8ZJ`. */
export const newRecoveryCode = (): string => Array.from({ length: GROUPS }, group).join('-');

/** What is stored of a code, however it is written. A plain hash does: the code is random, not guessable. */
export const hashRecoveryCode = (code: string): Buffer =>
  createHash('sha256')
    .update(code.toUpperCase().replace(/[^0-9A-Z]/g, ''))
    .digest();
