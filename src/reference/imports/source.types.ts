import type { PrescriptionOnlyList } from './prescription-only.domain.js';

/**
 * The interface between a catalogue source (an adapter in `sources/`, or a mapping for delimited text) and the import
 * pipeline. A source knows its files and what their columns mean; it does no SQL, opens no path, and decides nothing about
 * the catalogue. The pipeline opens the files (also out of zip and gzip), checks bytes and encoding, validates every
 * record again, links ingredients, stages, compares, applies and reverts.
 */

/**
 * Encodings a file may be in. `utf-8` also takes UTF-16 where the file begins with its byte order mark. `mixed`: each
 * line is UTF-8 where it is valid UTF-8, else windows-1252 (`MixedTextDecoder`, mixed-text.ts): agencies changed
 * from one to the other in the middle of a series of files. Node 20 decodes windows-1252 wrongly: use `fromWindows1252`.
 */
export type Encoding =
  'utf-8' | 'mixed' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'windows-1256' | 'latin1';

/** What a source takes: one kind of file, by its name or header. */
export interface SourceFileRole {
  /** Short name by which `SourceInput.of` finds the files: "products". */
  role: string;
  /** What it is, as people are told: "Products.txt of Drugs@FDA". */
  title: string;
  /** True: without it the import is refused. */
  isRequired: boolean;
  /** True: several files may have this role (marketed and approved products); false: a second one is refused. */
  allowsMany: boolean;
  encoding: Encoding;
  /**
   * Whether a file has this role. `name` is its name without folder, as given; `start` the first line of its text
   * without line end (at most 4,000 characters), which is the header where the format has one.
   */
  recognise(name: string, start: string): boolean;
}

/** A file of this import, checked and ready to be read. */
export interface SourceFile {
  /** Place among the files of the import, from 0; `RowRef.file`. */
  readonly index: number;
  /** Name without folder, for messages. */
  readonly name: string;
  readonly role: string;
  /** Size in bytes, unpacked; 0 where only reading tells (gzip). */
  readonly size: number;
  /**
   * The content as UTF-8 in pieces of any length (a character may be cut in two), each good until the next is asked for,
   * whatever the file's encoding; throws
   * ImportRefused where the bytes are not text in that encoding. May be read more than once.
   */
  utf8(): AsyncGenerator<Buffer>;
  /** The same as text. */
  text(): AsyncGenerator<string>;
  /**
   * Says that `count` data rows (1 where left out; not header, not empty lines) were read. `readDelimited` (delimited.ts)
   * does it. The pipeline compares: rows read = applied + rejected, for each file, and refuses the import where that is
   * not so.
   */
  countRows(count?: number): void;
}

/** The files of one import. */
export interface SourceInput {
  /** All of them, in the order given. */
  readonly files: readonly SourceFile[];
  /** Those of one role, in the order given; empty where none was given. */
  of(role: string): readonly SourceFile[];
}

/** A row of a file: its place for reports. */
export interface RowRef {
  /** `SourceFile.index`. */
  file: number;
  /** Line the row begins at, first line of the file is 1; for JSON the number of the entry. */
  line: number;
}

/** Other names for an ingredient (`reference.ingredient_synonyms.kind`). */
export type SynonymKind = 'synonym' | 'salt' | 'abbreviation' | 'misspelling' | 'arabic' | 'brand_generic';

/** Codes of a substance in other systems. */
export interface SubstanceCodes {
  unii?: string;
  rxcui?: string;
  atc?: string;
  cas?: string;
  /** The source's own id of the substance, as in `SourceIngredient.sourceId`. */
  own?: string;
}

/** One ingredient of a product, where the source states the composition in columns of its own. */
export interface SourcePart {
  /** Name as written: "AMLODIPINE BESYLATE". */
  text: string;
  /** Exact decimal above zero, "500"; left out where unknown. */
  amount?: string;
  /** mg, mcg, g, iu, %, … as `amount.domain.ts` writes them. */
  unit?: string;
  /** Denominator, "5" of 5 ml. */
  perAmount?: string;
  perUnit?: string;
  /** Known codes; a code that leads to an ingredient goes before the name. */
  codes?: SubstanceCodes;
}

/** What a code on a pack is. `gtin` takes 8, 12, 13 or 14 digits with a check digit. */
export type BarcodeKind = 'gtin' | 'ndc10' | 'ndc11' | 'in_store';
export type PackLevel = 'unit' | 'strip' | 'pack' | 'case';

export interface SourceBarcode {
  /** As printed: digits, an NDC with its hyphens where the source has them ("0002-0485-04"). */
  code: string;
  kind: BarcodeKind;
  packLevel: PackLevel;
  /** Base units one scan stands for, exact decimal, where the source says so. */
  baseUnits?: string;
  /** The pack in the source's words: "4 BOTTLE in 1 CONTAINER". */
  description?: string;
  /**
   * The row the code comes from, where that is one of the product's `rows`: a code that is no code, or that stands for
   * another product, then refuses that row and not the product.
   */
  row?: RowRef;
}

/** A pack the product is sold in. */
export interface SourcePack {
  level: PackLevel;
  /** Base units in it, exact decimal above zero. */
  baseUnits: string;
  description?: string;
}

/** A sellable product as the source states it. What is undefined is not stated, and is not made up here. */
export interface SourceProduct extends RowRef {
  kind: 'product';
  /**
   * Further rows (of any file) that are part of it: a package, an ingredient, a status row. Each counts as applied with
   * the product, and as rejected with it ("belongs to a refused product"). The row at `file`/`line` is not repeated here.
   */
  rows?: readonly RowRef[];
  /** Identity at the source, 1–200 characters, the same in the next release: a DIN, an application and product number. */
  sourceId: string;
  /** 1–500 characters. */
  name: string;
  nameAr?: string;
  /** Composition as one text ("A+B+C"), shown and searched; made of `composition` where left out. */
  activeRaw?: string;
  /** Composition in parts; where present the text is not parsed for parts, each `text` is linked by itself. */
  composition?: readonly SourcePart[];
  /** As shown: "500 mg", "25 mg / 5 mg". `showStrengths` makes one. */
  strength?: string;
  /** Name of the form in lower case, the catalogue's word where there is one (`FORM_RULES`), else the source's own. */
  dosageForm?: string;
  /** Family of a form that is none of the catalogue's; `other` where left out. */
  formFamily?: string;
  /** Lower case, one of `ROUTES` where it fits, else the source's own word. */
  route?: string;
  /** Manufacturer and marketing company as written; tidied and folded by the pipeline. */
  company?: string;
  marketer?: string;
  /** Class, widest first: ["ANTIBIOTIC", "QUINOLONE"]. */
  category?: readonly string[];
  /** WHO ATC code of any level: "N02BE01". */
  atcCode?: string;
  /** Price of one pack, exact decimal with at most three decimals. Left out: none known. */
  price?: string;
  /** Price before it, where the source states one. */
  oldPrice?: string;
  /** Regulated maximum of one pack. */
  priceCeiling?: string;
  /** Smallest unit counted: tablet, ml, piece. */
  baseUnit?: string;
  /** Exact decimals above zero. */
  unitsPerStrip?: string;
  unitsPerPack?: string;
  packs?: readonly SourcePack[];
  barcodes?: readonly SourceBarcode[];
  rxOnly?: boolean;
  controlledSchedule?: 'II' | 'III' | 'IV' | 'V';
  storage?: 'room' | 'refrigerate' | 'freeze';
  handlingFlags?: readonly string[];
  /** `active` where left out. */
  status?: 'active' | 'discontinued';
}

/** A substance with its codes and names. A source yields all of them before its first product. */
export interface SourceIngredient extends RowRef {
  kind: 'ingredient';
  rows?: readonly RowRef[];
  /** Identity at the source (RxCUI). */
  sourceId: string;
  name: string;
  /** `salt`: a salt or ester, kept as a name of `baseId` where that is given. `group`: several substances together. */
  role: 'substance' | 'salt' | 'group';
  /** `sourceId` of the substance it is a salt of. */
  baseId?: string;
  codes?: SubstanceCodes;
  synonyms?: ReadonlyArray<{ text: string; kind: SynonymKind }>;
}

/** A row that is not taken, and why. One row, one reject; several faults of a row are several `reasons`. */
export interface SourceReject extends RowRef {
  kind: 'reject';
  /** Identity the row would have had: its product is listed, only refused, so it is not discontinued. */
  sourceId?: string;
  reasons: ReadonlyArray<{
    column: string | null;
    /** Plain words, lower case, that go on after the column: "is not an amount". */
    reason: string;
    /** The value at fault; cut to 500 characters by the pipeline. */
    value: string;
  }>;
}

export type SourceRecord = SourceProduct | SourceIngredient | SourceReject;

/** What a source speaks of. What it does not state stays with the people of the pharmacy when a product is updated. */
export interface Statements {
  price: boolean;
  rxOnly: boolean;
  /** Base unit, strip and pack; where false they are read from the name and kept while the name is. */
  pack: boolean;
  barcodes: boolean;
  atcCode: boolean;
  controlledSchedule: boolean;
  storage: boolean;
  handlingFlags: boolean;
  nameAr: boolean;
  category: boolean;
}

/** A source of catalogue data. */
export interface CatalogueSource {
  /** Short name kept with every product: lower-case letters, digits and hyphens, begins with a letter. */
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly files: readonly SourceFileRole[];
  readonly states: Statements;
  /** Column a field of a product comes from, for rejects; the field's own name where left out. */
  columnOf?(field: string): string | null;
  /** What is prescription only where the source does not say so; a default for the pharmacist to review. */
  readonly prescriptionOnly?: PrescriptionOnlyList;
  /**
   * Reads the files to the end. Every data row of every file ends up in exactly one record: as its own row, in `rows` of a
   * product or ingredient, or in a reject. Records come one by one or in batches (faster). Bounded memory: what must be
   * held to join files is held compactly. Throws ImportRefused where the files are not usable as a whole.
   */
  read(input: SourceInput): AsyncGenerator<SourceRecord | readonly SourceRecord[]>;
}
