/** Checks with what was asked and what was answered, and the table of them. */
export class Proof {
  private readonly results: { part: string; what: string; ok: boolean; answer: string; seconds: number }[] = [];

  private part = '';
  private closed = false;

  get failed(): number {
    return this.results.filter(({ ok }) => !ok).length;
  }

  /** What is checked from now on has a table of its own. */
  begin(part: string): void {
    this.part = part;
    console.log(`\n${part}`);
  }

  /** Nothing is checked or shown from now on: what is under way is being taken down. */
  close(): void {
    this.closed = true;
  }

  /**
   * Runs a check and shows it.
   *
   * @param asked who was asked, and what
   * @param check returns what was answered, in short; throws if it is not what it should be
   * @returns whether it held
   */
  async check(what: string, asked: string, check: () => Promise<string>): Promise<boolean> {
    const start = performance.now();
    let [ok, answer] = [true, ''];
    try {
      answer = await check();
    } catch (error) {
      [ok, answer] = [false, (error as Error).message];
    }
    if (this.closed) {
      throw new Abandoned();
    }
    const seconds = (performance.now() - start) / 1000;
    this.results.push({ part: this.part, what, ok, answer: answer.split('\n')[0], seconds });
    console.log(`${mark(ok)} ${what} (${seconds.toFixed(1)} s)\n    asked:    ${asked}\n    answered: ${answer.replaceAll('\n', '\n              ')}`);
    return ok;
  }

  /** A check without which the others mean nothing. */
  async require(what: string, asked: string, check: () => Promise<string>): Promise<void> {
    if (!await this.check(what, asked, check)) {
      throw new Abandoned();
    }
  }

  tables(): string {
    const width = Math.max(...this.results.map(({ what }) => what.length));
    const parts = [...new Set(this.results.map(({ part }) => part))];
    return parts.map(part => [part, ...this.results.filter(result => result.part === part).map(({ what, ok, answer, seconds }) =>
      `${mark(ok)} ${what.padEnd(width)}  ${seconds.toFixed(1).padStart(5)} s  ${shortened(answer)}`)].join('\n')).join('\n\n');
  }
}

/** The check before said why. */
export class Abandoned extends Error {}

const MAX_ANSWER = 76;
const shortened = (text: string) => text.length > MAX_ANSWER ? `${text.slice(0, MAX_ANSWER - 1)}…` : text;
const mark = (ok: boolean) => ok ? '✔' : '✘';

/** Throws unless it is so. */
export function expect(condition: unknown, otherwise: string): asserts condition {
  if (!condition) {
    throw new Error(otherwise);
  }
}

/** Asks again until the answer is there; gives up with the last error. */
export async function until<T>(seconds: number, ask: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > deadline) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}
