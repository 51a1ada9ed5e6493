import { describe, expect, it } from 'vitest';

import { foldText } from '../../platform/text/fold.js';
import { isCalendarDate } from '../../platform/time/local-date.js';
import { readPatientSearch } from './patient-search.domain.js';

const read = (text: string | undefined) => readPatientSearch(text, foldText, isCalendarDate);

describe('the patient search box', () => {
  it('takes a date for a birth date, with Arabic digits too', () => {
    expect(read('1980-02-29')).toEqual({ kind: 'birth-date', birthDate: '1980-02-29' });
    expect(read('١٩٨٠-٠٢-٢٩')).toEqual({ kind: 'birth-date', birthDate: '1980-02-29' });
  });

  it('takes a date that does not exist for digits', () => {
    expect(read('1981-02-29')).toEqual({ kind: 'number', digits: '19810229', patientId: null });
  });

  it('takes digits for a phone, national or patient number', () => {
    expect(read('+20 100 123-4567')).toEqual({ kind: 'number', digits: '201001234567', patientId: null });
    expect(read('42')).toEqual({ kind: 'number', digits: '42', patientId: 42 });
    expect(read('01001234567')).toEqual({ kind: 'number', digits: '01001234567', patientId: null });
    expect(read('29001011234567')).toMatchObject({ patientId: null });
  });

  it('takes the rest for words of a name, folded', () => {
    expect(read('  Aḥmed   أحمد ')).toEqual({ kind: 'name', words: ['ahmed', 'احمد'] });
    expect(read('!!!')).toEqual({ kind: 'name', words: [] });
  });

  it('takes nothing for everybody', () => {
    expect(read(undefined)).toEqual({ kind: 'all' });
    expect(read('   ')).toEqual({ kind: 'all' });
  });
});
