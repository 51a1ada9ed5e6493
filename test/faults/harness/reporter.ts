import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

import type { Reporter, TestCase, TestModule } from 'vitest/node';

import { REGISTRY } from '../registry/index.js';
import type { FaultTest } from '../registry/fault-test.types.js';
import type { Outcome, Results } from './report.js';

interface Options {
  readonly root: string;
  readonly wanted: readonly FaultTest[];
  readonly figures: string;
  readonly profile: string;
  /** Where the results are kept; undefined: nowhere. */
  readonly record: string | undefined;
}

/** Says of each numbered fault what became of its tests, and keeps it where that is wanted. A fault none of whose tests ran has failed. */
export class RegistryReporter implements Reporter {
  private readonly begun = Date.now();

  constructor(private readonly options: Options) {}

  onTestRunEnd(modules: readonly TestModule[]): void {
    const cases = modules.flatMap((module) => [...module.children.allTests()]);
    const figures = this.readFigures();
    const tests: Record<string, Outcome> = {};
    for (const test of this.options.wanted) {
      if (test.proofs.length === 0) continue;
      const outcome = { ...this.outcomeOf(test, cases), figures: figures.get(test.id) ?? [] };
      tests[test.id] = outcome;
      const told = outcome.failed > 0 ? `${outcome.failed} FAILED` : 'passed';
      console.info(`${test.id} ${test.name}: ${outcome.passed + outcome.failed} tests, ${told}`);
    }
    if (Object.values(tests).some(({ failed }) => failed > 0)) process.exitCode = 1;
    if (this.options.record !== undefined) this.keep(this.options.record, tests);
  }

  private outcomeOf(
    { id, proofs }: FaultTest,
    cases: readonly TestCase[],
  ): { passed: number; failed: number } {
    let [passed, failed] = [0, 0];
    for (const { file, title } of proofs) {
      const mine = cases.filter(
        (each) => each.module.moduleId === join(this.options.root, file) && each.fullName.includes(title),
      );
      if (!mine.some((each) => each.result().state === 'passed')) {
        failed += 1;
        console.error(`${id}: no test of ${file} passed that is called "${title}"`);
        continue;
      }
      passed += mine.filter((each) => each.result().state === 'passed').length;
      failed += mine.filter((each) => each.result().state === 'failed').length;
    }
    return { passed, failed };
  }

  private readFigures(): Map<string, Record<string, string | number>[]> {
    const read = new Map<string, Record<string, string | number>[]>();
    if (!existsSync(this.options.figures)) return read;
    for (const line of readFileSync(this.options.figures, 'utf8').split('\n')) {
      if (line === '') continue;
      const { id, figures } = JSON.parse(line) as { id: string; figures: Record<string, string | number> };
      read.set(id, [...(read.get(id) ?? []), figures]);
    }
    return read;
  }

  /** What was not run keeps what is known of it. */
  private keep(file: string, tests: Readonly<Record<string, Outcome>>): void {
    const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results).tests : {};
    const all = { ...before, ...tests };
    const results: Results = {
      profile: this.options.profile,
      seed: Number(process.env['MEDITORY_FAULTS_SEED']),
      seconds: Math.round((Date.now() - this.begun) / 1000),
      node: process.versions.node,
      cores: cpus().length,
      tests: Object.fromEntries(
        REGISTRY.flatMap(({ id }) => (all[id] === undefined ? [] : [[id, all[id]] as const])),
      ),
    };
    writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  }
}
