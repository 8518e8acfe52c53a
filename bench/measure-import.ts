/** Loads one file in a process of its own, and prints how many milliseconds of processor time it took: WAY. */
import { processorTime } from './processor-time';

async function main([way]: string[]): Promise<number> {
  const start = processorTime();
  await (way === 'library' ? import('./import-library.js') : import('./import-nothing.js'));
  return processorTime() - start;
}

void main(process.argv.slice(2)).then(milliseconds => console.log(milliseconds));
