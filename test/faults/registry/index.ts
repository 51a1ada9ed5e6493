import { ABUSE } from './abuse.js';
import { CONCURRENCY } from './concurrency.js';
import { CRASH } from './crash.js';
import type { FaultTest } from './fault-test.types.js';
import { INPUT } from './input.js';
import { PHARMACY } from './pharmacy.js';

export const CHAPTERS: readonly { readonly title: string; readonly tests: readonly FaultTest[] }[] = [
  { title: 'Crash, disk, recovery', tests: CRASH },
  { title: 'Concurrency', tests: CONCURRENCY },
  { title: 'Rules of the pharmacy', tests: PHARMACY },
  { title: 'Bad input', tests: INPUT },
  { title: 'Abuse and access', tests: ABUSE },
];

export const REGISTRY: readonly FaultTest[] = CHAPTERS.flatMap(({ tests }) => tests);

/** Files of this name are left out of `npm test`: they take too long for every change. */
export const ONLY_FAULTS = /\.faults\.test\.ts$/;
