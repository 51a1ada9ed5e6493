import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';

import { toDomainError } from '../errors/database-errors.js';
import type { FieldError, ProblemParams } from '../errors/domain-error.js';
import type { Logger } from '../log/logger.js';
import type { GuardedRequest } from '../security/decorators.js';

/** RFC 9457 problem details as every refusal and failure is answered. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly requestId: string;
  readonly params?: ProblemParams;
  readonly errors?: readonly FieldError[];
}

interface Reply {
  readonly sent: boolean;
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  send(body: unknown): unknown;
}

const TITLES: Readonly<Record<number, [code: string, title: string]>> = {
  400: ['invalid-request', 'Invalid request'],
  401: ['unauthenticated', 'Sign in first'],
  403: ['forbidden', 'Not permitted'],
  404: ['not-found', 'Not found'],
  405: ['method-not-allowed', 'Method not allowed'],
  406: ['not-acceptable', 'Not acceptable'],
  408: ['request-timeout', 'Sent too slowly'],
  413: ['content-too-large', 'Request too large'],
  414: ['uri-too-long', 'Address too long'],
  415: ['unsupported-media-type', 'Send application/json'],
  417: ['expectation-failed', 'Expectation failed'],
  429: ['too-many-requests', 'Too many requests'],
  431: ['headers-too-large', 'Headers too large'],
  503: ['temporarily-unavailable', 'Try again'],
};

/** Turns whatever was thrown into a problem; what is not a refusal is a 500 that says only the request id. */
export function toProblem(error: unknown, requestId: string): Problem {
  const refusal = toDomainError(error);
  if (refusal) {
    return {
      type: `/problems/${refusal.code}`,
      title: refusal.title,
      status: refusal.status,
      detail: refusal.message,
      instance: `urn:request:${requestId}`,
      requestId,
      ...(Object.keys(refusal.params).length > 0 ? { params: refusal.params } : {}),
      ...(refusal.errors.length > 0 ? { errors: refusal.errors } : {}),
    };
  }
  const status = statusOf(error);
  const [code, title] = TITLES[status] ?? ['internal-error', 'Something went wrong'];
  const detail =
    status >= 500
      ? 'The program failed; nothing was saved. Quote the request id when you ask for help.'
      : error instanceof Error
        ? error.message
        : title;
  return {
    type: `/problems/${code}`,
    title,
    status,
    detail,
    instance: `urn:request:${requestId}`,
    requestId,
  };
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  // Fastify's own refusals (body too large, malformed JSON, wrong media type) carry their status.
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number')
    return error.statusCode >= 400 && error.statusCode < 600 ? error.statusCode : 500;
  return 500;
}

/** Another shape errors have below a path, where a standard of its own asks for one. */
export interface ErrorFormat {
  /** Beginning of the paths, such as '/api/x'. */
  readonly below: string;
  readonly contentType: string;
  readonly render: (problem: Problem) => object;
}

const PROBLEM: ErrorFormat = {
  below: '/',
  contentType: 'application/problem+json; charset=utf-8',
  render: (problem) => problem,
};
const formats: ErrorFormat[] = [];

/** Says how errors below a path are answered; slices register theirs at import. */
export function registerErrorFormat(format: ErrorFormat): void {
  formats.push(format);
}

/** An error as the address asked for answers it. */
export function answerOf(problem: Problem, url: string): { contentType: string; body: object } {
  const path = url.split('?')[0] ?? '';
  const { contentType, render } =
    formats.find(({ below }) => path === below || path.startsWith(`${below}/`)) ?? PROBLEM;
  return { contentType, body: render(problem) };
}

/** Global filter: writes application/problem+json (or what the path's standard asks for) and logs what is ours to mend. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<GuardedRequest>();
    const reply = http.getResponse<Reply>();
    const problem = toProblem(error, request.id);
    request.refusedWith = problem.type.slice('/problems/'.length);
    if (problem.status === 500) this.logger.error({ requestId: request.id, err: error }, 'request failed');
    if (reply.sent) return;
    if (problem.status === 503) reply.header('retry-after', '1');
    const retryAfter = problem.params?.retryAfterSeconds;
    if (typeof retryAfter === 'number') reply.header('retry-after', String(retryAfter));
    const { contentType, body } = answerOf(problem, request.url);
    reply.status(problem.status).header('content-type', contentType).send(body);
  }
}
