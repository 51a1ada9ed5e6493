import { z } from 'zod';

import { BodyPaging, Id, MoneyText, Paging, QueryFlag, text } from '../../platform/http/schemas.js';
import { HIGHLIGHT_FIELDS, MATCH_KINDS } from '../search/search.types.js';

/** Values of one filter: given once or several times ("one of"). */
const values = (max: number) =>
  z
    .union([text(max), z.array(text(max)).max(50)])
    .transform((given) => (typeof given === 'string' ? [given] : given))
    .optional();

/** The search box and its filters; an empty or missing `q` lists everything by name. */
export const DrugSearchQuery = z.strictObject({
  ...Paging,
  q: text(500, 0).default(''),
  dosageForm: values(100),
  route: values(100),
  category: values(300),
  company: values(300),
  rxOnly: QueryFlag.optional(),
  inStock: QueryFlag.optional(),
});
export type DrugSearchQuery = z.output<typeof DrugSearchQuery>;

/** The same from a box where names of people are typed as well, without filters. */
export const SearchDrugs = z
  .strictObject({ ...BodyPaging, q: DrugSearchQuery.shape.q })
  .meta({ id: 'SearchDrugs' });

export const DrugSuggestQuery = z.strictObject({ q: text(500) });

const Match = z.object({
  /** Null when nothing was asked for. */
  kind: z.enum(MATCH_KINDS).nullable(),
  /** Where the words of the query stand: characters `start` to `end` of `text`, the content of `field`. */
  highlights: z.array(
    z.object({
      field: z.enum(HIGHLIGHT_FIELDS),
      text: z.string(),
      start: z.int(),
      end: z.int(),
    }),
  ),
});

export const DrugSearchHit = z
  .object({
    drugId: Id,
    name: z.string(),
    nameAr: z.string().nullable(),
    ingredients: z.array(z.object({ name: z.string(), amount: z.string().nullable() })),
    strength: z.string().nullable(),
    dosageForm: z.string().nullable(),
    route: z.string().nullable(),
    company: z.string().nullable(),
    category: z.string().nullable(),
    price: MoneyText,
    baseUnit: z.string(),
    unitsPerPack: z.string(),
    rxOnly: z.boolean(),
    status: z.enum(['active', 'discontinued', 'recalled']),
    match: Match,
    stockOnHand: z.string(),
  })
  .meta({ id: 'DrugSearchHit' });
export type DrugSearchHit = z.output<typeof DrugSearchHit>;

const valueFacet = z.array(z.object({ value: z.string(), count: z.int() }));
const flagFacet = z.array(z.object({ value: z.boolean(), count: z.int() }));

export const DrugSearchResult = z
  .object({
    data: z.array(DrugSearchHit),
    meta: z.object({
      total: z.int(),
      page: z.int(),
      limit: z.int(),
      tookMs: z.number(),
      /** True: there are more matches than are looked at; total and facets count the best of them only. */
      capped: z.boolean(),
      /** What was probably meant, where words were corrected; ready to be searched for. */
      didYouMean: z.string().optional(),
    }),
    facets: z.object({
      dosageForm: valueFacet,
      route: valueFacet,
      category: valueFacet,
      company: valueFacet,
      rxOnly: flagFacet,
      inStock: flagFacet,
    }),
  })
  .meta({ id: 'DrugSearchResult' });
export type DrugSearchResult = z.output<typeof DrugSearchResult>;

export const DrugSuggestions = z
  .object({
    data: z.array(
      z.object({
        drugId: Id,
        name: z.string(),
        nameAr: z.string().nullable(),
        strength: z.string().nullable(),
        dosageForm: z.string().nullable(),
        price: MoneyText,
        rxOnly: z.boolean(),
        kind: z.enum(MATCH_KINDS).nullable(),
      }),
    ),
  })
  .meta({ id: 'DrugSuggestions' });
export type DrugSuggestions = z.output<typeof DrugSuggestions>;
