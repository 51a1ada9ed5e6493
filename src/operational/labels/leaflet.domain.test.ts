import { describe, expect, it } from 'vitest';

import { missedDoseOf, STORAGE } from './general-facts.domain.js';
import { renderLeaflet, type LeafletFacts } from './leaflet.domain.js';

const someFacts = (values: Partial<LeafletFacts> = {}): LeafletFacts => ({
  patientName: 'Mona Adel',
  drugName: 'Brufen',
  strength: '400 mg',
  dosageForm: 'tablet',
  directions: { en: 'Take 1 tablet.', ar: 'يؤخذ قرص واحد.' },
  cautions: [],
  sourcedCautions: [{ text: { en: 'With food.', ar: 'مع الطعام.' }, source: 'BNF label 21' }],
  storage: STORAGE.room,
  storageSource: 'WHO',
  missedDose: missedDoseOf([], true),
  quantity: '30 tablets',
  rxNumber: 'RX00000007',
  fillCode: 'F00000042',
  fillOrdinal: 1,
  partNumber: 1,
  refillsAuthorized: 0,
  prescriberName: 'Hany Zaki',
  branchName: 'Main',
  branchAddress: null,
  branchPhone: '+20 2 123',
  dispensedOn: '2026-11-30',
  compoundedOf: null,
  lots: [],
  ...values,
});

describe('a leaflet', () => {
  it.each(['en', 'ar'] as const)(
    'tells in %s how to use it, what to mind, how to keep it, and from where it is known',
    (lang) => {
      const facts = someFacts();
      const html = renderLeaflet(facts, lang);
      for (const text of [facts.storage, facts.missedDose?.text, facts.sourcedCautions[0]?.text])
        expect(html).toContain(text?.[lang]);
      for (const source of ['BNF label 21', 'WHO', 'NHS']) expect(html).toContain(source);
      expect(html).toContain('size: A4');
    },
  );

  it('says directions that were not understood as they were written, inert', () => {
    const html = renderLeaflet(someFacts({ directions: '<b>as told</b>', patientName: '<img src=x>' }), 'en');
    expect(html).toContain('As the prescriber wrote it');
    expect(html).toContain('&lt;b&gt;as told');
    expect(html).not.toMatch(/<(b|img)[ >]/);
  });

  it('says nothing of a missed dose of what is taken once or when needed', () => {
    expect(missedDoseOf(['N02BE01'], false)).toBeNull();
    expect(missedDoseOf(['G03AA07'], true)?.text.en).toContain('depends on this medicine');
    expect(renderLeaflet(someFacts({ missedDose: null }), 'en')).not.toContain('If you miss a dose');
  });
});
