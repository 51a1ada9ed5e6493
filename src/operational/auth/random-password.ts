import { randomInt } from 'node:crypto';

/** Letters and digits that are not mistaken for each other on a screen or on paper: 20 of them are 115 bits. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
const PASSWORD_CHARACTERS = 20;

export const randomPassword = (): string =>
  Array.from({ length: PASSWORD_CHARACTERS }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
