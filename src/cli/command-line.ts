import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Argument, Command } from 'commander';

import { packageRoot } from '../platform/package-root.js';
import { bench } from './bench.command.js';
import { doctor } from './doctor.command.js';
import { importCatalogue } from './import.command.js';
import { legacyMove } from './legacy-move.command.js';
import { migrate } from './migrate.command.js';
import { start } from './start.command.js';
import { recoverUser } from './user.command.js';

/** The command line of Meditory. Every command explains itself with --help and exits with 1 when it fails. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  const program = new Command('meditory')
    .description('Open-source pharmacy ERP')
    .version(version)
    .showHelpAfterError();

  program
    .command('start', { isDefault: true })
    .description('run the server: embedded database (or DB_HOST), migrations, web UI on PORT (3000)')
    .action(start);
  program
    .command('migrate')
    .description('bring the database schema up to date, take steps back, or tell where it stands')
    .addArgument(new Argument('[direction]', 'what to do').choices(['up', 'down', 'status']).default('up'))
    .option('--steps <n>', 'how many migrations to take back (down)', '1')
    .option('--json', 'answer JSON')
    .action(migrate);
  program
    .command('import')
    .description(
      'load a catalogue; without --apply it is read and compared, and waits as a staged release. ' +
        'import rules <file> loads clinical rules. ' +
        'import fhir <files or folders> takes patients from FHIR bundles, each bundle whole or not at all. ' +
        'import list [source|rules] · show <id> · apply <id> · revert <id> · drop <id> act on releases',
    )
    .argument(
      '<source>',
      'a source (egypt, canada-dpd, rxnorm-prescribable, …), csv with --map, rules, fhir, or list|show|apply|revert|drop',
    )
    .argument(
      '[files...]',
      'files of the source, read as one release (plain, zip or gzip); or the number of a release',
    )
    .option('--apply', 'bring the rows into the catalogue')
    .option('--discontinue-many', 'apply although more products would be discontinued than the file lists')
    .option('--force', 'revert although products were edited since; those stay as they are')
    .option('--map <file>', 'mapping file of the source (JSON, see docs/imports.md)')
    .option('--kind <kind>', 'rules: interactions, allergies, contraindications or dosage')
    .option('--source <name>', 'rules: name of the source, whose rules alone are changed')
    .option('--dry-run', 'rules: read and compare, and keep nothing waiting')
    .option('--rejects <file>', 'write every refused row to this CSV file')
    .option('--branch <code>', 'branch that keeps the patients (fhir); the first one where none is named')
    .option('--report <file>', 'write what became of each bundle to this CSV file (fhir)')
    .option('--json', 'answer JSON')
    .action(importCatalogue);
  program
    .command('legacy-move')
    .description('take an older catalogue over from the schema public under its ids, or give it back')
    .addArgument(new Argument('[direction]', 'what to do').choices(['up', 'down']).default('up'))
    .option('--dry-run', 'report what a move would do and change nothing (up)')
    .option(
      '--rx-rules <source>',
      'what is prescription only where the catalogue does not say (or none)',
      'egypt',
    )
    .option('--discard-edits', 'give the catalogue back although products were edited since (down)')
    .option('--json', 'answer JSON')
    .action(legacyMove);
  program
    .command('doctor')
    .description('check every invariant of the data and name the first row that breaks one; changes nothing')
    .option('--json', 'answer JSON')
    .action(doctor);

  program
    .command('user')
    .description('let somebody in again who lost his password or second factor, when nobody else can')
    .addArgument(
      new Argument('<action>', 'recover: take his factors away, print a link to set a password').choices([
        'recover',
      ]),
    )
    .argument('<username>', 'his sign-in name')
    .option('--json', 'answer JSON')
    .action((_action: string, username: string, options: { json?: boolean }) =>
      recoverUser(username, options),
    );

  program
    .command('bench')
    .description(
      'measure, on data and a database made for it (search, search-http, import, screen); see docs/performance.md',
    )
    .argument('<name>', 'which bench')
    .argument('[args...]', 'its own options')
    .allowUnknownOption()
    .action(bench);

  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.stderr.write(`meditory: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
