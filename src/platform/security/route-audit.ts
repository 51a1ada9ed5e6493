import type { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';

import { ACCESS_RULE, HEAVY, IDEMPOTENT, STEP_UP, type AccessRule, type StepUpRule } from './decorators.js';

/** One route with what it asks of its caller, as listed in docs/generated/permissions.md. */
export interface RouteAccess {
  readonly handler: string;
  readonly method: string;
  readonly path: string;
  readonly rule: AccessRule;
  readonly idempotent: boolean;
  /** Only so many of its kind run at once, on connections of their own. */
  readonly heavy: boolean;
  readonly stepUp: StepUpRule | undefined;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'ALL', 'OPTIONS', 'HEAD'];
const asList = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).map((entry) => (typeof entry === 'string' ? entry : ''));

/**
 * Lists every route with its access rule and throws when one declares none: a handler without a declaration must not
 * even start, let alone answer.
 */
export function listRoutes(
  discovery: DiscoveryService,
  scanner: MetadataScanner,
  reflector: Reflector,
): RouteAccess[] {
  const routes: RouteAccess[] = [];
  const undeclared: string[] = [];
  for (const wrapper of discovery.getControllers()) {
    const controller = wrapper.metatype as (new (...args: never[]) => object) | null;
    if (!controller) continue;
    const prototype = controller.prototype as Record<string, (...args: unknown[]) => unknown>;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const handler = prototype[name];
      if (!handler) continue;
      const path: unknown = Reflect.getMetadata('path', handler);
      if (path === undefined) continue;
      const label = `${controller.name}.${name}`;
      const rule = reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [handler, controller]);
      if (!rule) {
        undeclared.push(label);
        continue;
      }
      const method = METHODS[Number(Reflect.getMetadata('method', handler))] ?? 'GET';
      const idempotent = reflector.get<boolean | undefined>(IDEMPOTENT, handler) === true;
      const stepUp = reflector.get<StepUpRule | undefined>(STEP_UP, handler);
      const heavy = reflector.getAllAndOverride<boolean | undefined>(HEAVY, [handler, controller]) === true;
      for (const base of asList(Reflect.getMetadata('path', controller)))
        for (const sub of asList(path))
          routes.push({ handler: label, method, path: joinPath(base, sub), rule, idempotent, heavy, stepUp });
    }
  }
  if (undeclared.length > 0)
    throw new Error(
      `These routes declare neither a permission nor that they are public: ${undeclared.join(', ')}`,
    );
  return routes.sort((a, b) => `${a.path} ${a.method}`.localeCompare(`${b.path} ${b.method}`, 'en'));
}

const joinPath = (base: string, sub: string): string =>
  `/api/${[base, sub]
    .map((part) => part.replace(/^\/+|\/+$/g, ''))
    .filter(Boolean)
    .join('/')}`;
