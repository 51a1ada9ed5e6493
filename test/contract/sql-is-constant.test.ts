// No SQL is made of what somebody sent: every text that reaches PostgreSQL is a constant, or is put together out of constants by a function that
// was read for it (trust.md T38, ASVS 1.2.4). ESLint refuses templates and joined texts in the call; this looks at where they come from.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';

/** Calls whose text is no constant in sight, by file and expression, and where it comes from. */
const HANDED_ON: Readonly<Record<string, string>> = {
  'src/operational/audit-seals/audit-seals.repository.ts: copyTo(sql.copyLines(after, to, most))':
    'copyLines: COPY takes no parameters',
  'src/operational/fhir/rest/fhir-read.repository.ts: count': 'searchStatements',
  'src/operational/fhir/rest/fhir-read.repository.ts: find': 'searchStatements',
  'src/operational/integrity/integrity.repository.ts: sql': 'a text of invariants.sql.ts',
  'src/operational/patients/patient-merges.repository.ts: findCandidates(COLUMNS)':
    'constants joined by findCandidates',
  'src/operational/patients/patients.repository.ts: count': 'one of two constants beside each other',
  'src/operational/patients/patients.repository.ts: find': 'one of two constants beside each other',
  'src/operational/prescription-documents/prescription-documents.repository.ts: statement':
    'one of two constants of the file',
  'src/operational/prescriptions/prescriptions.repository.ts: count': 'listQueries',
  'src/operational/prescriptions/prescriptions.repository.ts: find': 'listQueries',
  'src/operational/prescriptions/prescriptions.repository.ts: text': 'searchQuery',
  'src/operational/procurement/invoices/invoices.repository.ts: page': 'one of two constants',
  'src/operational/sales-reports/sales-reports.repository.ts: statement': 'constants of sales-reports.sql.ts',
  'src/platform/database/embedded-cluster.ts: setting': 'settings of our own, constants',
  'src/platform/database/embedded-cluster.ts: command': 'PostgreSQL quoted the name of the database',
  'src/platform/database/figure-connection.ts: text': 'its callers are looked at here',
  'src/platform/database/migrator.ts: command': 'PostgreSQL quoted the password',
  'src/platform/database/migrator.ts: statement': 'the roles of the cluster, constants',
  'src/platform/database/notification-listener.ts: this.statement': 'LISTEN of one of two constants',
  'src/platform/database/prepared.ts: new StatementBatch([{ name: statementName(text), text, values, resolve, reject }])':
    'its callers are looked at here',
  'src/platform/database/recovery/logical-export.ts: copyTo(command)':
    'PostgreSQL quoted the names of tables',
  'src/platform/database/recovery/logical-load.ts: command': 'PostgreSQL quoted the names of tables',
  "src/platform/database/recovery/logical-load.ts: copyFrom(rows[0]?.command ?? '')":
    'PostgreSQL quoted the names of the table and its columns',
  'src/platform/database/recovery/logical-load.ts: off': 'PostgreSQL quoted the names of triggers',
  'src/platform/database/recovery/logical-load.ts: on': 'PostgreSQL quoted the names of triggers',
  'src/platform/database/recovery/restore-cluster.ts: command':
    'PostgreSQL quoted the names of subscriptions',
  'src/platform/database/recovery/replication.ts: command':
    'commands of replication take no parameters: numbers, and names of slots of ours',
  'src/platform/database/recovery/replication.ts: query as unknown as pg.Submittable':
    'a command of replication, of numbers',
  'src/platform/database/recovery/replication.ts: stream as unknown as pg.Submittable':
    'a command of replication, of numbers and a label of ours',
  'src/platform/database/recovery/replication.ts: this.text': 'made in the same file',
  'src/platform/database/replicas/standby.ts: command': 'PostgreSQL quoted the name of the standby',
  'src/platform/database/spare-connection.ts: text': 'its callers are looked at here',
  'src/platform/database/tx.ts: new StatementBatch(statements)': 'its callers are looked at here',
  'src/platform/database/tx.ts: text': 'its callers are looked at here',
  'src/reference/clinical/rule-sets/rule-sets.repository.ts: statement':
    'statementsOf, one set for each kind of rule',
  'src/reference/clinical/rule-sets/rule-sets.repository.ts: statements.add':
    'statementsOf, one set for each kind of rule',
  'src/reference/clinical/rule-sets/rule-sets.repository.ts: statements.close':
    'statementsOf, one set for each kind of rule',
  'src/reference/clinical/rule-sets/rule-sets.repository.ts: statements.end':
    'statementsOf, one set for each kind of rule',
  'src/reference/clinical/rule-sets/rule-sets.repository.ts: statements.note':
    'statementsOf, one set for each kind of rule',
  'src/reference/clinical/rule-sets/rule-sets.repository.ts: statements.restore':
    'statementsOf, one set for each kind of rule',
  'src/reference/clinical/rule-sets/rule-sets.repository.ts: statements.tellMissing':
    'statementsOf, one set for each kind of rule',
  'src/reference/clinical/rule-sets/rule-sets.repository.ts: statements.tellStaged':
    'statementsOf, one set for each kind of rule',
  'src/reference/clinical/rulebook/rulebook.repository.ts: text': 'constants of rulebook.sql.ts',
  'src/reference/clinical/rules/versioned-rules.repository.ts: kind.pageSql':
    'a constant of each kind of rule',
  'src/reference/clinical/starter-rules.ts: statement': 'constants of starter-rules.sql.ts',
  'src/reference/coding/coding.repository.ts: text': 'constants of the file',
  'src/reference/drugs/drug-list.repository.ts: count.text': 'countStatement',
  'src/reference/drugs/drug-list.repository.ts: rows.text': 'pageStatement',
  'src/reference/drugs/drug-list.repository.ts: text': 'exportStatement',
  'src/reference/hub/hub-session.repository.ts: command': 'PostgreSQL quoted every name and value',
  'src/reference/hub/hub-session.repository.ts: statement': 'its callers are constants of their files',
  'src/reference/hub/hub-subscriber.repository.ts: command': 'PostgreSQL quoted the name of the snapshot',
  'src/reference/hub/hub-subscriber.repository.ts: copyFrom(command.write)':
    'PostgreSQL quoted the names of the table and its columns',
  'src/reference/hub/hub-subscriber.repository.ts: copyTo(command.read)':
    'PostgreSQL quoted the names of the table and its columns',
  "src/reference/hub/hub-subscriber.repository.ts: slotCommand('CREATE_REPLICATION_SLOT', slotName, \"LOGICAL pgoutput (SNAPSHOT 'export')\")":
    'commands of replication take no parameters: a name that was looked at',
  "src/reference/hub/hub-subscriber.repository.ts: slotCommand('DROP_REPLICATION_SLOT', slotName, 'WAIT')":
    'commands of replication take no parameters: a name that was looked at',
  'src/reference/imports/staging.repository.ts: copyFrom(statement)': 'COPY of constants of staging.sql.ts',
  'src/reference/legacy/legacy-move.repository.ts: statement': 'constants of the file',
  'src/reference/search/catalogue-copy.repository.ts: copyTo(sql.COPY_DOCUMENTS)': 'a constant',
  'src/reference/search/catalogue-copy.repository.ts: text': 'constants of catalogue-source.sql.ts',
  'src/reference/search/catalogue-source.repository.ts: text': 'constants of catalogue-source.sql.ts',
};

/** Functions that put SQL together, by file and name, and of what. */
const PUT_TOGETHER: Readonly<Record<string, string>> = {
  'src/operational/audit-seals/audit-seals.sql.ts: copyLines':
    'columns of ours and whole numbers, each looked at',
  'src/operational/fhir/rest/fhir-search.sql.ts: searchStatements':
    'conditions of a table of constants; values by parameter; the kind of resource is one of a list',
  'src/operational/insurance/claims.sql.ts: exported': 'a name of ours, when the module is loaded',
  'src/operational/integrity/invariants.sql.ts: firstBroken': 'constants, when the module is loaded',
  'src/operational/integrity/sales-invariants.sql.ts: differing':
    'names of tables of ours, when the module is loaded',
  'src/operational/integrity/sales-invariants.sql.ts: side':
    'names of tables of ours, when the module is loaded',
  'src/operational/patients/patient-duplicates.sql.ts: findCandidates': 'columns of ours',
  'src/operational/patients/patients.sql.ts: counted': 'constants, when the module is loaded',
  'src/operational/prescriptions/prescriptions.sql.ts: conditions': 'places of parameters',
  'src/operational/prescriptions/prescriptions.sql.ts: listQueries': 'conditions',
  'src/operational/prescriptions/prescriptions.sql.ts: newest': 'constants of searchQuery',
  'src/operational/prescriptions/prescriptions.sql.ts: searchQuery': 'conditions',
  'src/operational/sales-reports/sales-reports.sql.ts: report': 'constants, when the module is loaded',
  'src/operational/stock-reports/stock-reports.sql.ts: asOf': 'constants, when the module is loaded',
  'src/operational/work-board/work-board.sql.ts: open': 'constants, when the module is loaded',
  'src/operational/work-board/work-board.sql.ts: standing': 'constants, when the module is loaded',
  'src/reference/clinical/rule-sets/rule-sets.sql.ts: statementsOf':
    'tables and columns of ours, when the module is loaded',
  'src/reference/clinical/starter-rules.sql.ts: statementsFor':
    'tables and columns of ours, when the module is loaded',
  'src/reference/drugs/drug-list.sql.ts: countStatement':
    'conditions of a table of constants; values by parameter',
  'src/reference/drugs/drug-list.sql.ts: exportStatement':
    'conditions of a table of constants; values by parameter',
  'src/reference/drugs/drug-list.sql.ts: pageStatement': 'the same, and an order of a table of constants',
};

const SENDS = new Set(['query', 'execute', 'one', 'maybeOne', 'queryPrepared']);
const SQL =
  /^\s*(?:select|insert|update|delete|with|merge|copy|call|set|create|alter|drop|order by|where|and|from|join)\b/i;
const CONSTANT = /^[A-Z][A-Z0-9_]*$/;

function isConstant(node: ts.Expression): boolean {
  if (ts.isStringLiteralLike(node)) return true;
  if (ts.isIdentifier(node)) return CONSTANT.test(node.text);
  if (ts.isPropertyAccessExpression(node))
    return CONSTANT.test(node.name.text) || isConstant(node.expression);
  if (ts.isElementAccessExpression(node)) return isConstant(node.expression);
  if (ts.isConditionalExpression(node)) return isConstant(node.whenTrue) && isConstant(node.whenFalse);
  if (ts.isParenthesizedExpression(node)) return isConstant(node.expression);
  return false;
}

/** The name of the function a node stands in; undefined at the level of the module. */
function functionOf(node: ts.Node): string | undefined {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    if (!ts.isFunctionLike(at)) continue;
    if (at.name) return at.name.getText();
    const holder = at.parent;
    if (holder && (ts.isVariableDeclaration(holder) || ts.isPropertyAssignment(holder)))
      return holder.name.getText();
  }
  return undefined;
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(entry.name),
    )
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('SQL of the server', () => {
  const sent = new Set<string>();
  const made = new Set<string>();
  let calls = 0;

  beforeAll(() => {
    const root = packageRoot();
    for (const file of filesBelow(join(root, 'src'))) {
      const name = relative(root, file);
      if (name.startsWith('src/migrations/')) continue;
      const holdsSql = /\.(sql|repository|service)\.ts$|^src\/platform\//.test(name);
      const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
      const look = (node: ts.Node): void => {
        if (ts.isCallExpression(node)) {
          const called = ts.isPropertyAccessExpression(node.expression)
            ? node.expression.name.text
            : node.expression.getText();
          const text = called === 'queryPrepared' ? node.arguments[1] : node.arguments[0];
          if (SENDS.has(called) && text) {
            calls += 1;
            if (!isConstant(text)) sent.add(`${name}: ${text.getText().replace(/\s+/g, ' ')}`);
          }
        }
        if (holdsSql && ts.isTemplateExpression(node) && SQL.test(node.head.text)) {
          const where = functionOf(node);
          if (where !== undefined && !node.templateSpans.every((span) => isConstant(span.expression)))
            made.add(`${name}: ${where}`);
        }
        ts.forEachChild(node, look);
      };
      look(source);
    }
  });

  it('is sent as a constant, but where the list says whose constant it is', () => {
    expect(calls).toBeGreaterThan(700);
    expect([...sent].sort()).toEqual(Object.keys(HANDED_ON).sort());
  });

  it('is put together by no function but those of the list', () => {
    expect([...made].sort()).toEqual(Object.keys(PUT_TOGETHER).sort());
  });
});
