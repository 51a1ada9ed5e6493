import { aDrug, type BuiltDrug, type DrugValues } from './drug.js';
import { daysFromNow } from './lot.js';
import type { TestDatabase } from '../support/db.js';

let made = 0;

/** Ends digits in their GS1 check digit. */
const withCheckDigit = (digits: string): string => {
  const sum = [...digits].reduce(
    (total, digit, index) => total + Number(digit) * ((digits.length - index) % 2 === 1 ? 3 : 1),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
};

/** A global location number of a branch that tests make. */
export const A_GLN = withCheckDigit('622200000000');

/** A product whose pack has a GTIN of its own, with serials on its packs. */
export async function aSerialised(
  db: TestDatabase,
  values: DrugValues = {},
): Promise<BuiltDrug & { gtin: string }> {
  made += 1;
  const gtin = withCheckDigit(`0622300${String(made).padStart(6, '0')}`);
  const drug = await aDrug(db, {
    price: '30.00',
    unitsPerPack: '30',
    unitsPerStrip: '10',
    ...values,
    barcode: gtin,
  });
  await db.owner.query(
    `update reference.drug_barcodes set pack_level = 'pack', kind = 'gtin14' where drug_id = $1`,
    [drug.drugId],
  );
  return { ...drug, gtin };
}

/** What the DataMatrix of a pack says; expiry 'YYYY-MM-DD'. */
export function dataMatrix(pack: {
  gtin: string;
  serial: string;
  lotNumber: string;
  expiryDate: string;
}): string {
  const [year = '', month = '', day = ''] = pack.expiryDate.split('-');
  return `01${pack.gtin}17${year.slice(2)}${month}${day}10${pack.lotNumber}\u001d21${pack.serial}`;
}

/** The lot most tests need: it expires in a year. */
export const aLotOf = (lotNumber: string): { lotNumber: string; expiryDate: string } => ({
  lotNumber,
  expiryDate: daysFromNow(365),
});
