import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { type ListSearch, number, text } from './search-params';

/* Formulas and batches of what is compounded. Their texts, and those of stations and of the catalogue, travel with them. */

const texts = <Module>(load: () => Promise<Module>): Promise<Module> =>
  withTexts(['compounding', 'board', 'catalog', 'controlled', 'clinical'], load);

const batches = createRoute({
  getParentRoute: () => root,
  path: '/compounding',
  validateSearch: (
    search: Record<string, unknown>,
  ): {
    status?: string | undefined;
    ingredientLotId?: number | undefined;
    page?: number | undefined;
  } => ({
    status: text(search['status']),
    ingredientLotId: number(search['ingredientLotId']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(() => texts(() => import('./compounding-parts')), 'BatchesScreen'),
});

const begin = createRoute({
  getParentRoute: () => root,
  path: '/compounding/new',
  validateSearch: (
    search: Record<string, unknown>,
  ): {
    formulaId?: number | undefined;
    quantity?: string | undefined;
    prescriptionId?: number | undefined;
  } => ({
    formulaId: number(search['formulaId']),
    quantity: text(search['quantity']),
    prescriptionId: number(search['prescriptionId']),
  }),
  component: lazyRouteComponent(() => texts(() => import('./compounding-parts')), 'NewBatchScreen'),
});

const batch = createRoute({
  getParentRoute: () => root,
  path: '/compounding/batches/$batchId',
  component: lazyRouteComponent(() => texts(() => import('./compounding-parts')), 'BatchScreen'),
});

const formulas = createRoute({
  getParentRoute: () => root,
  path: '/compounding/formulas',
  validateSearch: (search: Record<string, unknown>): ListSearch & { status?: string | undefined } => ({
    q: text(search['q']),
    status: text(search['status']),
    page: number(search['page']),
  }),
  component: lazyRouteComponent(() => texts(() => import('./compounding-parts')), 'FormulasScreen'),
});

const newFormula = createRoute({
  getParentRoute: () => root,
  path: '/compounding/formulas/new',
  component: lazyRouteComponent(() => texts(() => import('./compounding-parts')), 'NewFormulaScreen'),
});

const formula = createRoute({
  getParentRoute: () => root,
  path: '/compounding/formulas/$formulaId',
  component: lazyRouteComponent(() => texts(() => import('./compounding-parts')), 'FormulaScreen'),
});

/** Every screen about compounding. */
export const compoundingRoutes = [batches, begin, batch, formulas, newFormula, formula] as const;
