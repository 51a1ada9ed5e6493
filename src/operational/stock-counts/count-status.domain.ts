import type { CountCommand, CountStatus } from './stock-counts.types.js';

/** What can be done with a count where it stands; the database knows the same. */
const COMMANDS: Readonly<Record<CountStatus, readonly CountCommand[]>> = {
  counting: ['enter', 'recount', 'submit', 'cancel'],
  submitted: ['recount', 'approve', 'cancel'],
  approved: [],
  cancelled: [],
};

/** Commands of a count in this state. */
export const commandsOf = (status: CountStatus): CountCommand[] => [...COMMANDS[status]];

/** When a product of a class is to be counted again: so many days after the last count, or at once where there was none. */
export function isDue(daysSinceCounted: number | null, cycleDays: number): boolean {
  return daysSinceCounted === null || daysSinceCounted >= cycleDays;
}
