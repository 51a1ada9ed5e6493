import { createRootRoute } from '@tanstack/react-router';
import { NotFound } from './not-found';
import { Shell } from './shell';

/** The route above all others: the frame around every screen. */
export const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
