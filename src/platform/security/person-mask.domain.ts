/** What stands for a text that is there and not shown. */
export const HIDDEN = '•••';

/** Names of persons, wherever they stand. */
const NAMES: ReadonlySet<string> = new Set([
  'firstName',
  'lastName',
  'firstNameAr',
  'lastNameAr',
  'patientName',
  'patientNameAr',
  'customerName',
  'mergedName',
  'mergedNameAr',
  'collectorName',
  'deciderName',
]);

/** Texts and numbers by which somebody is found again, wherever they stand. */
const NUMBERS: ReadonlySet<string> = new Set(['nationalId', 'memberNumber', 'nameFolded', 'phoneDigits']);

/** What names a person in a row that is about a patient, and a thing or a firm elsewhere. */
const NAMES_OF_PATIENTS: ReadonlySet<string> = new Set(['name', 'nameAr', 'holderName']);
const TEXTS_OF_PATIENTS: ReadonlySet<string> = new Set(['phone', 'notes', 'note', 'label', 'reference']);

const MAX_INITIALS = 4;

/** An answer as somebody with these rights may see it. */
export const shownTo = <T>(permissions: ReadonlySet<string>, value: T): T =>
  permissions.has('IdentifyPatients') ? value : (withoutIdentity(value) as T);

type Row = Readonly<Record<string, unknown>>;

/** The first letters of a name, as "M. S."; whole words never. */
export function initials(name: string): string {
  const letters = name
    .split(/[\s\-–]+/u)
    .flatMap((word) => /\p{L}/u.exec(word)?.[0] ?? [])
    .slice(0, MAX_INITIALS);
  return letters.length === 0 ? HIDDEN : letters.map((letter) => `${letter}.`).join(' ');
}

/**
 * The same answer for who may not know who a patient is: initials for names, the year for a day of birth, HIDDEN for telephones and
 * numbers. Rows of the audit trail, whose keys are columns, are read alike. Prescribers, firms and users keep their names.
 */
export function withoutIdentity(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIdentity);
  if (!isRow(value)) return value;
  const keys = new Map(Object.keys(value).map((key) => [key, camel(key)]));
  const named = new Set(keys.values());
  // A customer's account is a person's unless it says otherwise.
  const isPatient =
    (named.has('patientId') || named.has('accountNumber')) && value['kind'] !== 'organisation';
  const isProfessional = named.has('prescriberId') && !named.has('patientId');
  const shown: [string, unknown][] = [];
  for (const [key, name] of keys) shown.push([key, masked(name, value[key], { isPatient, isProfessional })]);
  const result = Object.fromEntries(shown);
  const year = yearOf(value['birthDate'] ?? value['birthDatePartial']);
  if ('birthDatePartial' in result) result['birthDatePartial'] = year;
  return result;
}

function masked(name: string, value: unknown, of: { isPatient: boolean; isProfessional: boolean }): unknown {
  if (name === 'birthDate' || name === 'mergedBirthDate') return null;
  if (typeof value !== 'string') return withoutIdentity(value);
  if (NAMES.has(name)) return of.isProfessional ? value : initials(value);
  if (NUMBERS.has(name)) return of.isProfessional ? value : HIDDEN;
  if (of.isPatient && NAMES_OF_PATIENTS.has(name)) return initials(value);
  return of.isPatient && TEXTS_OF_PATIENTS.has(name) ? HIDDEN : value;
}

const camel = (key: string): string => key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const yearOf = (date: unknown): string | null =>
  typeof date === 'string' ? (/^\d{4}/.exec(date)?.[0] ?? null) : null;

function isRow(value: unknown): value is Row {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
