// The architecture as rules. Dependency direction: web → API → operational → reference → platform.
const SLICE = '^src/(reference|operational)/([^/]+)/';
const ORM = ['node_modules/typeorm/', 'node_modules/@nestjs/typeorm/', 'node_modules/pg/'];

module.exports = {
  forbidden: [
    {
      name: 'reference-not-to-operational',
      comment: 'Master data knows nothing of the daily work.',
      severity: 'error',
      from: { path: '^src/reference/' },
      to: { path: '^src/operational/' },
    },
    {
      name: 'platform-knows-no-slice',
      comment: 'The platform knows no pharmacy word.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(reference|operational)/' },
    },
    {
      name: 'domain-is-pure',
      comment: 'A rule is a function of its arguments: no I/O, no framework.',
      severity: 'error',
      from: { path: '\\.domain\\.ts$' },
      to: { pathNot: ['\\.domain\\.ts$', '\\.types\\.ts$', '^src/platform/(errors|money|time|text)/'] },
    },
    {
      name: 'orm-only-in-data-files',
      comment: 'SQL and TypeORM live in entities, repositories and the platform.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '\\.test\\.ts$',
          '\\.(entity|repository|sql)\\.ts$',
          '^src/platform/(database|health)/',
          '^src/migrations/',
          '\\.module\\.ts$',
        ],
      },
      to: { path: ORM },
    },
    {
      name: 'other-slice-by-service-only',
      comment:
        'What a slice offers to others: its service, its types, its module, an entity as a relation target.',
      severity: 'error',
      from: { path: SLICE, pathNot: '\\.test\\.ts$' },
      to: { path: SLICE, pathNot: ['^src/$1/$2/', '\\.(service|module|types)\\.ts$', '\\.entity\\.ts$'] },
    },
    {
      name: 'migrations-are-frozen',
      comment: 'A migration must mean the same in ten years: it imports nothing of ours.',
      severity: 'error',
      from: { path: '^src/migrations/' },
      to: { path: '^src/', pathNot: '^src/migrations/' },
    },
    {
      name: 'web-uses-api-client-only',
      comment: 'The user interface knows the server through HTTP alone.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^src/' },
    },
    { name: 'no-file-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-slice-cycles',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/(reference|operational)/[^/]+$' },
      to: { path: '^src/(reference|operational)/[^/]+$', circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.ts$' },
  },
};
