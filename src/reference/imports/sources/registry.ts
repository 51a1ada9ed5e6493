import type { CatalogueSource } from '../source.types.js';
import { CANADA_DPD } from './canada-dpd.js';
import { DRUGS_AT_FDA } from './drugs-at-fda.js';
import { FDA_NDC } from './fda-ndc.js';
import { OPENFDA } from './openfda.js';
import { RXNORM_PRESCRIBABLE } from './rxnorm-prescribable.js';

/** Sources that are read by code of their own; all others are mappings of delimited text (`csvSource`). */
export const CATALOGUE_SOURCES: readonly CatalogueSource[] = [
  CANADA_DPD,
  DRUGS_AT_FDA,
  FDA_NDC,
  OPENFDA,
  RXNORM_PRESCRIBABLE,
];
