/** A patient that an answer showed to a user. */
export interface ShownPatient {
  readonly userId: number;
  readonly branchId: number | null;
  readonly requestId: string;
  readonly route: string;
  /** Null: a file or a page to print, whoever is in it. */
  readonly patientId: number | null;
}

const WINDOW_MS = 60_000;
/** How deep an answer is looked through, and how many patients of one are noted: no list has more rows. */
const MOST_DEPTH = 6;
const MOST_PATIENTS = 2000;

/** Numbers of the patients in an answer, in whatever list or part of it. */
export function patientsIn(answer: unknown): Set<number> {
  const found = new Set<number>();
  look(answer, 0, found);
  return found;
}

function look(value: unknown, depth: number, found: Set<number>): void {
  if (depth > MOST_DEPTH || found.size >= MOST_PATIENTS || typeof value !== 'object' || value === null)
    return;
  if (Array.isArray(value)) {
    for (const entry of value) look(entry, depth + 1, found);
    return;
  }
  for (const [name, content] of Object.entries(value)) {
    if (name === 'patientId' && typeof content === 'number') found.add(content);
    else look(content, depth + 1, found);
  }
}

/** Notes each patient once a minute for each user and route: a search typed letter by letter shows the same again and again. */
export class ShownPatients {
  private readonly noted = new Map<string, number>();
  private waiting: ShownPatient[] = [];

  add(shown: ShownPatient, now: number): void {
    const key = `${shown.userId} ${shown.patientId ?? '-'} ${shown.route}`;
    if (now - (this.noted.get(key) ?? -Infinity) < WINDOW_MS) return;
    this.noted.set(key, now);
    this.waiting.push(shown);
  }

  /** At most so many of what waits; what is older than a minute is forgotten. */
  take(now: number, most: number): ShownPatient[] {
    for (const [key, at] of this.noted) {
      if (now - at < WINDOW_MS) break; // in the order they were noted
      this.noted.delete(key);
    }
    const taken = this.waiting.slice(0, most);
    this.waiting = this.waiting.slice(most);
    return taken;
  }

  /** Brings back what could not be written. */
  giveBack(shown: readonly ShownPatient[]): void {
    this.waiting = [...shown, ...this.waiting];
  }
}
