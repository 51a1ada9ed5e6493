import { describe, expect, it } from 'vitest';
import { parseProductName, showStrengths } from './product-name.domain.js';

function summary(name: string): string {
  const read = parseProductName(name);
  const strip = read.unitsPerStrip === undefined ? '' : ` in ${read.unitsPerStrip}s`;
  return `${read.dosageForm ?? '-'}; ${showStrengths(read.strengths) ?? '-'}; ${read.unitsPerPack} ${read.baseUnit}${strip}`;
}

describe('parseProductName', () => {
  it.each([
    ['1 2 3 (ONE TWO THREE) 20 F.C.TABS.', 'film-coated tablet; -; 20 tablet'],
    ['5-FLUOROURACIL-EBEWE 250MG/5ML I.V. VIAL', 'injection; 250 mg/5 ml; 1 vial'],
    ['A1 CREAM 100 GM', 'cream; -; 1 piece'],
    ['AVICHEST 5% SYRUP FOR ADULT 100ML', 'syrup; 5 %; 1 piece'],
    ['ABASAGLAR 100 I.U./ML 5 CARTRIDGES', 'cartridge; 100 iu/ml; 5 cartridge'],
    ['2HC F.C.T 20 TABLETS', 'film-coated tablet; -; 20 tablet'],
    ['AVEROTHIAZIDE 10/40/12.5 MG 30 F.C.TABS.', 'film-coated tablet; 10 mg / 40 mg / 12.5 mg; 30 tablet'],
    ['ANALGEX OBLONG 500 MG 20X10 F.C. TABS.', 'film-coated tablet; 500 mg; 200 tablet in 10s'],
    ['NIFEDIPINE 30 MG SR 10 CAPS.', 'modified-release capsule; 30 mg; 10 capsule'],
    ['TRYPSGLIM 20 E.C. TABS', 'enteric-coated tablet; -; 20 tablet'],
    ['PEPTOFAM 10MG 20 CHEWABLE TAB. (N/A)', 'chewable tablet; 10 mg; 20 tablet'],
    ['GYTRO 100MG 3 VAGINAL TABS.', 'vaginal tablet; 100 mg; 3 tablet'],
    ['GYNORYL 150MG 3 VAG.SUPP. (CANCELLED)', 'pessary; 150 mg; 3 suppository'],
    ['SELGON 10 MG 6 INFANT SUPP.', 'suppository; 10 mg; 6 suppository'],
    ['CONCEPTIO-H 10 SACHETS', 'sachet; -; 10 sachet'],
    ['AGARVAL 10SACHETS', 'sachet; -; 10 sachet'],
    ['BIO-TECH 10 SACHETS 330 GM', 'sachet; -; 10 sachet'],
    ['DIANOR 10 GM 10 SACHETS', 'sachet; 10 g; 10 sachet'],
    ['CEFRONE 1 GM VIAL', 'injection; 1 g; 1 vial'],
    ['CHIROCAINE 5 MG/ML 10 AMP.', 'injection; 5 mg/ml; 10 ampoule'],
    ['STELARA 90 MG/ML PREF. SYRINGE FOR S.C.', 'prefilled syringe; 90 mg/ml; 1 syringe'],
    ['EXELON 9 MG 5 CM 4.6MG/24H 30 TRANSDERMAL PATCHES', 'patch; 9 mg / 4.6 mg/24 hour; 30 patch'],
    ['STREPSILS STRAWBERRY SUGAR FREE 16 LOZENGES', 'lozenge; -; 16 lozenge'],
    ['ABYLATA  10 PIECES', 'chewable piece; -; 10 piece'],
    ['TIMOBRIM 0.2%/0.5% EYE DROPS 5 ML', 'eye drops; 0.2 % / 0.5 %; 1 piece'],
    ['BIOMED-D3 10.000 I.U. 30 TABS.', 'tablet; 10000 iu; 30 tablet'],
    ['PREGNACARE BREAST-FEEDING 56 TABS.+28 CAPS.', 'tablet; -; 1 piece'],
    ['THEOFAR 100MG S.R. CAPS. (N/A)', 'modified-release capsule; 100 mg; 1 piece'],
    ['WITTAN  60MG CREAM', 'cream; -; 1 piece'],
    ['BIO-TULLE 10X10 CM 100 PCS', 'plaster; -; 100 piece'],
    ['GLUCOSE 25% (OTSUKA ATECO) I.V. INF. 500 ML', 'solution for infusion; 25 %; 1 piece'],
    ['PULMICORT 200MCG/DOSE TURBOHALER', 'inhaler; 200 mcg/dose; 1 piece'],
    ['SWEETAL POWDERED SUGAR 250 GM', '-; -; 1 piece'],
    ['', '-; -; 1 piece'],
  ])('reads %s as %s', (name, expected) => {
    expect(summary(name)).toBe(expected);
  });

  it.each([
    ['LOSEC 20MG 7 CAPS.(CANCELLED)', { cancelled: true }],
    ['EZADEX 5% CREAM 20 GM (N/A)', { notAvailable: true }],
    ['ABRAMMUNE 50MG/ML SYRUP(N/A YET)', { notYetAvailable: true }],
    ['HORSETAIL 440 MG 100 CAPS. (ILLEGAL IMPORT)', { illegalImport: true }],
    ['X 1 VIAL (HOSPITALS ONLY) (NET PRICE)', { hospitalOnly: true, specialPrice: true }],
    ['PLAIN 10 TABS.', {}],
  ])('reads the flags of %s', (name, flags) => {
    expect(parseProductName(name).flags).toEqual(flags);
  });

  it('keeps the size of the pack as text, and does not take a strength for it', () => {
    expect(parseProductName('A1 CREAM 100 GM').packText).toBe('100 GM');
    expect(parseProductName('AVICHEST 5% SYRUP FOR ADULT 100ML').packText).toBe('100ML');
    expect(parseProductName('CEFRONE 1 GM VIAL').packText).toBeUndefined();
  });

  it('names the way of injecting only when the name states one alone', () => {
    expect(parseProductName('EPICEPHIN 1 GM I.M. VIAL').injectedBy).toBe('intramuscular');
    expect(parseProductName('CEFOPERAZONE 500 MG VIAL FOR I.M./I.V.').injectedBy).toBeUndefined();
    expect(parseProductName('PLAIN I.M. 10 TABS.').injectedBy).toBeUndefined();
  });
});
