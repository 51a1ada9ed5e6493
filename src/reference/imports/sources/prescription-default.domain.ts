import { readAtcEntry, type AtcEntry, type PrescriptionOnlyList } from '../prescription-only.domain.js';

/** ATC groups and substances commonly sold without a prescription. Strength and pack size, which also count, are not seen. */
const FREE =
  'A01 A02A A02BA03 A02BC01 A02BC03 A02BC05 A03AX13 A06 A07BA A07DA03 A11 A12 B03A D01AC/topical D01AE/topical D02 D03 D04 ' +
  'D07AA02/topical D08 D10AE01 D11AX01 G01AF/vaginal M01AE01/oral M01AE02/oral M02 N02BA01 N02BE01 N07BA01 P02CC01 P03AC ' +
  'R01AA R01AD08 R01BA02 R02A R05CA R05DA09 R06AA02 R06AE07 R06AX13 R06AX26 S01XA20 V06 V07';
/** Narrower groups that are not. */
const NOT_FREE = 'A06AH A12BA';

const entries = (codes: string): AtcEntry[] => codes.split(' ').flatMap((code) => readAtcEntry(code) ?? []);

/**
 * For sources that do not say what needs a prescription: everything that is injected or has a known ingredient, but for
 * what is commonly sold without. A cautious default for a pharmacist to review, not the law of any country.
 */
export const CAUTIOUS_PRESCRIPTION_LIST: PrescriptionOnlyList = {
  atc: entries(`A B C D G H J L M N P Q R S V ${NOT_FREE}`),
  exceptAtc: entries(FREE),
  routes: [
    ...(['injection', 'intravenous', 'intramuscular', 'subcutaneous', 'intradermal', 'intrathecal'] as const),
    ...(['epidural', 'intra-articular', 'intravitreal', 'intraperitoneal'] as const),
  ],
};
