import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Argument, Command } from 'commander';

import { packageRoot } from '../platform/package-root.js';
import { doctor } from './doctor.command.js';
import { importCatalogue } from './import.command.js';
import { migrate } from './migrate.command.js';
import { start } from './start.command.js';

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
    .description('load a catalogue; without --apply it is read and compared, and nothing is changed')
    .argument('<source>', 'a source Meditory ships a mapping for (egypt), or csv with --map')
    .argument('<files...>', 'files of the source, read as one release')
    .option('--apply', 'bring the rows into the catalogue')
    .option('--discontinue-many', 'apply although more products would be discontinued than the file lists')
    .option('--map <file>', 'mapping file of the source (JSON, see docs/imports.md)')
    .option('--rejects <file>', 'write every refused row to this CSV file')
    .option('--json', 'answer JSON')
    .action(importCatalogue);
  program
    .command('doctor')
    .description('check every invariant of the data and name the first row that breaks one; changes nothing')
    .option('--json', 'answer JSON')
    .action(doctor);

  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.stderr.write(`meditory: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
