import { isCalendarDate } from '../../../platform/time/local-date.js';
import { plainText } from '../reading/fhir-codes.domain.js';
import type { FhirConcept } from '../reading/fhir.types.js';
import type { Key } from './bundle.types.js';

/** The parts of a Patient or Practitioner this module reads; the schemas of the import answer more. */
interface NamePart {
  readonly use?: string;
  readonly text?: string;
  readonly family?: string;
  readonly given?: readonly string[];
}
interface Numbered {
  readonly use?: string;
  readonly type?: FhirConcept;
  readonly system?: string;
  readonly value?: string;
}
interface PersonRead {
  readonly identifier?: readonly Numbered[];
  readonly active?: boolean;
  readonly name?: readonly NamePart[];
  readonly telecom?: readonly { readonly system?: string; readonly use?: string; readonly value?: string }[];
  readonly gender?: string;
  readonly birthDate?: string;
  readonly deceasedBoolean?: boolean;
  readonly deceasedDateTime?: string;
  readonly address?: readonly object[];
  readonly communication?: readonly { readonly language?: FhirConcept; readonly preferred?: boolean }[];
  readonly qualification?: readonly {
    readonly identifier?: readonly Numbered[];
    readonly code?: FhirConcept;
  }[];
}

export interface Names {
  readonly firstName: string;
  readonly lastName: string;
  readonly firstNameAr: string | null;
  readonly lastNameAr: string | null;
}

/** A patient as the record keeps one. */
export interface PatientFactsRead extends Names {
  readonly birthDate: string | null;
  readonly birthDatePartial: string | null;
  readonly sex: 'male' | 'female' | 'unknown';
  readonly phone: string | null;
  readonly nationalId: string | null;
  readonly language: 'ar' | 'en';
  readonly isDeceased: boolean;
  readonly deceasedOn: string | null;
}

/** A prescriber as the register keeps one. */
export interface PractitionerFactsRead extends Names {
  readonly licenceNumber: string;
  readonly specialty: string | null;
  readonly phone: string | null;
}

/** What was read, with what of it was not kept. */
export interface Read<T> {
  readonly facts: T;
  readonly notes: readonly string[];
}

/** Stands for a part of a name the record must have and the source does not give. */
export const NO_NAME = '—';
const MOST_NAME = 200;
const EARLIEST = '1890-01-02';

/** Names by their use: the one that is used now, first. */
const USES: ReadonlyMap<string, number> = new Map([
  ['official', 0],
  ['usual', 1],
  ['nickname', 4],
  ['temp', 3],
  ['anonymous', 5],
  ['maiden', 8],
  ['old', 9],
]);
const rankOf = ({ use }: NamePart): number => USES.get(use ?? '') ?? 2;

const ARABIC = /\p{Script=Arabic}/u;

interface Parts {
  readonly first: string;
  readonly last: string;
}

/** Given and family name; a text in one piece is parted at its comma, else before its last word. */
function partsOf({ given, family, text }: NamePart): Parts | undefined {
  const first = plainText((given ?? []).join(' '), MOST_NAME);
  const last = plainText(family ?? '', MOST_NAME);
  if (first !== '' || last !== '')
    return { first: first === '' ? NO_NAME : first, last: last === '' ? NO_NAME : last };
  const whole = plainText(text ?? '', 2 * MOST_NAME);
  if (whole === '') return undefined;
  const comma = /^([^,]+),\s*(.+)$/.exec(whole);
  if (comma)
    return { first: plainText(comma[2] ?? '', MOST_NAME), last: plainText(comma[1] ?? '', MOST_NAME) };
  const at = whole.lastIndexOf(' ');
  if (at < 0) return { first: NO_NAME, last: plainText(whole, MOST_NAME) };
  return { first: plainText(whole.slice(0, at), MOST_NAME), last: plainText(whole.slice(at + 1), MOST_NAME) };
}

/** The name on the record and its Arabic form; undefined where there is none at all. */
export function readNames(
  names: readonly NamePart[] | undefined,
): (Names & { readonly more: number }) | undefined {
  const found = [...(names ?? [])]
    .sort((a, b) => rankOf(a) - rankOf(b))
    .flatMap((name) => partsOf(name) ?? []);
  const isArabic = ({ first, last }: Parts): boolean => ARABIC.test(`${first}${last}`);
  const arabic = found.find(isArabic);
  const main = found.find((name) => !isArabic(name)) ?? arabic;
  if (!main) return undefined;
  const used = arabic && arabic !== main ? 2 : 1;
  return {
    firstName: main.first,
    lastName: main.last,
    firstNameAr: arabic && arabic.first !== NO_NAME ? arabic.first : null,
    lastNameAr: arabic && arabic.last !== NO_NAME ? arabic.last : null,
    more: found.length - used,
  };
}

const PHONE = /^\+?[\d٠-٩ ()./-]{1,29}$/;
const PHONE_USES: ReadonlyMap<string, number> = new Map([
  ['mobile', 0],
  ['home', 1],
  ['work', 3],
  ['temp', 4],
]);

function readPhone(telecom: PersonRead['telecom']): { phone: string | null; more: number; unread: number } {
  const phones = (telecom ?? [])
    .filter(
      ({ system, use, value }) =>
        (system === 'phone' || system === 'sms') && use !== 'old' && value !== undefined,
    )
    .sort((a, b) => (PHONE_USES.get(a.use ?? '') ?? 2) - (PHONE_USES.get(b.use ?? '') ?? 2))
    .map(({ value }) =>
      plainText((value ?? '').replace(/^tel:/i, ''), 60).replace(/\s*(?:x|ext\.?)\s*\d+$/i, ''),
    );
  const readable = phones.filter((phone) => PHONE.test(phone) && /[\d٠-٩]/.test(phone));
  return {
    phone: readable[0] ?? null,
    more: Math.max(0, readable.length - 1),
    unread: phones.length - readable.length,
  };
}

/** Kinds of number that a state gives every person (HL7 table 0203). */
const NATIONAL_TYPES = new Set(['SS', 'NI', 'NIIP', 'NNEGY', 'NNSAU', 'NH', 'CZ']);
const NATIONAL_SYSTEMS = new Set(['http://hl7.org/fhir/sid/us-ssn', 'urn:oid:2.16.840.1.113883.4.1']);

function readNationalId(identifiers: readonly Numbered[] | undefined): string | null {
  const found = (identifiers ?? []).find(
    ({ system, type, use }) =>
      use !== 'old' &&
      (NATIONAL_SYSTEMS.has(system ?? '') ||
        (type?.coding ?? []).some(({ code }) => NATIONAL_TYPES.has(code ?? ''))),
  );
  const value = plainText(found?.value ?? '', 60);
  return value === '' || value.length > 50 ? null : value;
}

const PARTIAL = /^(\d{4})(?:-(\d{2}))?$/;

/** The birth date in full, or in part; what is neither is noted. */
function readBirthDate(
  stated: string | undefined,
  today: string,
): Pick<PatientFactsRead, 'birthDate' | 'birthDatePartial'> & { note?: string } {
  const none = { birthDate: null, birthDatePartial: null };
  if (stated === undefined) return { ...none, note: 'the birth date is not stated' };
  const day = stated.slice(0, 10);
  if (isCalendarDate(day) && day.length === 10) {
    if (day > today) return { ...none, note: 'the birth date lies in the future and was not kept' };
    if (day < EARLIEST) return { ...none, note: 'the birth date is before 1890 and was not kept' };
    return { birthDate: day, birthDatePartial: null };
  }
  const match = PARTIAL.exec(stated);
  const isReal = match && isCalendarDate(`${match[1]}-${match[2] ?? '01'}-01`);
  if (!isReal || stated < '1890' || stated > today.slice(0, stated.length))
    return { ...none, note: 'the birth date cannot be read and was not kept' };
  return { birthDate: null, birthDatePartial: stated, note: 'the birth date is not known in full' };
}

const LANGUAGE = /^(ar|en)(?:-|$)/i;

function readLanguage(communication: PersonRead['communication'], isArabic: boolean): 'ar' | 'en' {
  const ordered = [...(communication ?? [])].sort(
    (a, b) => Number(b.preferred ?? false) - Number(a.preferred ?? false),
  );
  for (const { language } of ordered)
    for (const { code } of language?.coding ?? []) {
      const match = LANGUAGE.exec(code ?? '');
      if (match) return match[1]?.toLowerCase() === 'ar' ? 'ar' : 'en';
    }
  return isArabic ? 'ar' : 'en';
}

const counted = (count: number, one: string, many: string): string[] =>
  count <= 0 ? [] : [count === 1 ? `${one} was not kept` : `${count} ${many} were not kept`];

/** A patient; undefined where there is no name to find the person by. */
export function readPatient(person: PersonRead, today: string): Read<PatientFactsRead> | undefined {
  const names = readNames(person.name);
  if (!names) return undefined;
  const { more: otherNames, ...name } = names;
  const { phone, more: otherPhones, unread } = readPhone(person.telecom);
  const { note: birthNote, ...born } = readBirthDate(person.birthDate, today);
  const died = person.deceasedDateTime?.slice(0, 10);
  const isDeceased = person.deceasedBoolean === true || person.deceasedDateTime !== undefined;
  const deceasedOn =
    died !== undefined && isCalendarDate(died) && died <= today && died >= (born.birthDate ?? EARLIEST)
      ? died
      : null;
  const { gender } = person;
  const others = (person.telecom ?? []).filter(({ system }) => system !== 'phone' && system !== 'sms');
  return {
    facts: {
      ...name,
      ...born,
      sex: gender === 'male' || gender === 'female' ? gender : 'unknown',
      phone,
      nationalId: readNationalId(person.identifier),
      language: readLanguage(
        person.communication,
        name.firstNameAr !== null && name.firstName === name.firstNameAr,
      ),
      isDeceased,
      deceasedOn,
    },
    notes: [
      ...(birthNote === undefined ? [] : [birthNote]),
      ...(gender !== undefined && !['male', 'female', 'unknown'].includes(gender)
        ? ['the gender is kept as unknown']
        : []),
      ...(isDeceased ? ['the person has died'] : []),
      ...(person.active === false ? ['the source says that the record is no longer in use'] : []),
      ...counted(otherNames, 'another name', 'other names'),
      ...counted(otherPhones, 'another phone number', 'other phone numbers'),
      ...counted(unread, 'a phone number that cannot be read', 'phone numbers that cannot be read'),
      ...counted(others.length, 'another contact', 'other contacts'),
      ...counted((person.address ?? []).length, 'an address', 'addresses'),
    ],
  };
}

const LICENCE_SYSTEMS = new Set(['http://hl7.org/fhir/sid/us-npi', 'urn:oid:2.16.840.1.113883.4.6']);
const LICENCE_TYPES = new Set(['NPI', 'MD', 'LN', 'PRN', 'DN', 'UPIN', 'LANR']);

function readLicence(person: PersonRead): string | undefined {
  const all = [
    ...(person.identifier ?? []),
    ...(person.qualification ?? []).flatMap(({ identifier }) => identifier ?? []),
  ];
  const valued = all.filter(({ value, use }) => value !== undefined && use !== 'old');
  const found =
    valued.find(
      ({ system, type }) =>
        LICENCE_SYSTEMS.has(system ?? '') ||
        (type?.coding ?? []).some(({ code }) => LICENCE_TYPES.has(code ?? '')),
    ) ?? valued[0];
  const licence = plainText(found?.value ?? '', 101);
  return licence === '' || licence.length > 100 ? undefined : licence;
}

/** A prescriber, or why the register cannot take one. */
export function readPractitioner(
  person: PersonRead,
): Read<PractitionerFactsRead> | { readonly reason: string } {
  const names = readNames(person.name);
  if (!names) return { reason: 'the practitioner has no name' };
  const licenceNumber = readLicence(person);
  if (licenceNumber === undefined)
    return { reason: 'the practitioner has no licence number or other identifier' };
  const { more: otherNames, ...name } = names;
  const { phone } = readPhone(person.telecom);
  const code = (person.qualification ?? [])
    .map((qualification) => qualification.code)
    .find((one) => one !== undefined);
  const specialty = plainText(code?.text ?? code?.coding?.[0]?.display ?? '', MOST_NAME);
  return {
    facts: { ...name, licenceNumber, specialty: specialty === '' ? null : specialty, phone },
    notes: counted(otherNames, 'another name', 'other names'),
  };
}

const KEY_LENGTH = 500;

/** Numbers of a resource that mean something outside of the bundle: those with a system. */
export function identifierKeys(identifiers: readonly Numbered[] | undefined): Key[] {
  const keys = (identifiers ?? []).flatMap(({ system, value, use }): Key[] => {
    const [from, number] = [plainText(system ?? '', 2000), plainText(value ?? '', 2000)];
    const isUsable = from !== '' && number !== '' && from.length <= KEY_LENGTH && number.length <= KEY_LENGTH;
    return isUsable && use !== 'old' ? [{ kind: 'identifier', system: from, value: number }] : [];
  });
  return distinct(keys);
}

const ADDRESS = /^(?:urn:(?:uuid|oid):[^\s]+|https?:\/\/[^\s]+)$/i;

/** The address of a resource without its version; undefined where it has none that means something elsewhere. */
export function addressKey(fullUrl: string | undefined): Key | undefined {
  const address = (fullUrl ?? '').replace(/\/_history\/[^/]*$/, '');
  const isUrn = /^urn:/i.test(address);
  return ADDRESS.test(address) &&
    address.length <= KEY_LENGTH &&
    address.isWellFormed() &&
    !/[\u0000-\u001f\u007f]/.test(address)
    ? { kind: 'address', system: '', value: isUrn ? address.toLowerCase() : address }
    : undefined;
}

export function distinct(keys: readonly Key[]): Key[] {
  return [...new Map(keys.map((key) => [keyText(key), key])).values()];
}

/** A key as one text, for maps. */
export const keyText = ({ kind, system, value }: Key): string => JSON.stringify([kind, system, value]);
