/** Milliseconds that this process has computed for: unlike the time on the clock, they hardly depend on what else the machine does. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
