import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** RFC 6238 as every authenticator app has it: SHA-1, six digits, thirty seconds. */
const STEP_SECONDS = 30;
const DIGITS = 6;
const SECRET_BYTES = 20;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export const newTotpSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** RFC 4648 without padding, as an app takes it. */
export function base32(bytes: Buffer): string {
  let [bits, held, text] = [0, 0, ''];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += BASE32.charAt((held >>> (bits - 5)) & 31);
  }
  return bits > 0 ? text + BASE32.charAt((held << (5 - bits)) & 31) : text;
}

/** What the QR code of an enrolment says. */
export function otpauthUri(secret: Buffer, username: string): string {
  const query = `secret=${base32(secret)}&issuer=Meditory&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`;
  return `otpauth://totp/${encodeURIComponent(`Meditory:${username}`)}?${query}`;
}

/** The code of a time step. */
export function totpAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, '0');
}

export const stepOf = (now: Date): number => Math.floor(now.getTime() / 1000 / STEP_SECONDS);

/** Where a code was found: its step, and how far the clock that showed it is off. */
export interface CodeMatch {
  readonly step: number;
  /** Seconds, -30 to 30, the phone is ahead of `now` (negative: behind): `known` where that explains the code, else the least that does. */
  readonly driftSeconds: number;
  /** True: the thirty seconds of the code run, by the drift that was known. */
  readonly isOfNow: boolean;
}

/**
 * The step a code belongs to, of the present one and its neighbours; undefined: it is none of theirs. `known` is the drift of the phone, in
 * seconds, as last observed: by it a code counts for its own thirty seconds and no longer (ASVS 6.5.5).
 */
export function matchingCode(secret: Buffer, code: string, now: Date, known: number): CodeMatch | undefined {
  const seconds = Math.floor(now.getTime() / 1000);
  const ofNow = Math.floor((seconds + known) / STEP_SECONDS);
  const given = Buffer.from(code);
  for (let step = stepOf(now) - 1; step <= stepOf(now) + 1; step++) {
    const right = Buffer.from(totpAt(secret, step));
    if (given.length !== right.length || !timingSafeEqual(given, right)) continue;
    if (step === ofNow) return { step, driftSeconds: known, isOfNow: true };
    const begins = step * STEP_SECONDS;
    const least = Math.max(begins - seconds, Math.min(0, begins + STEP_SECONDS - 1 - seconds));
    return { step, driftSeconds: least, isOfNow: false };
  }
  return undefined;
}
