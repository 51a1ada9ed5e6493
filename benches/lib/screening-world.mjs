// What is screened: products, patients and rules, the same in every run, as dense as the large published lists.

const PATIENTS = 40;
export const ACTIVE = 12;
/** Ingredients the rules are about: as many, and pairs as dense, as in the large published lists (one pair in eight). */
const INGREDIENTS = 1800;

/** Products, patients and rules, past every trigger: loading 200,000 audited rules is not what is measured. */
const fill = (products) => [
  'set session_replication_role = replica',
  `insert into operational.branches (code, name) values ('BENCH', 'Bench')`,
  // Seven products in ten of one ingredient, two of two, one of three; of those ingredients that groups hold first.
  `create temporary table pool as
   select ingredient_id, row_number() over (order by (select count(*) from reference.ingredient_group_members m where m.ingredient_id = i.ingredient_id) desc, ingredient_id) as n
   from reference.ingredients i where kind = 'substance'`,
  `insert into reference.drugs (name, name_folded, price, base_unit, units_per_pack, route, ingredient_status)
   select 'Bench ' || n, 'bench ' || n, 10, 'tablet', 30, 'oral', 'linked' from generate_series(1, ${products}) n`,
  `insert into reference.drug_ingredients (drug_id, position, ingredient_id, raw_text, amount, unit)
   select d.drug_id, k, p.ingredient_id, 'bench', 100 * k, 'mg'
   from reference.drugs d, generate_series(1, 3) k, pool p
   where k <= case when d.drug_id % 10 < 7 then 1 when d.drug_id % 10 < 9 then 2 else 3 end and p.n = 1 + (d.drug_id * 7 + k * 131) % 600`,
  `insert into reference.drug_interactions (code, rule_set, ingredient_a_id, ingredient_b_id, severity, mechanism, description, management, evidence, source)
   select 'bench:' || a.ingredient_id || '+' || b.ingredient_id, 'bench', a.ingredient_id, b.ingredient_id,
     (array['major', 'moderate', 'minor', 'moderate'])[1 + (a.n + b.n) % 4], 'Some mechanism in words', 'What happens to the patient, in a sentence.',
     'What to do about it, in a sentence or two.', 'probable', 'generated for the bench'
   from pool a join pool b on ('ingredient:' || a.ingredient_id) collate "C" < ('ingredient:' || b.ingredient_id) collate "C"
   where a.n <= ${INGREDIENTS} and b.n <= ${INGREDIENTS} and hashint8(a.n * 100000 + b.n) & 1023 < $1::float8 * 1024 / ${(INGREDIENTS * (INGREDIENTS - 1)) / 2}
   on conflict do nothing`,
  `insert into operational.patients (branch_id, first_name, last_name, name_folded, birth_date, sex, weight_kg, egfr, pregnant, lactating, allergy_status)
   select b.branch_id, 'Bench', n::text, 'bench ' || n, date '1948-01-01' + n * 97, case n % 2 when 0 then 'male' else 'female' end, 60 + n % 30, 25 + n, false, false, 'recorded'
   from operational.branches b, generate_series(1, ${PATIENTS}) n where b.code = 'BENCH'`,
  `insert into operational.patient_allergies (patient_id, branch_id, ingredient_id)
   select t.patient_id, t.branch_id, p.ingredient_id from operational.patients t, generate_series(1, 4) k, pool p where p.n = 1 + (t.patient_id * 13 + k * 57) % 400`,
  `insert into operational.patient_conditions (patient_id, branch_id, icd10, name)
   select t.patient_id, t.branch_id, (array['I50', 'N18.3', 'J45', 'E11.9', 'K25', 'G40', 'I10', 'D68.3'])[1 + (t.patient_id + k) % 8], 'Condition ' || k
   from operational.patients t, generate_series(1, 5) k`,
  `insert into operational.prescribers (first_name, last_name, name_folded, licence_number) values ('Bench', 'Prescriber', 'bench prescriber', 'BENCH')`,
  `insert into operational.prescriptions (branch_id, patient_id, drug_id, prescriber_id, quantity, days_supply, sig, dose_amount, dose_unit, frequency_per_day, prescribed_date, expires_on)
   select t.branch_id, t.patient_id, d.drug_id, r.prescriber_id, 30, 30, 'as directed', 1, 'tablet', 2, current_date, current_date + 300
   from operational.patients t, generate_series(1, ${ACTIVE}) k, operational.prescribers r,
     (select min(drug_id) as first from reference.drugs where name like 'Bench %') b,
     lateral (select b.first + (t.patient_id * 41 + k * 97) % ${products} as drug_id) d`,
  `insert into operational.user_branches (user_id, branch_id)
   select u.user_id, b.branch_id from operational.users u, operational.branches b where b.code = 'BENCH' on conflict do nothing`,
  `insert into reference.rule_changes (place, kind, keys) values (nextval('reference.rule_place_seq'), 'rebuild', '{}')`,
  'set session_replication_role = origin',
  'analyze',
];

/** Loads so many products and rules; answers what to screen. */
export async function loadScreening(owner, { products, rules }) {
  for (const statement of fill(products))
    await owner.query(statement, statement.includes('$1') ? [rules] : []);
  const ids = async (text) => (await owner.query(text)).rows.map(({ id }) => id);
  const [branchId] = await ids("select branch_id as id from operational.branches where code = 'BENCH'");
  const [loaded] = await ids(
    'select count(*)::int as id from reference.drug_interactions where valid_to is null',
  );
  return {
    branchId,
    rules: loaded,
    patients: await ids(
      `select patient_id as id from operational.patients where branch_id = ${branchId} order by 1`,
    ),
    drugs: await ids("select drug_id as id from reference.drugs where name like 'Bench %' order by 1"),
  };
}

/**
 * Every pair of ingredients of the products given ($1) and of what the patient takes ($2) that a rule names directly, in one statement: rules about
 * groups, allergies, conditions, doses and coverage are not in it. The least that any screening asks of PostgreSQL.
 */
export const PAIRS = `
with taken as (
  select distinct i.ingredient_id from reference.drug_ingredients i
  where i.drug_id = any ($1) or i.drug_id in (select p.drug_id from operational.prescriptions p where p.patient_id = $2))
select r.code, r.severity, r.description, r.management
from taken a join taken b on b.ingredient_id <> a.ingredient_id
join reference.drug_interactions r on r.ingredient_a_id = a.ingredient_id and r.ingredient_b_id = b.ingredient_id and r.valid_to is null`;
