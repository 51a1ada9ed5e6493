import { readDelimited, type DelimitedOptions } from '../delimited.js';
import type {
  CatalogueSource,
  RowRef,
  SourceFileRole,
  SourceInput,
  SourceRecord,
  SourceReject,
} from '../source.types.js';
import { dpdIdentity, dpdProduct, type DpdRow } from './canada-dpd.product.js';
import { brokenRow, loadSide, rejectRow } from './read-side.js';
import { JoinBudget, SideTable, type SideRow } from './side-table.js';

/** Columns of the files, which have no header ("Read Me" of the Drug Product Database extract, Health Canada). */
const COLUMNS = {
  drug: 'DRUG_CODE PRODUCT_CATEGORIZATION CLASS DRUG_IDENTIFICATION_NUMBER BRAND_NAME DESCRIPTOR PEDIATRIC_FLAG ACCESSION_NUMBER NUMBER_OF_AIS LAST_UPDATE_DATE AI_GROUP_NO CLASS_F BRAND_NAME_F DESCRIPTOR_F',
  comp: 'DRUG_CODE MFR_CODE COMPANY_CODE COMPANY_NAME COMPANY_TYPE ADDRESS_MAILING_FLAG ADDRESS_BILLING_FLAG ADDRESS_NOTIFICATION_FLAG ADDRESS_OTHER SUITE_NUMBER STREET_NAME CITY_NAME PROVINCE COUNTRY POSTAL_CODE POST_OFFICE_BOX PROVINCE_F COUNTRY_F',
  form: 'DRUG_CODE PHARM_FORM_CODE PHARMACEUTICAL_FORM PHARMACEUTICAL_FORM_F',
  ingred:
    'DRUG_CODE ACTIVE_INGREDIENT_CODE INGREDIENT INGREDIENT_SUPPLIED_IND STRENGTH STRENGTH_UNIT STRENGTH_TYPE DOSAGE_VALUE BASE DOSAGE_UNIT NOTES INGREDIENT_F STRENGTH_UNIT_F STRENGTH_TYPE_F DOSAGE_UNIT_F',
  package:
    'DRUG_CODE UPC PACKAGE_SIZE_UNIT PACKAGE_TYPE PACKAGE_SIZE PRODUCT_INFORMATION PACKAGE_SIZE_UNIT_F PACKAGE_TYPE_F',
  pharm: 'DRUG_CODE PHARMACEUTICAL_STD',
  route: 'DRUG_CODE ROUTE_OF_ADMINISTRATION_CODE ROUTE_OF_ADMINISTRATION ROUTE_OF_ADMINISTRATION_F',
  schedule: 'DRUG_CODE SCHEDULE SCHEDULE_F',
  status: 'DRUG_CODE CURRENT_STATUS_FLAG STATUS HISTORY_DATE STATUS_F LOT_NUMBER EXPIRATION_DATE',
  ther: 'DRUG_CODE TC_ATC_NUMBER TC_ATC TC_AHFS_NUMBER TC_AHFS TC_ATC_F TC_AHFS_F',
  vet: 'DRUG_CODE VET_SPECIES VET_SUB_SPECIES VET_SPECIES_F',
} as const;
type Role = keyof typeof COLUMNS;

/** Columns taken from each file, behind DRUG_CODE. */
const TAKEN: Readonly<Record<Role, readonly string[]>> = {
  drug: ['CLASS', 'DRUG_IDENTIFICATION_NUMBER', 'BRAND_NAME', 'DESCRIPTOR', 'BRAND_NAME_F'],
  comp: ['COMPANY_NAME'],
  form: ['PHARMACEUTICAL_FORM', 'PHARMACEUTICAL_FORM_F'],
  ingred: [
    'ACTIVE_INGREDIENT_CODE',
    'INGREDIENT',
    'STRENGTH',
    'STRENGTH_UNIT',
    'DOSAGE_VALUE',
    'DOSAGE_UNIT',
  ],
  package: ['UPC', 'PACKAGE_SIZE_UNIT', 'PACKAGE_TYPE', 'PACKAGE_SIZE', 'PRODUCT_INFORMATION'],
  pharm: [],
  route: ['ROUTE_OF_ADMINISTRATION'],
  schedule: ['SCHEDULE'],
  status: ['CURRENT_STATUS_FLAG', 'STATUS', 'HISTORY_DATE'],
  ther: ['TC_ATC_NUMBER', 'TC_ATC', 'TC_AHFS_NUMBER', 'TC_AHFS'],
  vet: [],
};

const REQUIRED: ReadonlySet<Role> = new Set(['drug', 'comp', 'form', 'ingred', 'route', 'status']);
const SIDES = [
  'comp',
  'form',
  'ingred',
  'package',
  'pharm',
  'route',
  'schedule',
  'status',
  'ther',
  'vet',
] as const;
type Side = (typeof SIDES)[number];

/** Endings of the extracts: marketed, approved, cancelled ("inactive"), dormant. */
const ENDING = '(?:_ap|_ia|_dr)?';

function roleOf(role: Role): SourceFileRole {
  const pattern = new RegExp(`^${role}${ENDING}\\.(?:txt|csv)$`, 'i');
  return {
    role,
    title: `${role}.txt (also ${role}_ap, _ia, _dr) of the Drug Product Database`,
    isRequired: REQUIRED.has(role),
    allowsMany: true,
    encoding: 'mixed',
    recognise: (name) => pattern.test(name),
  };
}

function layout(role: Role): DelimitedOptions {
  return {
    delimiter: ',',
    quote: '"',
    isRowALine: true,
    header: COLUMNS[role].split(' '),
    columns: ['DRUG_CODE', ...TAKEN[role]],
  };
}

const isCode = (code: string): boolean => /^\d{1,10}$/.test(code);

/** Identity of a row that does not parse, where its first columns stand as they should. */
function identityOfRaw(raw: string): string {
  const [code = '', , , din = ''] = raw.replaceAll('"', '').split(',');
  return isCode(code) && /^\d{8}$/.test(din) ? dpdIdentity(din, code) : '';
}

class DpdReader {
  private readonly tables: Readonly<Record<Side, SideTable>>;
  private readonly seen = new Map<string, RowRef>();

  constructor(private readonly input: SourceInput) {
    const budget = new JoinBudget();
    const table = () => new SideTable(budget);
    this.tables = {
      comp: table(),
      form: table(),
      ingred: table(),
      package: table(),
      pharm: table(),
      route: table(),
      schedule: table(),
      status: table(),
      ther: table(),
      vet: table(),
    };
  }

  async *read(): AsyncGenerator<readonly SourceRecord[]> {
    for (const role of SIDES) yield* this.readSide(role);
    for (const file of this.input.of('drug')) {
      for await (const rows of readDelimited(file, layout('drug'))) {
        const records: SourceRecord[] = [];
        for (const row of rows) {
          if ('problem' in row) records.push(brokenRow(file, row, identityOfRaw(row.raw)));
          else records.push(...this.product({ file: file.index, line: row.line }, row.fields));
        }
        yield records;
      }
    }
    for (const role of SIDES)
      yield [...this.tables[role].orphans('DRUG_CODE', 'belongs to no product of the drug files')];
  }

  private readSide(role: Side): AsyncGenerator<readonly SourceReject[]> {
    const keyOf = ([code = '']: readonly string[]): string => (isCode(code) ? code : '');
    return loadSide(this.input, role, layout(role), this.tables[role], keyOf, 'DRUG_CODE');
  }

  private product(ref: RowRef, fields: readonly string[]): SourceRecord[] {
    const [drugCode = '', productClass = '', din = '', english = '', descriptor = '', french = ''] = fields;
    if (!isCode(drugCode)) return [rejectRow(ref, 'DRUG_CODE', 'is not a drug code', drugCode)];
    const first = this.seen.get(drugCode);
    if (first !== undefined)
      return [
        {
          ...rejectRow(ref, 'DRUG_CODE', `repeats line ${first.line}`, drugCode),
          sourceId: dpdIdentity(din, drugCode),
        },
      ];
    this.seen.set(drugCode, ref);
    const product = dpdProduct({
      ref,
      drugCode,
      din,
      productClass,
      brand: english === '' ? french : english,
      descriptor,
      companies: this.rows('comp', drugCode),
      forms: this.rows('form', drugCode),
      ingredients: this.rows('ingred', drugCode),
      packages: this.rows('package', drugCode),
      routes: this.rows('route', drugCode),
      schedules: this.rows('schedule', drugCode),
      statuses: this.rows('status', drugCode),
      therapies: this.rows('ther', drugCode),
      others: [...this.rows('pharm', drugCode), ...this.rows('vet', drugCode)],
    });
    return [product];
  }

  /** Rows of a product without their drug code. */
  private rows(role: Side, drugCode: string): DpdRow[] {
    return this.tables[role]
      .take(drugCode)
      .map(({ ref, fields }: SideRow) => ({ ref, fields: fields.slice(1) }));
  }
}

/** Health Canada's Drug Product Database: human, veterinary, disinfectant and radiopharmaceutical products. */
export const CANADA_DPD: CatalogueSource = {
  name: 'canada-dpd',
  title: 'Drug Product Database, Health Canada',
  licence:
    'Contains information licensed under the Open Government Licence – Canada (open.canada.ca/en/open-government-licence-canada).',
  files: (Object.keys(COLUMNS) as Role[]).map(roleOf),
  states: {
    price: false,
    rxOnly: true,
    pack: true,
    barcodes: true,
    atcCode: true,
    controlledSchedule: true,
    storage: false,
    handlingFlags: false,
    nameAr: false,
    category: true,
  },
  columnOf: (field) =>
    ({ barcode: 'UPC', name: 'BRAND_NAME', company: 'COMPANY_NAME', sourceId: 'DRUG_CODE' })[field] ?? field,
  read: (input) => new DpdReader(input).read(),
};
