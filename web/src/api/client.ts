import { noteAge } from './late-answers';
import { Problem, problemFromResponse } from './problem';
import { suspectServer } from './reach';
import { noteStorage } from './storage-low';

/** Values a query string can carry; `undefined` and empty text are left out, each value of a list is repeated. */
export type Query = Record<string, string | number | boolean | readonly string[] | undefined>;

interface CallOptions {
  query?: Query;
  body?: unknown;
  /** Same key on every retry of one user intention: the server then does the work at most once. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  accept?: string;
  /** The branch it is for, where that is not the one worked at now. */
  branchId?: number | undefined;
}

const BASE = '/api';

/** Where a 401 says that somebody proved nothing, not that a session ended. */
const PROOFS: ReadonlySet<string> = new Set(['/auth/login', '/auth/unlock', '/auth/passkey']);

/** Waits, ms, until the cookie that another call brought is there. */
const RENEWED_MS = 250;

let branchId: number | undefined;
/** A call went through: a session was there. */
let hadSession = false;
let confirm: ((problem: Problem) => Promise<boolean>) | undefined;
const signedOutListeners = new Set<() => void>();

/** Sets the branch sent as `X-Branch-Id` with every later call. */
export function setBranchId(id: number | undefined): void {
  branchId = id;
}

/** Says who asks the user to prove again who he is; true: he did, and what was refused is sent once more. */
export function onStepUp(ask: typeof confirm): void {
  confirm = ask;
}

/** Calls `listener` whenever the server answers 401 to a call other than sign-in; returns the unsubscribe. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

function queryString(query: Query | undefined): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (Array.isArray(value)) value.forEach((one: string) => params.append(name, one));
    else if (value !== undefined && value !== '') params.set(name, String(value));
  }
  const encoded = params.toString();
  return encoded === '' ? '' : `?${encoded}`;
}

async function send(method: string, path: string, options: CallOptions): Promise<Response> {
  const headers = new Headers({ Accept: options.accept ?? 'application/json' });
  if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  const branch = options.branchId ?? branchId;
  if (branch !== undefined) headers.set('X-Branch-Id', String(branch));
  if (options.idempotencyKey !== undefined) headers.set('Idempotency-Key', options.idempotencyKey);
  try {
    return await fetch(BASE + path + queryString(options.query), {
      method,
      headers,
      credentials: 'same-origin',
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    void suspectServer();
    throw new Problem({ status: 0, code: 'unreachable', title: 'The server cannot be reached' });
  }
}

async function sendOrThrow(
  method: string,
  path: string,
  options: CallOptions,
  isAgain = false,
): Promise<Response> {
  const response = await send(method, path, options);
  noteStorage(response);
  if (response.ok) {
    noteAge(path, response);
    hadSession = true;
    return response;
  }
  const problem = await problemFromResponse(response);
  if (!isAgain && (await mayGoNow(problem, path))) return sendOrThrow(method, path, options, true);
  if (problem.status >= 502 && problem.status <= 504) void suspectServer();
  if (problem.status === 401 && !PROOFS.has(path)) signedOutListeners.forEach((listener) => listener());
  throw problem;
}

/** Whether what was refused, and did nothing, may be sent once more. */
async function mayGoNow(problem: Problem, path: string): Promise<boolean> {
  // Some commands take the confirmation itself, which their own screens ask for.
  const { accepts, asToken } = (problem.params['stepUp'] ?? {}) as { accepts?: unknown; asToken?: boolean };
  if (accepts !== undefined && asToken === false && confirm) return confirm(problem);
  if (problem.status !== 401 || !hadSession || PROOFS.has(path)) return false;
  // A confirmation in another call or tab may have given the session another cookie meanwhile.
  await new Promise((resolve) => setTimeout(resolve, RENEWED_MS));
  return true;
}

async function call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
  const response = await sendOrThrow(method, path, options);
  if (response.status === 204 || response.headers.get('Content-Length') === '0') return undefined as T;
  return (await response.json()) as T;
}

/**
 * Sends a form with files; `onProgress` is told the share of it that has been sent (fetch cannot tell).
 * Throws Problem like every other call.
 */
function upload<T>(path: string, form: FormData, onProgress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', BASE + path);
    request.setRequestHeader('Accept', 'application/json');
    if (branchId !== undefined) request.setRequestHeader('X-Branch-Id', String(branchId));
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    };
    request.onerror = () =>
      reject(new Problem({ status: 0, code: 'unreachable', title: 'The server cannot be reached' }));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300)
        return resolve(JSON.parse(request.responseText) as T);
      if (request.status === 401) signedOutListeners.forEach((listener) => listener());
      const answer = new Response(request.responseText, { status: request.status });
      problemFromResponse(answer).then(reject, reject);
    };
    request.send(form);
  });
}

/** Address of a file the browser downloads by itself, so that it never has to fit into memory. */
export function downloadAddress(path: string, query?: Query): string {
  return BASE + path + queryString(query);
}

/** The only door to the server: cookie session, branch header, problem+json turned into `Problem`. */
export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => call<T>('GET', path, { query, signal }),
  post: <T>(path: string, body?: unknown, idempotencyKey?: string, atBranch?: number) =>
    call<T>('POST', path, { body, idempotencyKey, branchId: atBranch }),
  /** A list searched for by what names a person: by a body, since browsers and proxies keep addresses. */
  search: <T>(path: string, asked: Query, signal?: AbortSignal) =>
    call<T>('POST', `${path}/search`, { body: asked, signal }),
  /** A page to print; with `body` it is made by a command. */
  html: async (path: string, query?: Query, body?: unknown): Promise<string> => {
    const method = body === undefined ? 'GET' : 'POST';
    const response = await sendOrThrow(method, path, { query, body, accept: 'text/html' });
    return response.text();
  },
  csv: async (path: string, query?: Query): Promise<string> => {
    const response = await sendOrThrow('GET', path, { query, accept: 'text/csv' });
    return response.text();
  },
  file: async (path: string, query?: Query): Promise<Blob> =>
    (await sendOrThrow('GET', path, { query, accept: '*/*' })).blob(),
  /** An answer that does not end; read it until `signal` ends it. */
  stream: (path: string, signal: AbortSignal) =>
    sendOrThrow('GET', path, { signal, accept: 'text/event-stream' }),
  put: <T>(path: string, body: unknown) => call<T>('PUT', path, { body }),
  patch: <T>(path: string, body: unknown) => call<T>('PATCH', path, { body }),
  delete: (path: string, body?: object) => call<void>('DELETE', path, { body }),
  upload,
};
