import { describe, expect, it } from 'vitest';

import { renderLabel, type LabelFacts } from './label.domain.js';

const someFacts = (values: Partial<LabelFacts> = {}): LabelFacts => ({
  patientName: 'Mona Adel',
  drugName: 'Brufen',
  strength: '400 mg',
  dosageForm: 'tablet',
  sig: '1 tablet three times a day',
  quantity: '30',
  baseUnit: 'tablet',
  rxNumber: 'RX00000007',
  fillOrdinal: 1,
  partNumber: 1,
  refillsAuthorized: 2,
  prescriberName: 'Hany Zaki',
  branchName: 'Main',
  branchAddress: '1 Nile St',
  branchPhone: '+20 2 123',
  dispensedOn: '2026-11-30',
  lots: [{ lotNumber: 'A1', expiryDate: '2027-05-31', quantity: '30' }],
  ...values,
});

describe('a label', () => {
  it('says for whom, what, how, how many, which prescription, by whom, where and which lot, on 70 by 35 mm', () => {
    const html = renderLabel(someFacts(), 'en', false);
    for (const text of [
      'Mona Adel',
      'Brufen',
      'three times',
      '30',
      'RX00000007',
      '1/3',
      'Hany Zaki',
      'Main',
      'A1',
      '2027-05-31',
      '2026-11-30',
    ])
      expect(html).toContain(text);
    expect(html).toContain('@page { size: 70mm 35mm');
    expect(html).toContain('<bdi dir="ltr">400 mg</bdi>');
    expect(html).not.toContain('COPY');
  });

  it('reads right to left in Arabic with the strength left to right', () => {
    const html = renderLabel(someFacts({ sig: 'قرص ثلاث مرات يوميا' }), 'ar', false);
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('<bdi dir="ltr">400 mg</bdi>');
    expect(html).toContain('قرص ثلاث مرات يوميا');
  });

  it.each(['en', 'ar'] as const)('marks a reprint in %s as COPY', (language) => {
    expect(renderLabel(someFacts(), language, true)).toContain('COPY');
  });

  it('leaves nothing from records that a browser would take for markup', () => {
    const evil = `<script>alert("x")</script><img src=x onerror='y'>&`;
    const html = renderLabel(
      someFacts({
        patientName: evil,
        drugName: evil,
        strength: evil,
        sig: evil,
        prescriberName: evil,
        branchName: evil,
        branchAddress: evil,
        rxNumber: evil,
        lots: [{ lotNumber: evil, expiryDate: null, quantity: '1' }],
      }),
      'en',
      false,
    );
    expect(html).not.toMatch(/<(script|img)/);
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)');
    expect(html.match(/<title>[^<]*<\/title>/)).not.toBeNull();
  });
});
