import { appendFileSync } from 'node:fs';

import { random } from '../../model/stock-model.js';

/** How much is done: the share of `npm test`, the short run of `npm run test:faults`, or its long one. */
export type Profile = 'ci' | 'short' | 'long';

const asked = process.env['MEDITORY_FAULTS'] ?? 'ci';
if (asked !== 'ci' && asked !== 'short' && asked !== 'long')
  throw new Error(`MEDITORY_FAULTS is "${asked}": it is short or long, or not there`);
export const PROFILE: Profile = asked;

/** What a profile asks for. */
export const byProfile = <T>(choice: Readonly<Record<Profile, T>>): T => choice[PROFILE];

/** The same unless it is said; `npm run test:faults` draws one for a long run, and every run tells which it was. */
export const SEED = Number(process.env['MEDITORY_FAULTS_SEED'] ?? 20_261_201);

/** A stream of numbers from 0 up to 1 of its own for each name, the same for the same seed. */
export function stream(name: string): () => number {
  let hash = SEED;
  for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
  return random(hash);
}

/**
 * Of the kinds of what is tried at a place: `few` of them in `npm test`, drawn by the seed and the name of the place, so that every place is
 * tried and every kind at many of them; all of them in `npm run test:faults`.
 */
export function some<Kind>(kinds: readonly Kind[], few: number, place: string): readonly Kind[] {
  if (PROFILE !== 'ci' || kinds.length <= few) return kinds;
  const draw = stream(place);
  const drawn = kinds.map((kind) => ({ kind, at: draw() })).toSorted((a, b) => a.at - b.at);
  return drawn.slice(0, few).map(({ kind }) => kind);
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until something is so, for as long as a loaded machine may take; throws with what was waited for. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  patienceMs = 180_000,
): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await pause(10);
  }
}

/** Tells what was measured: in the log of the run, and in the file `npm run test:faults` makes its report of. */
export function measured(id: string, figures: Readonly<Record<string, string | number>>): void {
  const words = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  console.info(`${id} (seed ${SEED}): ${words.join(', ')}`);
  const file = process.env['MEDITORY_FAULTS_FIGURES'];
  if (file) appendFileSync(file, `${JSON.stringify({ id, figures })}\n`);
}

/** Smallest, middle, 95th of a hundred and largest of some milliseconds, as one line. */
export function spread(ms: readonly number[]): string {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    String(Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0));
  return `min ${at(0)} / median ${at(0.5)} / p95 ${at(0.95)} / max ${at(1)} ms`;
}
