import { escapeLike } from '../../../platform/database/like.js';
import { foldText } from '../../../platform/text/fold.js';
import { medicineCodes } from '../reading/fhir-codes.domain.js';
import { SYSTEMS } from './elements.domain.js';
import type { Filter } from './search-query.domain.js';
import type { StringValue, TokenValue } from './search-values.domain.js';

/** Adds a parameter to the statement and answers its place ($3). */
export type Next = (value: unknown) => string;
/** A filter as SQL. The text depends on which parameters are given, never on their values. */
export type Condition = (filter: Filter, next: Next) => string;

const NOTHING = 'false';

const tokens = (filter: Filter): readonly TokenValue[] => (filter.type === 'token' ? filter.any : []);
const INTEGER = /^[1-9]\d{0,9}$/;
const integers = (texts: readonly (string | null)[]): number[] =>
  texts.flatMap((text) =>
    text !== null && INTEGER.test(text) && Number(text) <= 2_147_483_647 ? [Number(text)] : [],
  );

/** Ids of a resource that are numbers of ours. */
export const byId =
  (column: string): Condition =>
  (filter, next) =>
    `${column} = any (${next(integers(tokens(filter).map(({ code }) => code)))}::integer[])`;

/** Whose it is, by any number the person is or was on record under. */
export const byPatient =
  (column: string): Condition =>
  (filter, next) =>
    `${column} in (select operational.surviving_patient(x) from unnest(${next(integers(filter.type === 'reference' ? filter.any : []))}::integer[]) x)`;

/** Ids of allergies, with those that say of a patient that none is known ("none-12"). */
export const byAllergyId =
  (column: string): Condition =>
  (filter, next) => {
    const ids = tokens(filter).map(({ code }) => code);
    const known = integers(ids).filter((id) => id > 0);
    const none = integers(ids.map((id) => /^none-([1-9]\d*)$/.exec(id ?? '')?.[1] ?? null)).map((id) => -id);
    return `${column} = any (${next([...known, ...none])}::integer[])`;
  };

/** A reference to a resource whose id is a number of ours. */
export const byReference =
  (column: string): Condition =>
  (filter, next) =>
    `${column} = any (${next(integers(filter.type === 'reference' ? filter.any : []))}::integer[])`;

/** A code of a small list; a system, where one is named, must be one of `systems`. */
export const byCode =
  (expression: string, systems: readonly string[]): Condition =>
  (filter, next) => {
    const codes = tokens(filter).flatMap(({ system, code }) =>
      code !== null && (system === null || systems.includes(system)) ? [code] : [],
    );
    const anyOf = tokens(filter).some(({ system, code }) => code === null && systems.includes(system ?? ''));
    return `(${next(anyOf)}::boolean or ${expression} = any (${next(codes)}::text[]))`;
  };

/** Days: one range is two comparisons an index can serve; several are tried one by one. */
export const byDay =
  (column: string): Condition =>
  (filter, next) => {
    const ranges = filter.type === 'date' ? filter.any : [];
    const [first, ...more] = ranges;
    if (!first) return NOTHING;
    if (more.length === 0)
      return `(${column} >= coalesce(${next(first.from)}::date, '-infinity') and ${column} < coalesce(${next(first.to)}::date, 'infinity'))`;
    const [from, to] = [next(ranges.map((range) => range.from)), next(ranges.map((range) => range.to))];
    return `exists (select from unnest(${from}::date[], ${to}::date[]) as r (low, high)
      where ${column} >= coalesce(r.low, '-infinity') and ${column} < coalesce(r.high, 'infinity'))`;
  };

const strings = (filter: Filter): readonly StringValue[] => (filter.type === 'string' ? filter.any : []);

/** Any part of a name by its beginning, folded as the search of people folds it. Rests on the trigram index. */
export const byAnyName =
  (alias: string): Condition =>
  (filter, next) => {
    const exact = strings(filter).flatMap(({ text, match }) => (match === 'exact' ? [text] : []));
    const patterns = strings(filter).flatMap(({ text, match }) => {
      const folded = escapeLike(foldText(text));
      if (match === 'exact' || folded === '') return [];
      return match === 'contains' ? [`%${folded}%`] : [`${folded}%`, `% ${folded}%`];
    });
    const [own, all] = [next(exact), next(patterns)];
    return `(${alias}.name_folded like any (${all}::text[]) or ${own}::text[] && array[${alias}.first_name, ${alias}.last_name, ${alias}.first_name_ar, ${alias}.last_name_ar])`;
  };

/** One part of a name: found folded among all parts first, then compared where it stands. */
export const byNamePart =
  (alias: string, part: 'first_name' | 'last_name'): Condition =>
  (filter, next) => {
    const values = strings(filter).filter(({ text }) => foldText(text) !== '');
    const near = next(values.map(({ text }) => `%${escapeLike(foldText(text))}%`));
    const exact = next(values.flatMap(({ text, match }) => (match === 'exact' ? [text] : [])));
    const shaped = next(
      values.flatMap(({ text, match }) => {
        const pattern = escapeLike(text);
        return match === 'exact' ? [] : [match === 'contains' ? `%${pattern}%` : `${pattern}%`];
      }),
    );
    return `(${alias}.name_folded like any (${near}::text[]) and (${alias}.${part} ilike any (${shaped}::text[]) or ${alias}.${part}_ar ilike any (${shaped}::text[])
      or ${alias}.${part} = any (${exact}::text[]) or ${alias}.${part}_ar = any (${exact}::text[])))`;
  };

/** Phone numbers by their digits, however they were written. */
export const byPhone =
  (alias: string): Condition =>
  (filter, next) => {
    const digits = tokens(filter).flatMap(({ code }) => {
      const only = (code ?? '').replace(/\D/g, '');
      return only === '' ? [] : [only];
    });
    return `regexp_replace(translate(${alias}.phone, '٠١٢٣٤٥٦٧٨٩', '0123456789'), '\\D', '', 'g') = any (${next(digits)}::text[])`;
  };

/** Numbers of a person: ours, one kept on the record (`column` under `system`), and those of imported bundles. */
export const byPersonNumber =
  (
    alias: string,
    person: { id: string; ownSystem: string | null; column: string; system: string; type: string },
  ): Condition =>
  (filter, next) => {
    const { id, ownSystem, column, system, type } = person;
    const values = tokens(filter).flatMap((token) => (token.code === null ? [] : [token]));
    const under = (name: string): (string | null)[] =>
      values.flatMap((token) => (token.system === null || token.system === name ? [token.code] : []));
    const own = next(ownSystem === null ? [] : integers(under(ownSystem)));
    const kept = next(under(system));
    const [systems, codes] = [
      next(values.map((token) => token.system)),
      next(values.map(({ code }) => code)),
    ];
    return `(${alias}.${id} = any (${own}::integer[]) or ${alias}.${column} = any (${kept}::text[]) or ${alias}.${id} in (
      select r.${id} from unnest(${systems}::text[], ${codes}::text[]) as t (system, value)
      join operational.fhir_identities i on i.branch_id = $1 and i.resource_type = '${type}' and i.value = t.value and i.kind = 'identifier'
        and (t.system is null or i.system = t.system)
      join operational.fhir_resources r using (fhir_resource_id)))`;
  };

/** Products by their number here, their RxNorm concept, or their ATC code. `alias` is reference.drugs. */
export const byProductCode =
  (alias: string): Condition =>
  (filter, next) => {
    const values = tokens(filter).flatMap((token) => (token.code === null ? [] : [token]));
    const coded = (system: string): (string | null)[] =>
      values.flatMap(({ system: url, code }) => {
        if (url === null) return [code];
        const [known] = medicineCodes({
          coding: [{ system: url, code: code ?? undefined, display: undefined }],
          text: undefined,
        });
        return known?.system === system ? [known.code] : [];
      });
    const own = integers(
      values.flatMap(({ system, code }) => (system === null || system === SYSTEMS.drug ? [code] : [])),
    );
    return `(${alias}.drug_id = any (${next(own)}::integer[]) or ${alias}.atc_code = any (${next(coded('atc'))}::text[])
      or (${alias}.source = 'rxnorm-prescribable' and ${alias}.source_id = any (${next(coded('rxcui'))}::text[])))`;
  };

/** Allergens by their ingredient or group, by our numbers or the codes of others. `alias` is the allergy. */
export const byAllergenCode =
  (alias: string): Condition =>
  (filter, next) => {
    const values = tokens(filter).flatMap((token) => (token.code === null ? [] : [token]));
    const under = (name: string): (string | null)[] =>
      values.flatMap(({ system, code }) => (system === null || system === name ? [code] : []));
    const known = values.flatMap(({ system, code }): { system: string | null; code: string | null }[] =>
      system === null
        ? [{ system: null, code }]
        : medicineCodes({
            coding: [{ system, code: code ?? undefined, display: undefined }],
            text: undefined,
          }),
    );
    const [ingredients, groups] = [
      next(integers(under(SYSTEMS.ingredient))),
      next(under(SYSTEMS.allergenGroup)),
    ];
    const [systems, codes] = [next(known.map(({ system }) => system)), next(known.map(({ code }) => code))];
    const none = next(under('http://snomed.info/sct').includes('716186003'));
    return `(${alias}.ingredient_id = any (${ingredients}::integer[])
      or ${alias}.group_id in (select g.group_id from reference.ingredient_groups g where g.code = any (${groups}::text[]))
      or ${alias}.ingredient_id in (select c.ingredient_id from unnest(${systems}::text[], ${codes}::text[]) as t (system, code)
        join reference.ingredient_codes c on c.code = t.code and (t.system is null or c.system = t.system))
      or (${none}::boolean and ${alias}.allergy_id < 0))`;
  };

/** A yes or no. */
export const byFlag =
  (expression: string): Condition =>
  (filter, next) => {
    const flags = tokens(filter).flatMap(({ code }) =>
      code === 'true' || code === 'false' ? [code === 'true'] : [],
    );
    return `${expression} = any (${next(flags)}::boolean[])`;
  };
