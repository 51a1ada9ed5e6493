// A branch after years of work: patients with allergies and conditions, prescriptions, their fills, events and movements.
// Past every trigger, for what they would write is not what is measured; sums and states are as triggers would have kept them.

/** Number of the first generated prescription: far above those of the sample. */
export const FIRST = 10_000_000;
/** One patient to so many prescriptions. */
const PER_PATIENT = 10;

const GIVEN = [
  ['Ahmed', 'أحمد'], ['Mohamed', 'محمد'], ['Fatma', 'فاطمة'], ['Aisha', 'عائشة'], ['Omar', 'عمر'], ['Mona', 'منى'], ['Hassan', 'حسن'],
  ['Salma', 'سلمى'], ['Youssef', 'يوسف'], ['Nadia', 'نادية'], ['Karim', 'كريم'], ['Layla', 'ليلى'], ['Ibrahim', 'إبراهيم'], ['Huda', 'هدى'],
  ['Tarek', 'طارق'], ['Rania', 'رانيا'], ['Sami', 'سامي'], ['Dina', 'دينا'], ['Walid', 'وليد'], ['Amal', 'أمل'], ['Nabil', 'نبيل'],
  ['Yasmin', 'ياسمين'], ['Fares', 'فارس'], ['Marwa', 'مروة'], ['Ziad', 'زياد'], ['Noor', 'نور'], ['Adel', 'عادل'], ['Samira', 'سميرة'],
  ['Khaled', 'خالد'], ['Reem', 'ريم'],
]; // prettier-ignore
const FAMILY = [
  ['Mahmoud', 'محمود'], ['Abdallah', 'عبدالله'], ['El Masry', 'المصري'], ['Haddad', 'حداد'], ['Farouk', 'فاروق'], ['Nasser', 'ناصر'],
  ['Sabry', 'صبري'], ['Kamal', 'كمال'], ['Darwish', 'درويش'], ['Shaheen', 'شاهين'], ['Othman', 'عثمان'], ['Rashid', 'راشد'],
  ['Mansour', 'منصور'], ['Qasim', 'قاسم'], ['Helmy', 'حلمي'], ['Barakat', 'بركات'], ['Suleiman', 'سليمان'], ['Fawzy', 'فوزي'],
  ['Gaber', 'جابر'], ['Zaki', 'زكي'], ['Amin', 'أمين'], ['Badawi', 'بدوي'], ['Tawfik', 'توفيق'], ['Younes', 'يونس'], ['Habib', 'حبيب'],
]; // prettier-ignore

/** A number from 0 up to 1 that is the same in every run: of the row `n` and of what is asked. */
const share = (n, what) => `((hashint8extended(${n}, ${what}) & 2147483647) / 2147483648.0)`;
const pick = (list, n, what) => `(${list})[1 + floor(${share(n, what)} * array_length(${list}, 1))::int]`;

/** Statements that fill a branch, in order: [text, values]. `fold` is the product's folding of names. */
export function dispensary({ branchId, userId, prescriptions, fold }) {
  const names = (list, at) => list.map((pair) => pair[at]);
  const patients = Math.ceil(prescriptions / PER_PATIENT);
  const last = FIRST + prescriptions;
  return [
    ['set session_replication_role = replica', []],
    [
      `create temporary table bench_drugs as
       select row_number() over (order by md5(d.drug_id::text)) as n, d.drug_id, d.price, d.units_per_pack from reference.drugs d
       where d.status = 'active' and d.controlled_schedule is null and d.rx_only
         and exists (select from reference.drug_ingredients i where i.drug_id = d.drug_id)`,
      [],
    ],
    ['create temporary table bench_counts as select count(*)::int as drugs from bench_drugs', []],
    [
      `insert into operational.patients (patient_id, branch_id, first_name, last_name, first_name_ar, last_name_ar, name_folded, birth_date, sex,
         phone, weight_kg, weight_recorded_on, egfr, egfr_recorded_on, pregnant, lactating, allergy_status, created_at)
       select ${FIRST} + n, $1, ($2::text[])[1 + g], ($4::text[])[1 + f], ($3::text[])[1 + g], ($5::text[])[1 + f],
         ($6::text[])[1 + g] || ' ' || ($7::text[])[1 + f] || ' ' || ($8::text[])[1 + g] || ' ' || ($9::text[])[1 + f],
         date '1935-01-01' + floor(${share('n', 3)} * 30000)::int, case when g % 2 = 0 then 'male' else 'female' end,
         '01' || lpad((n * 7919 % 1000000000)::text, 9, '0'), 55 + n % 40, current_date - 20, 45 + n % 60, current_date - 20, false, false,
         case when n % 5 = 0 then 'recorded' else 'none_known' end, now() - interval '3 years'
       from generate_series(1, $10::int) n,
         lateral (select floor(${share('n', 1)} * ${GIVEN.length})::int as g, floor(${share('n', 2)} * ${FAMILY.length})::int as f) x`,
      [
        branchId,
        names(GIVEN, 0),
        names(GIVEN, 1),
        names(FAMILY, 0),
        names(FAMILY, 1),
        ...[names(GIVEN, 0), names(FAMILY, 0), names(GIVEN, 1), names(FAMILY, 1)].map((list) =>
          list.map(fold),
        ),
        patients,
      ],
    ],
    [
      `insert into operational.patient_allergies (patient_id, branch_id, ingredient_id)
       select p.patient_id, p.branch_id, i.ingredient_id
       from operational.patients p
       cross join lateral (select array_agg(ingredient_id order by ingredient_id) as ids from reference.ingredients where name in ('penicillin G', 'sulfamethoxazole', 'aspirin', 'codeine', 'amoxicillin')) a
       cross join lateral (select ${pick('a.ids', 'p.patient_id', 4)} as ingredient_id) i
       where p.patient_id > ${FIRST} and p.allergy_status = 'recorded' and i.ingredient_id is not null`,
      [],
    ],
    [
      `insert into operational.patient_conditions (patient_id, branch_id, icd10, name)
       select p.patient_id, p.branch_id, (array['I10', 'E11.9', 'J45', 'E78.5', 'K21.9'])[1 + (p.patient_id + k) % 5],
         (array['Hypertension', 'Type 2 diabetes', 'Asthma', 'Hyperlipidaemia', 'Reflux'])[1 + (p.patient_id + k) % 5]
       from operational.patients p, generate_series(0, 1) k where p.patient_id > ${FIRST} and p.patient_id % 2 = 0`,
      [],
    ],
    [
      `insert into operational.prescribers (prescriber_id, first_name, last_name, name_folded, licence_number)
       select ${FIRST} + n, 'Prescriber', n::text, 'prescriber ' || n, 'BENCH-' || n from generate_series(1, 300) n`,
      [],
    ],
    [
      // Oldest first. Of a hundred: 68 are completed, 26 filled with refills left, 4 cancelled, 2 transferred; the newest still wait.
      `insert into operational.prescriptions (prescription_id, branch_id, rx_number, patient_id, drug_id, prescriber_id, quantity, days_supply, sig, dose_amount, dose_unit,
         frequency_per_day, refills_authorized, prescribed_date, expires_on, status, quantity_filled, created_by, created_at, updated_at)
       select ${FIRST} + s.n, $1, 'RX' || (${FIRST} + s.n), ${FIRST} + 1 + floor(${share('s.n', 5)} * $3::int)::int, d.drug_id, ${FIRST} + 1 + s.n % 300, 30, 30,
         'Take 1 once daily', 1, 'tablet', 1, x.refills, x.day, x.day + 365, x.status,
         case when x.status in ('completed', 'filled') then 30 * x.fills else 0 end, $4, x.day + time '09:00', x.day + time '10:00'
       from generate_series(1, $2::int) s (n)
       cross join bench_counts c
       cross join lateral (select current_date - floor(1095.0 * ($2::int - s.n) / $2::int)::int as day, ${share('s.n', 6)} as part) y
       cross join lateral (select y.day, case when s.n > $2::int - 400 then 'pending' when s.n > $2::int - 440 then 'on_hold'
           when y.part < 0.68 then 'completed' when y.part < 0.94 then 'filled' when y.part < 0.98 then 'cancelled' else 'transferred' end as status) z
       cross join lateral (select z.day, z.status, case when z.status = 'completed' then (s.n % 3)::int else 5 end as refills,
           case when z.status = 'completed' then 1 + (s.n % 3)::int else 1 + (s.n % 2)::int end as fills) x
       join bench_drugs d on d.n = 1 + floor(c.drugs * ${share('s.n', 7)} * ${share('s.n', 8)})::int`,
      [branchId, prescriptions, patients, userId],
    ],
    [
      // The newest ones are on their way: being filled, checked, in their bin.
      `insert into operational.fills (branch_id, prescription_id, fill_number, drug_id, quantity, days_supply, status, unit_price, price, filled_by, filled_at, verified_by,
         verified_at, dispensed_by, dispensed_at, dispensed_on, bin, ready_at, screening)
       select p.branch_id, p.prescription_id, k, p.drug_id, 30, 30, x.status, round(d.price / d.units_per_pack, 6), round(d.price * 30 / d.units_per_pack, 2), $1, x.at,
         case when x.status <> 'in_progress' then $1::int end, case when x.status <> 'in_progress' then x.at end,
         case when x.status = 'dispensed' then $1::int end, case when x.status = 'dispensed' then x.at end,
         case when x.status = 'dispensed' then x.at::date end, case when x.status = 'ready' then 'A' || p.prescription_id % 40 end,
         case when x.status = 'ready' then x.at end, '{"alerts": [], "notChecked": [], "overrides": [], "remembered": [], "ruleVersions": []}'
       from operational.prescriptions p
       join bench_drugs d using (drug_id)
       cross join lateral generate_series(0, (p.quantity_filled / 30)::int - 1) k
       cross join lateral (select least(p.created_at + k * interval '30 days', now() - interval '1 minute') as at,
         case when p.prescription_id > ${last} - 700 then 'in_progress' when p.prescription_id > ${last} - 800 then 'verified'
           when p.prescription_id > ${last} - 1200 then 'ready' else 'dispensed' end as status) x
       where p.prescription_id > ${FIRST}`,
      [userId],
    ],
    [
      `insert into operational.prescription_events (branch_id, prescription_id, fill_id, from_status, to_status, user_id, occurred_at)
       select p.branch_id, p.prescription_id, null, null, 'pending', $1::int, p.created_at from operational.prescriptions p where p.prescription_id > ${FIRST}
       union all
       select f.branch_id, f.prescription_id, f.fill_id, null, 'in_progress', $1::int, f.filled_at from operational.fills f where f.prescription_id > ${FIRST}
       union all
       select f.branch_id, f.prescription_id, f.fill_id, 'ready', 'dispensed', $1::int, f.dispensed_at from operational.fills f
       where f.prescription_id > ${FIRST} and f.status = 'dispensed'`,
      [userId],
    ],
    [
      `insert into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, quantity, quantity_reserved, unit_cost, received_at)
       select $1, d.drug_id, 'BENCH' || k, current_date + 200 + k * 90, 100000, 0, round(d.price / d.units_per_pack * 0.7, 6), now() - interval '1 year'
       from bench_drugs d, generate_series(1, 3) k`,
      [branchId],
    ],
    // Without it the joins that follow read all fills once for each lot.
    ['analyze operational.fills, operational.inventory_lots', []],
    [
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, balance_after, unit_cost, reason, effective_at, recorded_at, user_id, tx_id)
       select l.branch_id, l.lot_id, l.drug_id, 'adjustment', l.quantity + coalesce(u.used, 0), l.quantity + coalesce(u.used, 0), l.unit_cost, 'Opening stock', l.received_at, l.received_at, $1, '0'
       from operational.inventory_lots l
       left join (select f.drug_id, sum(f.quantity) as used from operational.fills f where f.prescription_id > ${FIRST} and f.status = 'dispensed' group by 1) u
         on u.drug_id = l.drug_id and l.lot_number = 'BENCH1'
       where l.lot_number like 'BENCH%'`,
      [userId],
    ],
    [
      `insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, balance_after, unit_cost, fill_id, effective_at, recorded_at, user_id, tx_id)
       select f.branch_id, l.lot_id, f.drug_id, 'dispense', - f.quantity, l.quantity, l.unit_cost, f.fill_id, f.dispensed_at, f.dispensed_at, $1, '0'
       from operational.fills f join operational.inventory_lots l on l.drug_id = f.drug_id and l.branch_id = f.branch_id and l.lot_number = 'BENCH1'
       where f.prescription_id > ${FIRST} and f.status = 'dispensed'`,
      [userId],
    ],
    ['set session_replication_role = origin', []],
    ['select operational.close_movement_months()', []],
    ['vacuum (analyze)', []],
  ];
}

/** Prescriptions that wait, one each for as many patients as there are: what the fills of the measurement are made of. */
export function waiting({ branchId, userId, count }) {
  const from = FIRST * 2;
  return [
    ['set session_replication_role = replica', []],
    [
      `insert into operational.prescriptions (prescription_id, branch_id, rx_number, patient_id, drug_id, prescriber_id, quantity, days_supply, sig, dose_amount, dose_unit,
         frequency_per_day, refills_authorized, prescribed_date, expires_on, status, created_by)
       select ${from} + p.n, $1, 'RX' || (${from} + p.n), p.patient_id, d.drug_id, ${FIRST} + 1 + p.n % 300, 30, 30, 'Take 1 once daily', 1, 'tablet', 1, 2, current_date,
         current_date + 365, 'pending', $2
       from (select row_number() over (order by hashint8(patient_id)) as n, patient_id from operational.patients where patient_id > ${FIRST} order by 1 limit $3::int) p
       cross join bench_counts c
       join bench_drugs d on d.n = 1 + floor(c.drugs * ${share('p.n', 11)})::int`,
      [branchId, userId, count],
    ],
    ['set session_replication_role = origin', []],
    ['vacuum (analyze) operational.prescriptions', []],
  ];
}
