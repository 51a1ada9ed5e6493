/** One field's complaint inside an RFC 9457 problem document. */
export interface ProblemField {
  /** JSON pointer into the request body, such as `/items/0/quantity`. */
  pointer: string;
  detail: string;
}

interface ProblemBody {
  type?: unknown;
  title?: unknown;
  status?: unknown;
  detail?: unknown;
  requestId?: unknown;
  errors?: unknown;
  params?: unknown;
}

/**
 * A refusal by the server (RFC 9457), or a failed connection (`status` 0, `code` "unreachable").
 * Screens switch on `code`, never on text.
 */
export class Problem extends Error {
  readonly status: number;
  /** Stable last segment of the problem's `type`, such as `insufficient-stock`. */
  readonly code: string;
  readonly detail: string;
  /** Request id to quote to whoever looks after the server. */
  readonly requestId: string | undefined;
  readonly fields: ProblemField[];
  readonly params: Record<string, unknown>;

  constructor(init: {
    status: number;
    code: string;
    title: string;
    detail?: string;
    requestId?: string;
    fields?: ProblemField[];
    params?: Record<string, unknown>;
  }) {
    super(init.title);
    this.name = 'Problem';
    this.status = init.status;
    this.code = init.code;
    this.detail = init.detail ?? '';
    this.requestId = init.requestId;
    this.fields = init.fields ?? [];
    this.params = init.params ?? {};
  }

  /** No answer arrived, so it is unknown whether the server did the work; a retry with the same key is safe. */
  get outcomeUnknown(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 504;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toFields(value: unknown): ProblemField[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((entry) => ({
    pointer: text(entry['pointer']) ?? '',
    detail: text(entry['detail']) ?? '',
  }));
}

/** Reads a failed response; a body that is not problem+json still gives a usable Problem. */
export async function problemFromResponse(response: Response): Promise<Problem> {
  const raw: unknown = await response.json().catch(() => undefined);
  const body: ProblemBody = isRecord(raw) ? raw : {};
  return new Problem({
    status: response.status,
    code: text(body.type)?.split('/').at(-1) ?? `http-${response.status}`,
    title: text(body.title) ?? `HTTP ${response.status}`,
    detail: text(body.detail),
    requestId: text(body.requestId) ?? response.headers.get('X-Request-Id') ?? undefined,
    fields: toFields(body.errors),
    params: isRecord(body.params) ? body.params : {},
  });
}

/** The Problem behind an unknown error, so that screens need no casts. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({ status: 0, code: 'unexpected', title: error instanceof Error ? error.message : '' });
}
