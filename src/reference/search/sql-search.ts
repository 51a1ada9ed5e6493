import { Injectable } from '@nestjs/common';

import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import type {
  DrugMatches,
  DrugQuery,
  Found,
  Highlight,
  SearchEngine,
  Shelf,
  ShownTexts,
} from './search.types.js';
import { findHighlights, planSearch, type SearchPlan } from './sql-search.domain.js';
import { SqlSearchRepository, type Match } from './sql-search.repository.js';

/** Kinds of match where the query may stand in another name of an ingredient. */
const BY_SYNONYM = new Set<string | null>(['synonym', 'text']);

/** Search by PostgreSQL itself: always current, at every start, without typing errors and at a hundred times the cost. */
@Injectable()
export class SqlSearch implements SearchEngine {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly searching: SqlSearchRepository,
  ) {}

  find<Row>(ctx: RequestContext, query: DrugQuery, shelf: Shelf<Row>): Promise<Found<Row>> {
    const plan = planSearch(query.text);
    return this.uow.read(ctx, async (tx) => {
      const { offset, limit, filters } = query;
      const found = query.facets
        ? await this.searching.findMatches(tx, plan, filters, await shelf.inStock(tx), { offset, limit })
        : await this.searching.findSuggestions(tx, plan, limit);
      const ids = found.page.map(({ drugId }) => drugId);
      const bySynonym = found.page.filter(({ kind }) => BY_SYNONYM.has(kind)).map(({ drugId }) => drugId);
      const [rows, onHand, synonyms] = await Promise.all([
        shelf.rows(tx, ids),
        shelf.onHand(tx, ids),
        bySynonym.length > 0
          ? this.searching.findSynonyms(tx, bySynonym, plan.folded)
          : new Map<number, string>(),
      ]);
      const matches: DrugMatches = {
        hits: found.page.map((match) => ({
          ...match,
          highlights: (texts) => highlightsOf(texts, match, plan, synonyms.get(match.drugId)),
        })),
        total: found.total,
        isCapped: found.isCapped,
        facets: query.facets ? found.facets : null,
        didYouMean: null,
      };
      return { matches, rows, onHand };
    });
  }
}

function highlightsOf(
  texts: ShownTexts,
  { kind }: Match,
  plan: SearchPlan,
  synonym: string | undefined,
): Highlight[] {
  if (kind === null) return [];
  const fields: [Highlight['field'], string | null | undefined][] = [
    ['name', texts.name],
    ['nameAr', texts.nameAr],
    ...texts.ingredients.map(({ name }) => ['ingredient', name] as ['ingredient', string]),
    ['synonym', synonym],
  ];
  const found = fields.flatMap(([field, text]) => marked(field, text, plan));
  return found.length > 0 ? found : marked('activeRaw', texts.activeRaw, plan);
}

function marked(field: Highlight['field'], text: string | null | undefined, plan: SearchPlan): Highlight[] {
  if (text === null || text === undefined) return [];
  return findHighlights(plan, text).map((span) => ({ field, text, ...span }));
}
