/** What the entries of every reference list have. */
export interface ListEntry {
  id: number;
  name: string;
  nameAr?: string | null;
  /** Name folded for matching; only on lists that keep one. Never selected, so it never reaches an answer. */
  nameFolded?: string;
  /** The wider entry; only on lists that are trees. */
  parentId?: number | null;
  version: number;
}

/** A reference list: which entity it holds and which rules its entries follow. */
export interface ReferenceList<Entry extends ListEntry> {
  readonly entity: new () => Entry;
  /** What an entry is called in a refusal. */
  readonly what: string;
  /** The list keeps name_folded, unique: "Café" and "CAFE" are one entry. */
  readonly isFolded: boolean;
  /** Entries form a tree through parentId; a circle is refused. */
  readonly isTree: boolean;
  /** Under which word catalogue_statistics counts the products of an entry, and whether by its name instead of its id. */
  readonly counted?: { readonly dimension: string; readonly byName: boolean };
}

/** An entry as lists show it: where the list is counted, with the number of products as of the last refresh. */
export type Counted<Entry> = Entry & { readonly products?: number };
