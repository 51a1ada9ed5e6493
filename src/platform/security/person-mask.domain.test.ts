import { describe, expect, it } from 'vitest';

import { HIDDEN, initials, withoutIdentity } from './person-mask.domain.js';

describe('a name without its letters', () => {
  it.each([
    ['Mona Said Ali', 'M. S. A.'],
    ['منى السيد', 'م. ا.'],
    ['Jean-Luc', 'J. L.'],
    ['  ', HIDDEN],
    ['007', HIDDEN],
    ['𐐀lpha one two three four five', '𐐀. o. t. t.'],
  ])('%s is %s', (name, shown) => {
    expect(initials(name)).toBe(shown);
  });
});

describe('an answer to who may not know who a patient is', () => {
  it('has initials, the year of birth and nothing one is found by; what is clinical stays', () => {
    const patient = {
      ...{ patientId: 7, firstName: 'Mona', lastName: 'Said', firstNameAr: null, lastNameAr: 'سعيد' },
      ...{ birthDate: '1971-02-03', birthDatePartial: null, phone: '0100', nationalId: null, notes: 'x' },
      ...{ sex: 'female', weightKg: '70', allergies: [{ allergyId: 1, substance: 'Penicillin' }] },
    };
    expect(withoutIdentity({ data: [patient], meta: { total: 1 } })).toEqual({
      data: [
        {
          ...patient,
          ...{ firstName: 'M.', lastName: 'S.', lastNameAr: 'س.', birthDate: null, birthDatePartial: '1971' },
          ...{ phone: HIDDEN, notes: HIDDEN },
        },
      ],
      meta: { total: 1 },
    });
  });

  it('keeps the names of prescribers, firms, products and users', () => {
    const row = {
      ...{
        prescriptionId: 1,
        patientId: 7,
        patientName: 'Mona Said',
        prescriberId: 3,
        prescriberName: 'Dr Zaki',
      },
      drugName: 'Paravelin',
      prescriber: { prescriberId: 3, firstName: 'Hany', lastName: 'Zaki', phone: '02' },
      supplier: { supplierId: 1, name: 'Nile Drugs', phone: '03' },
      by: { userId: 1, fullName: 'Nour Adel' },
    };
    expect(withoutIdentity(row)).toEqual({ ...row, patientName: 'M. S.' });
  });

  it('hides a customer who is a person, linked to a patient or not, and no organisation', () => {
    const account = { accountId: 1, patientId: null, name: 'Amal Fathy', phone: '0100', balance: '3.00' };
    expect(withoutIdentity({ ...account, kind: 'person' })).toMatchObject({ name: 'A. F.', phone: HIDDEN });
    expect(withoutIdentity({ ...account, kind: 'organisation' })).toMatchObject({ name: 'Amal Fathy' });
  });

  it('reads rows of the audit trail alike, and leaves dates, files and streams as they are', () => {
    const at = new Date(0);
    const file = Buffer.from('Mona');
    expect(
      withoutIdentity({ at, file, after: { patient_id: 7, first_name: 'Mona', birth_date: '1971-02-03' } }),
    ).toEqual({ at, file, after: { patient_id: 7, first_name: 'M.', birth_date: null } });
  });
});
