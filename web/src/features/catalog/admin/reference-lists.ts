/** One field of an entry of a list; what it is called is `catalog.field.<name>`. */
export interface EntryField {
  name: 'name' | 'nameAr' | 'code' | 'kind' | 'atcCode' | 'formFamily' | 'parentId';
  is: 'text' | 'code' | 'choice' | 'parent';
  required?: boolean;
  maxLength?: number;
  /** What may be chosen, for `choice`. */
  choices?: readonly EntryKind[];
  /** Set when the entry is made and never changed. */
  onlyNew?: boolean;
  /** Shown as a column too; the name always is. */
  inList?: boolean;
}

const GROUP_KINDS = ['chemical', 'therapeutic', 'pharmacological', 'allergy'] as const;
const CATEGORY_KINDS = ['atc', 'local'] as const;
export type EntryKind = (typeof GROUP_KINDS)[number] | (typeof CATEGORY_KINDS)[number];

/** A list of the catalogue that pharmacists look after: where it is kept and what an entry has. */
export interface ListDefinition {
  path: string;
  fields: readonly EntryField[];
  /** Entries lie under one another: the list can be walked from an entry to what is under it. */
  isTree: boolean;
  /** Products are counted by entry. */
  isCounted: boolean;
  /** Sorts of entries the list can be narrowed to. */
  kinds?: readonly EntryKind[];
}

const NAME: EntryField = { name: 'name', is: 'text', required: true, maxLength: 300 };
const NAME_AR: EntryField = { name: 'nameAr', is: 'text', maxLength: 300, inList: true };

/** The lists by the name they have in the address. */
export const REFERENCE_LISTS = {
  companies: { path: '/reference/companies', fields: [NAME], isTree: false, isCounted: true },
  'dosage-forms': {
    path: '/reference/dosage-forms',
    fields: [NAME, NAME_AR, { name: 'formFamily', is: 'code', maxLength: 50, inList: true }],
    isTree: false,
    isCounted: true,
  },
  routes: { path: '/reference/routes', fields: [NAME, NAME_AR], isTree: false, isCounted: true },
  categories: {
    path: '/reference/therapeutic-categories',
    fields: [
      NAME,
      NAME_AR,
      { name: 'kind', is: 'choice', choices: CATEGORY_KINDS, onlyNew: true, inList: true },
      { name: 'code', is: 'code', maxLength: 80, inList: true },
      { name: 'atcCode', is: 'code', maxLength: 7 },
      { name: 'parentId', is: 'parent' },
    ],
    isTree: true,
    isCounted: true,
    kinds: CATEGORY_KINDS,
  },
  'ingredient-groups': {
    path: '/reference/ingredient-groups',
    fields: [
      NAME,
      NAME_AR,
      { name: 'code', is: 'code', required: true, maxLength: 80, inList: true },
      { name: 'kind', is: 'choice', required: true, choices: GROUP_KINDS, inList: true },
      { name: 'parentId', is: 'parent' },
    ],
    isTree: true,
    isCounted: false,
  },
  'handling-flags': {
    path: '/reference/handling-flags',
    fields: [
      NAME,
      NAME_AR,
      { name: 'code', is: 'code', required: true, maxLength: 50, onlyNew: true, inList: true },
    ],
    isTree: false,
    isCounted: false,
  },
} as const satisfies Record<string, ListDefinition>;

export type ListName = keyof typeof REFERENCE_LISTS;

/** The list of that name; undefined for an address that names none. */
export function listNamed(name: string): ListName | undefined {
  return (Object.keys(REFERENCE_LISTS) as ListName[]).find((one) => one === name);
}
