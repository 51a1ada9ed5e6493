import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { withTexts } from '../i18n/i18n';
import { root } from './root-route';
import { type BoardSearch, flag } from './search-params';

/* The work of the dispensary as it stands. Its texts travel with it, not with the first load. */

const board = createRoute({
  getParentRoute: () => root,
  path: '/prescriptions',
  validateSearch: (search: Record<string, unknown>): BoardSearch => ({
    mine: flag(search['mine']) === true ? true : undefined,
  }),
  component: lazyRouteComponent(
    () => withTexts('board', () => import('../features/board/board-screen')),
    'BoardScreen',
  ),
});

/** The work board. */
export const boardRoutes = [board] as const;
