import { Argument, Command } from 'commander';

import { programVersion } from '../platform/package-root.js';
/** What a command needs is loaded when it is run: a question about backups does not wait for the whole pharmacy. */
const auditCommands = () => import('./audit.command.js');
const backupCommands = () => import('./backup.command.js');
const benchCommands = () => import('./bench.command.js');
const doctorCommands = () => import('./doctor.command.js');
const hubCommands = () => import('./hub.command.js');
const imports = () => import('./import.command.js');
const legacyMoves = () => import('./legacy-move.command.js');
const migrateCommands = () => import('./migrate.command.js');
const restoreCommands = () => import('./restore.command.js');
const standbyCommands = () => import('./standby.command.js');
const startCommands = () => import('./start.command.js');
const userCommands = () => import('./user.command.js');

type Run = (...given: never[]) => Promise<void> | void;

const from =
  <Name extends string, Of extends Readonly<Record<Name, Run>>>(load: () => Promise<Of>, name: Name) =>
  async (...given: Parameters<Of[Name]>): Promise<void> => {
    const commands = await load();
    await commands[name](...given);
  };

/** The command line of Meditory. Every command explains itself with --help and exits with 1 when it fails. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = new Command('meditory')
    .description('Open-source pharmacy ERP')
    .version(programVersion())
    .showHelpAfterError();

  program
    .command('start', { isDefault: true })
    .description('run the server: embedded database (or DB_HOST), migrations, web UI on PORT (3000)')
    .option('--without-proof', 'upgrade the database without a proven backup: there may be no way back')
    .action(from(startCommands, 'start'));
  program
    .command('migrate')
    .description('bring the database schema up to date, take steps back, or tell where it stands')
    .addArgument(new Argument('[direction]', 'what to do').choices(['up', 'down', 'status']).default('up'))
    .option('--steps <n>', 'how many migrations to take back (down)', '1')
    .option('--without-proof', 'upgrade without a proven backup of the last 24 hours (up)')
    .option('--json', 'answer JSON')
    .action(from(migrateCommands, 'migrate'));
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
    .action(from(imports, 'importCatalogue'));
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
    .action(from(legacyMoves, 'legacyMove'));
  program
    .command('doctor')
    .description('check every invariant of the data and name the first row that breaks one; changes nothing')
    .option('--json', 'answer JSON')
    .action(from(doctorCommands, 'doctor'));
  addAudit(program);
  addHub(program);

  program
    .command('backup')
    .description(
      'back everything up while work goes on, encrypted, and prove it by restoring a copy; list what there is, tell how it stands, prove one again, show the key',
    )
    .addArgument(
      new Argument('[action]', 'what to do')
        .choices(['run', 'list', 'status', 'prove', 'key'])
        .default('run'),
    )
    .argument('[id]', 'which backup (prove); the newest one where none is named')
    .option('--to <folder>', 'where backups lie (MEDITORY_BACKUP_DIR)')
    .option('--keep <n>', 'how many proven backups stay (MEDITORY_BACKUP_KEEP)')
    .option('--no-proof', 'do not restore a copy to prove it (run)')
    .option('--json', 'answer JSON')
    .action(from(backupCommands, 'backup'));
  program
    .command('restore')
    .description(
      'make an installation of a backup: as it was at a moment, or as late as there is anything. An installation that is there stays untouched unless --replace moves it aside',
    )
    .option('--from <folder>', 'where backups lie (MEDITORY_BACKUP_DIR)')
    .option('--backup <id>', 'which one; the newest that fits where none is named')
    .option('--to-time <instant>', 'as it was then, such as 2026-11-30T14:20:00Z')
    .option('--latest', 'as late as the archived log goes (the default)')
    .option('--into <folder>', 'the folder of the installation (MEDITORY_HOME)')
    .option('--key-file <file>', 'the key the backup was made with (MEDITORY_BACKUP_KEY_FILE)')
    .option('--replace', 'move what is in the folder aside, into a folder replaced-… in it')
    .option('--json', 'answer JSON')
    .action(from(restoreCommands, 'restore'));

  program
    .command('standby')
    .description(
      'a copy of the embedded database that follows it: create, start, stop, status, promote (make it the one that takes writes)',
    )
    .addArgument(
      new Argument('<action>', 'what to do').choices(['create', 'start', 'stop', 'status', 'promote']),
    )
    .option('--home <folder>', 'the folder of the standby (MEDITORY_HOME)')
    .option('--from <folder>', 'the folder of the installation that is followed; it runs (create)')
    .option('--name <name>', 'by what name it is known to the one it follows (create)', 'standby1')
    .option('--synchronous', 'acknowledge nothing the standby does not have (create)')
    .option('--force', 'promote although the one it follows runs: both take writes then')
    .option('--json', 'answer JSON')
    .action(from(standbyCommands, 'standby'));

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
      from(userCommands, 'recoverUser')(username, options),
    );

  program
    .command('bench')
    .description(
      'measure, on data and a database made for it (search, screen, checkout, fill, import, http, start, web; all of them; curve, audit, ledger, months, replica, hub and others); see docs/performance.md',
    )
    .argument('<name>', 'which bench')
    .argument('[args...]', 'its own options')
    .allowUnknownOption()
    .action(from(benchCommands, 'bench'));

  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.stderr.write(`meditory: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

function addHub(program: Command): void {
  const hub = program
    .command('hub')
    .description('master data of several pharmacies in one place: docs/hub.md');
  const json = ['--json', 'answer JSON'] as const;
  hub
    .command('publish')
    .description('make this installation the hub; again, it publishes what is new since')
    .option('--listen <address>', 'address of this machine branches come to (embedded database)')
    .option('--allow <network>', 'network they come from, such as 10.8.0.0/24 (embedded database)')
    .option('--beside-patients', 'publish although there are patients in this database')
    .option('--new-password', 'make another password for branches')
    .option(...json)
    .action(from(hubCommands, 'hubPublish'));
  hub
    .command('subscribe')
    .description('make this installation a branch: it takes products, lists and rules from the hub')
    .requiredOption('--from <address>', 'the hub: host:port/database')
    .option('--name <name>', 'how the hub calls this branch')
    .option('--sslmode <mode>', 'as PostgreSQL has it; verify-full over networks of others', 'prefer')
    .option('--adopt', 'have the catalogue of the hub in the place of another one')
    .option(...json)
    .action(from(hubCommands, 'hubSubscribe'));
  hub
    .command('status')
    .description('how hub and branches stand to each other; exit code 1 where something is to be seen to')
    .option(...json)
    .action(from(hubCommands, 'hubStatus'));
  hub
    .command('resync')
    .description('take the catalogue of the hub as a whole again, after a restoration or a long absence')
    .option(...json)
    .action(from(hubCommands, 'hubResync'));
  hub
    .command('leave')
    .description('branch: keep what there is and change it here again; hub: publish no more')
    .option(...json)
    .action(from(hubCommands, 'hubLeave'));
  hub
    .command('forget')
    .description('at the hub: keep no log for a branch that will not come again')
    .argument('<branch>', 'its name')
    .option(...json)
    .action(from(hubCommands, 'hubForget'));
}

function addAudit(program: Command): void {
  const audit = program
    .command('audit')
    .description('seal, anchor, prove, export and shorten the audit trail');
  const json = ['--json', 'answer JSON'] as const;
  audit
    .command('status')
    .description('where the chain stands')
    .option(...json)
    .action(from(auditCommands, 'auditStatus'));
  audit
    .command('seal')
    .description('seal what was written up to now')
    .option(...json)
    .action(from(auditCommands, 'auditSeal'));
  audit
    .command('anchor')
    .description('seal, and write the head of the chain to the file of anchors')
    .option(...json)
    .action(from(auditCommands, 'auditAnchor'));
  audit
    .command('verify')
    .description(
      'prove every row, seal and anchor; exit code 1 and the first row where something is not as it was sealed',
    )
    .option('--anchors <file>', 'anchors to compare with; the configured file where it is left out')
    .option('--file <file>', 'prove an export instead, without a database')
    .option('--month <month>', 'the seals of one month alone (2026-01)')
    .option('--detached <folder>', 'prove the files of what was taken out as well')
    .option(...json)
    .action(from(auditCommands, 'auditVerify'));
  audit
    .command('key')
    .description('make the file of keys, or add a key that seals from now on')
    .option(...json)
    .action(from(auditCommands, 'auditKey'));
  audit
    .command('restored')
    .description(
      'note that the database was restored from a backup: anchors after it are left out from now on',
    )
    .requiredOption('--reason <text>', 'why, and from which backup')
    .option(...json)
    .action(from(auditCommands, 'auditRestored'));
  audit
    .command('export')
    .description('write the rows of a time, with their seals, to a file that proves itself')
    .requiredOption('--from <day>', 'first day, or instant')
    .requiredOption('--to <day>', 'day, or instant, before which it ends')
    .requiredOption('--out <file>', 'file to write')
    .option(...json)
    .action(from(auditCommands, 'auditExport'));
  audit
    .command('prune')
    .description('take rows out that are older than some years and in an export; their seals stay')
    .requiredOption('--years <n>', 'how old a row must be')
    .requiredOption('--exported <file>', 'the export that has them')
    .option(...json)
    .action(from(auditCommands, 'auditPrune'));
  audit
    .command('detach')
    .description(
      'take whole months out, the oldest first: each is written to a file, proved, and its part dropped; its seals stay',
    )
    .requiredOption('--before <month>', 'months before this one (2020-01)')
    .option('--years <n>', 'how old their rows must be', '6')
    .requiredOption('--to <folder>', 'folder of the files; keep it as long as law asks for the trail')
    .option(...json)
    .action(from(auditCommands, 'auditDetach'));
}
