import type { Entry, Key } from './bundle.types.js';
import { keyText } from './person.domain.js';
import type { Target } from './references.domain.js';

/** Whose record something is: patients of the bundle, and patients on record it refers to. */
export class Subjects {
  constructor(
    private readonly inBundle: ReadonlyMap<number, number>,
    /** Patients on record by the keys they are known by; undefined: several are. */
    private readonly onRecord: ReadonlyMap<string, number | undefined>,
  ) {}

  /** The patient meant; undefined where nobody is, or it cannot be told who. */
  find(target: Target): number | undefined {
    if (target.kind === 'entry') return this.inBundle.get(target.entry.index);
    if (target.kind === 'none') return undefined;
    const found = new Set(target.keys.flatMap((key) => this.onRecord.get(keyText(key)) ?? []));
    return found.size === 1 ? [...found][0] : undefined;
  }

  /** All patients meant by anything found so far. */
  get all(): number[] {
    return [...new Set([...this.inBundle.values(), ...this.onRecord.values()])].filter(
      (id) => id !== undefined,
    );
  }
}

/** Keys of people who are not in the bundle. */
export const keysElsewhere = (targets: readonly Target[]): Key[] =>
  targets.flatMap((target) =>
    target.kind === 'elsewhere' && (target.type === undefined || target.type === 'Patient')
      ? target.keys
      : [],
  );

/** The kind of resource as R4 calls it. */
export const resourceTypeOf = ({ type }: Entry): string =>
  type === 'MedicationOrder' ? 'MedicationRequest' : type;
