import { expect, it } from 'vitest';

import { useImports } from '../../../../test/builders/import.js';
import { systemContext } from '../../../platform/security/request-context.js';
import { openFda } from './openfda.js';

const bench = useImports();
const source = openFda(() => '2026-11-22');

const entry = (ndc: string, name: string, more: object = {}) => ({
  product_ndc: ndc,
  brand_name: name,
  generic_name: name,
  labeler_name: 'Sandoz Inc',
  active_ingredients: [{ name: 'ATENOLOL', strength: '50 mg/1' }],
  packaging: [
    {
      package_ndc: `${ndc}-10`,
      description: `10 BLISTER PACK in 1 CARTON (${ndc}-10)  / 10 TABLET in 1 BLISTER PACK (${ndc}-11)`,
    },
  ],
  dosage_form: 'TABLET',
  route: ['ORAL'],
  product_type: 'HUMAN PRESCRIPTION DRUG',
  ...more,
});

it('brings products with packs and NDCs into the catalogue once, and the same file again changes nothing', async () => {
  const results = [
    entry('0781-1506', 'Atenolol'),
    entry('0781-1507', 'Strange', { dosage_form: 'POULTICE', route: ['INTRATYMPANIC'], dea_schedule: 'CIV' }),
    entry('0781-1508', '', { active_ingredients: [] }),
    { product_ndc: 'none' },
  ];
  const file = await bench.file(JSON.stringify({ meta: {}, results }), 'drug-ndc.json');
  const request = { source, files: [file], apply: true };
  const first = await bench.service.importFiles(systemContext(), request);
  expect(first).toMatchObject({ read: 4, inserted: 2, rejected: 2 });
  expect(first.rejects.map(({ column, reason }) => `${column}: ${reason}`).sort()).toEqual([
    'brand_name: is empty',
    'product_ndc: is not an NDC of two parts',
  ]);
  const { rows } = await bench.db.owner.query(
    `select d.name, d.source_id, d.dosage_form, f.form_family, d.route, d.base_unit, trim_scale(d.units_per_pack)::text as units, d.rx_only, d.controlled_schedule,
       (select array_agg(b.code || ' ' || b.pack_level order by b.code) from reference.drug_barcodes b where b.drug_id = d.drug_id) as codes
     from reference.drugs d left join reference.dosage_forms f on f.name = d.dosage_form where d.source = 'openfda' order by d.source_id`,
  );
  expect(rows).toEqual([
    {
      name: 'Atenolol 50 mg tablet',
      source_id: '0781-1506',
      dosage_form: 'tablet',
      form_family: 'solid-oral',
      route: 'oral',
      base_unit: 'tablet',
      units: '100',
      rx_only: true,
      controlled_schedule: null,
      codes: ['00781150610 pack', '00781150611 strip', '307811506104 pack', '307811506111 strip'],
    },
    expect.objectContaining({
      dosage_form: 'poultice',
      form_family: 'other',
      route: 'intratympanic',
      controlled_schedule: 'IV',
    }),
  ]);
  const hash = await bench.hash();
  expect(await bench.service.importFiles(systemContext(), request)).toMatchObject({
    inserted: 0,
    updated: 0,
    unchanged: 2,
  });
  expect(await bench.hash()).toBe(hash);
});
