import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { catalogueForm } from './form-terms.domain.js';
import { catalogueRoute } from './route-terms.domain.js';

describe('dosage forms as agencies write them', () => {
  it.each<[string, string[], string, string]>([
    ['TABLET', ['ORAL'], 'tablet', 'solid-oral'],
    ['TABLET, FILM COATED, EXTENDED RELEASE', ['ORAL'], 'modified-release tablet', 'solid-oral-modified'],
    ['TABLET (ENTERIC-COATED)', ['ORAL'], 'enteric-coated tablet', 'solid-oral-enteric'],
    [
      'TABLET, ORALLY DISINTEGRATING, DELAYED RELEASE',
      ['ORAL'],
      'enteric-coated tablet',
      'solid-oral-enteric',
    ],
    ['TABLET', ['BUCCAL', 'SUBLINGUAL'], 'sublingual tablet', 'sublingual'],
    ['CAPSULE, DELAYED REL PELLETS', ['ORAL'], 'enteric-coated capsule', 'solid-oral-enteric'],
    ['CAPSULE', ['INHALATION'], 'inhalation capsule', 'inhalation'],
    ['SOLUTION/DROPS', ['OPHTHALMIC'], 'eye drops', 'eye'],
    ['SOLUTION/DROPS', ['OTIC'], 'ear drops', 'ear'],
    ['CREAM', ['VAGINAL'], 'vaginal cream', 'vaginal'],
    ['CREAM', ['TOPICAL', 'VAGINAL'], 'cream', 'semi-solid'],
    ['SUPPOSITORY', ['VAGINAL'], 'pessary', 'vaginal'],
    ['FOR SUSPENSION', ['ORAL'], 'suspension', 'liquid-oral'],
    ['SUSPENSION, EXTENDED RELEASE', ['ORAL'], 'modified-release suspension', 'solid-oral-modified'],
    ['SUSPENSION, EXTENDED RELEASE', ['INTRAMUSCULAR'], 'injection', 'injection'],
    ['POWDER FOR SOLUTION', ['INTRAVENOUS', 'INTRAVESICAL'], 'injection', 'injection'],
    ['SOLUTION', ['DIALYSIS'], 'dialysis solution', 'infusion'],
    ['FILM, EXTENDED RELEASE', ['TRANSDERMAL'], 'patch', 'transdermal'],
    ['GEL', ['TRANSDERMAL'], 'gel', 'semi-solid'],
    ['GAS', ['INHALATION'], 'medicinal gas', 'inhalation'],
    ['CAPSULE, CAPSULE, DELAYED REL PELLETS, TABLET', ['ORAL'], 'kit', 'other'],
    ['Comprimé (à libération prolongée)', ['Orale'], 'modified-release tablet', 'solid-oral-modified'],
    ['Gouttes', ['Ophtalmique'], 'eye drops', 'eye'],
    ['Crème', ['Topique'], 'cream', 'semi-solid'],
    ['Suppositoire', ['Rectale'], 'suppository', 'rectal'],
    ['POULTICE', [], 'poultice', 'other'],
  ])('%s by %s is %s', (written, routes, form, family) => {
    expect(catalogueForm(written, routes)).toMatchObject({ form, family });
  });

  it.each(['', 'N/A', 'UNKNOWN', '0-UNASSIGNED', 'NOT APPLICABLE'])('%j names no form', (written) => {
    expect(catalogueForm(written, ['ORAL'])).toBeUndefined();
  });

  it('never fail, and are never longer than the list takes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.array(fc.string(), { maxLength: 4 }),
        (text, routes) => {
          expect((catalogueForm(text, routes)?.form ?? '').length).toBeLessThanOrEqual(100);
          expect((catalogueRoute(routes) ?? '').length).toBeLessThanOrEqual(100);
        },
      ),
    );
  });
});

describe('routes as agencies write them', () => {
  it.each<[string[], string | undefined]>([
    [['ORAL'], 'oral'],
    [['ORAL-28'], 'oral'],
    [['IV (INFUSION)'], 'intravenous'],
    [['INTRAMUSCULAR', 'INTRAVENOUS'], 'injection'],
    [['BLOCK/INFILTRATION', 'EPIDURAL'], 'injection'],
    [['OTIC', 'OPHTHALMIC'], 'ophthalmic, otic'],
    [['ORAL', 'RECTAL'], 'oral, rectal'],
    [['DISINFECTANT (Barn)', 'DISINFECTANT (Domestic)'], 'disinfectant'],
    [['TOPICAL (HOUSEHOLD)'], 'topical'],
    [['Sous-cutanée'], 'subcutaneous'],
    [['Intraveineuse', 'Intramusculaire'], 'injection'],
    [['RESPIRATORY (INHALATION)'], 'inhalation'],
    [['INTRATYMPANIC'], 'intratympanic'],
    [['0-UNASSIGNED'], undefined],
    [['N/A'], undefined],
    [[], undefined],
  ])('%j is %s', (stated, route) => {
    expect(catalogueRoute(stated)).toBe(route);
  });
});
