import { rmSync } from 'fs';

export default function tearDown(): void {
  if (process.env.TMPDIR) rmSync(process.env.TMPDIR, { recursive: true, force: true });
}
