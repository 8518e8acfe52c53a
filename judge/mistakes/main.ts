import { saidByCompiler, saidByConstructs, saidByJudges, saidByValidations } from './catch';
import { JUDGED_MISTAKES } from './left-to-judges';
import { ALARM_MISTAKES } from './with-alarms';
import { COMPILER_MISTAKES } from './with-compiler';
import { CONSTRUCT_MISTAKES } from './with-constructs';
import { TEMPLATE_MISTAKES } from './with-templates';

/** A mistake, who must notice it, and what was said of it. */
interface Row {
  readonly name: string;
  readonly by: string;
  readonly expected: string;
  readonly said: readonly string[];
}

function rowsOf(): Row[] {
  const compiled = saidByCompiler(COMPILER_MISTAKES);
  const judged = saidByJudges(JUDGED_MISTAKES);
  return [
    ...CONSTRUCT_MISTAKES.map(mistake => ({ name: mistake.name, by: 'construct', expected: mistake.rule, said: saidByConstructs(mistake) })),
    ...[...TEMPLATE_MISTAKES, ...ALARM_MISTAKES].map(mistake => ({ name: mistake.name, by: 'DataTierValidations', expected: mistake.validation, said: saidByValidations(mistake) })),
    ...COMPILER_MISTAKES.map(({ name, error }, index) => ({ name, by: 'TypeScript', expected: String(error), said: compiled[index] })),
    ...JUDGED_MISTAKES.map(({ name, judge, finding }, index) => ({ name, by: judge, expected: finding, said: judged[index] })),
  ];
}

const rows = rowsOf();
const missed = rows.filter(({ expected, said }) => !said.includes(expected));
const width = Math.max(...rows.map(({ name }) => name.length));
for (const { name, by, expected, said } of rows) {
  console.log(`${said.includes(expected) ? 'caught' : 'MISSED'}  ${name.padEnd(width)}  ${by}: ${expected}`);
}
for (const { name, expected, said } of missed) console.error(`MISSED: ${name}: ${expected} is not among [${said.join(', ')}]`);
console.log(`${rows.length - missed.length} of ${rows.length} mistakes are caught by whom they must be`);
process.exitCode = missed.length > 0 ? 1 : 0;
