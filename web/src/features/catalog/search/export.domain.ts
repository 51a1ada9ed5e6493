import { chosenFilters, type DrugFilters } from './filters.domain';

/** Filters of the list that is exported, before names of companies and categories have become ids. */
export interface ExportPlan {
  dosageForm?: string;
  route?: string;
  company?: string;
  category?: string;
  rxOnly?: boolean;
}

/**
 * What of a search can be exported as a list: one value of each filter. A searched text ranks and corrects, several
 * values and "in stock" are no filters of the list: then undefined, because a file of something else would mislead.
 */
export function exportPlan(query: string | undefined, filters: DrugFilters): ExportPlan | undefined {
  if (query !== undefined) return undefined;
  const plan: ExportPlan = {};
  for (const chosen of chosenFilters(filters)) {
    if (chosen.kind === 'flag') {
      if (chosen.name === 'inStock') return undefined;
      plan.rxOnly = chosen.value;
    } else {
      if (plan[chosen.name] !== undefined) return undefined;
      plan[chosen.name] = chosen.value;
    }
  }
  return plan;
}
