/* global BUILD, self, caches, AbortSignal, Request, Response */

/*
 * Lets the program start without the server: keeps every file of one build, and nothing else. Answers of /api are never kept: what a till
 * needs without the server it keeps itself. `BUILD` is put in front of this by service-worker.plugin.ts.
 */

const CACHE = `meditory-${BUILD.version}`;
const PAGE = '/';
/** A person waits so long for the page of a server that does not answer. */
const PAGE_MS = 3_000;
const files = new Set(BUILD.files);

async function keepBuild() {
  const cache = await caches.open(CACHE);
  // Names of assets hold a hash of what is in them, so that the browser's own copy is as good; the page is asked for.
  await cache.addAll(
    BUILD.files.map((path) => (path.startsWith('/assets/') ? path : new Request(path, { cache: 'reload' }))),
  );
}

async function dropOtherBuilds() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The server's page where it answers, so that nobody works with an old one; else the one that was kept. */
async function page() {
  const answer = await fetch(PAGE, { signal: AbortSignal.timeout(PAGE_MS) }).catch(() => undefined);
  if (answer?.ok) return answer;
  return (await caches.match(PAGE)) ?? answer ?? Response.error();
}

async function kept(request) {
  return (await caches.match(request.url)) ?? fetch(request);
}

self.addEventListener('install', (event) => event.waitUntil(keepBuild()));
self.addEventListener('activate', (event) => event.waitUntil(dropOtherBuilds()));
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname === '/api' || pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') event.respondWith(page());
  else if (files.has(pathname)) event.respondWith(kept(request));
});
