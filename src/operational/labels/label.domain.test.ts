import { describe, expect, it } from 'vitest';

import { DEFAULT_TEMPLATE, LABEL_SIZES, type LabelTemplate } from './label-template.types.js';
import { renderLabel, type LabelFacts } from './label.domain.js';

const someFacts = (values: Partial<LabelFacts> = {}): LabelFacts => ({
  patientName: 'Mona Adel',
  drugName: 'Brufen',
  strength: '400 mg',
  dosageForm: 'tablet',
  directions: '1 tablet three times a day',
  cautions: [{ en: 'Take with food.', ar: 'يؤخذ مع الطعام.' }],
  storage: { en: 'Keep dry.', ar: 'يُحفظ جافًا.' },
  fillCode: 'F00000042',
  quantity: '30 tablets',
  rxNumber: 'RX00000007',
  fillOrdinal: 1,
  partNumber: 1,
  refillsAuthorized: 2,
  prescriberName: 'Hany Zaki',
  branchName: 'Main',
  branchAddress: '1 Nile St',
  branchPhone: '+20 2 123',
  dispensedOn: '2026-11-30',
  compoundedOf: null,
  lots: [{ lotNumber: 'A1', expiryDate: '2027-05-31', quantity: '30' }],
  ...values,
});

const template = (values: Partial<LabelTemplate> = {}): LabelTemplate => ({ ...DEFAULT_TEMPLATE, ...values });

describe('a label', () => {
  it('says for whom, what, how, how many, which prescription, by whom, where and which lot, on 70 by 35 mm', () => {
    const html = renderLabel(someFacts(), template(), 'en', undefined);
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
    const html = renderLabel(someFacts({ directions: 'قرص ثلاث مرات يوميا' }), template(), 'ar', undefined);
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('<bdi dir="ltr">400 mg</bdi>');
    expect(html).toContain('قرص ثلاث مرات يوميا');
  });

  it.each(['en', 'ar'] as const)('marks a reprint in %s as COPY', (language) => {
    expect(renderLabel(someFacts(), template(), language, 'copy')).toContain('COPY');
  });

  it('leaves nothing from records that a browser would take for markup', () => {
    const evil = `<script>alert("x")</script><img src=x onerror='y'>&`;
    const html = renderLabel(
      someFacts({
        patientName: evil,
        drugName: evil,
        strength: evil,
        directions: evil,
        cautions: [{ en: evil, ar: evil }],
        prescriberName: evil,
        branchName: evil,
        branchAddress: evil,
        rxNumber: evil,
        lots: [{ lotNumber: evil, expiryDate: null, quantity: '1' }],
      }),
      template({
        header: evil,
        footer: evil,
        lines: ['cautions', 'barcode', 'prescriber', 'lots', 'address', 'storage'],
      }),
      'en',
      undefined,
    );
    expect(html).not.toMatch(/<(script|img)/);
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)');
    expect(html.match(/<title>[^<]*<\/title>/)).not.toBeNull();
  });

  it('says directions and cautions in both languages, each in its direction', () => {
    const html = renderLabel(
      someFacts({ directions: { en: 'Take 1 tablet.', ar: 'يؤخذ قرص واحد.' } }),
      template({ languages: 'both' }),
      'ar',
      undefined,
    );
    expect(html.indexOf('<span lang="ar" dir="rtl">يؤخذ قرص واحد.</span>')).toBeGreaterThan(0);
    expect(html.indexOf('<span lang="en" dir="ltr">Take 1 tablet.</span>')).toBeGreaterThan(
      html.indexOf('يؤخذ قرص واحد.'),
    );
    expect(html).toContain('Take with food.');
  });

  it.each(LABEL_SIZES)('on %s has the lines of the template and no other', (size) => {
    const all = renderLabel(
      someFacts(),
      template({ size, header: 'Ask us', footer: '24 hours' }),
      'en',
      undefined,
    );
    for (const line of ['Take with food.', '<svg', 'Hany Zaki', 'A1', '1 Nile St', 'Ask us', '24 hours'])
      expect(all).toContain(line);
    const bare = renderLabel(someFacts(), template({ size, lines: [] }), 'en', undefined);
    for (const line of ['Take with food.', '<svg', 'Hany Zaki', 'Lot', '1 Nile St', 'Keep dry.'])
      expect(bare).not.toContain(line);
    for (const line of ['Mona Adel', 'Brufen', 'three times', '30', 'RX00000007', 'Main'])
      expect(bare).toContain(line);
  });

  it('keeps the quantities of an Arabic name in order and apart, and says the strength once', () => {
    const html = renderLabel(
      someFacts({ drugName: 'بارافيلين 500 mg 20 أقراص', strength: '500 mg' }),
      template(),
      'ar',
      undefined,
    );
    expect(html).toContain(
      '<bdi>بارافيلين <bdi dir="ltr">500 mg</bdi> · <bdi dir="ltr">20</bdi> أقراص</bdi></div>',
    );
  });

  it.each([
    ['شراب 120 mg/5 ml للأطفال', '<bdi dir="ltr">120 mg/5 ml</bdi>'],
    ['فيتامين Vitamin C 500 حبة', '<bdi dir="ltr">Vitamin C 500</bdi>'],
    ['صالح حتى 2027-05-31', '<bdi dir="ltr">2027-05-31</bdi>'],
  ])('isolates what is Latin in %s', (drugName, isolated) => {
    expect(renderLabel(someFacts({ drugName }), template(), 'ar', undefined)).toContain(isolated);
  });
});
