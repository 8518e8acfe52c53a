import { isLongEnough, parseDailyWindow, parseWeeklyWindow, Window, windowsOverlap } from '../../src/rules/windows';

const HOUR = 60;
const DAY = 24 * HOUR;

describe('parseDailyWindow', () => {
  test.each([
    ['04:00-05:00', { start: 240, minutes: 60 }],
    ['00:00-23:59', { start: 0, minutes: 1439 }],
    ['23:30-00:45', { start: 1410, minutes: 75 }],
    ['9:05-19:10', { start: 545, minutes: 605 }],
    ['20:00-20:00', { start: 1200, minutes: 0 }],
  ])('%s', (text, window) => {
    expect(parseDailyWindow(text)).toEqual({ window });
  });

  test.each(['', '24:00-01:00', '04:00-05:60', '04:00', '04:00-05:00x', 'x04:00-05:00', '04:00 - 05:00', 'mon:04:00-mon:05:00'])('refuses "%s"', (text) => {
    expect(parseDailyWindow(text)).toEqual({ reason: `a daily window reads hh24:mi-hh24:mi in UTC, for example 04:00-05:00 (got "${text}")` });
  });
});

describe('parseWeeklyWindow', () => {
  test.each([
    ['mon:00:00-mon:01:00', { start: 0, minutes: 60 }],
    ['sun:05:30-sun:06:30', { start: 6 * DAY + 330, minutes: 60 }],
    ['sun:23:30-mon:00:30', { start: 6 * DAY + 1410, minutes: 60 }],
    ['tue:01:02-wed:03:04', { start: DAY + 62, minutes: DAY + 122 }],
    ['Thu:00:00-FRI:00:00', { start: 3 * DAY, minutes: DAY }],
    ['sat:00:00-fri:00:00', { start: 5 * DAY, minutes: 6 * DAY }],
  ])('%s', (text, window) => {
    expect(parseWeeklyWindow(text)).toEqual({ window });
  });

  test.each(['', '04:00-05:00', 'sun:04:00-05:00', 'sonday:04:00-sun:05:00', 'sun:24:00-mon:01:00', 'xsun:04:00-sun:05:00', 'sun:04:00-sun:05:000'])(
    'refuses "%s"', (text) => {
      expect(parseWeeklyWindow(text)).toEqual({
        reason: `a weekly window reads ddd:hh24:mi-ddd:hh24:mi in UTC, for example sun:05:30-sun:06:30 (got "${text}")`,
      });
    });
});

test('a window of ElastiCache lasts an hour', () => {
  expect(isLongEnough({ start: 0, minutes: 60 })).toBe(true);
  expect(isLongEnough({ start: 0, minutes: 59 })).toBe(false);
});

describe('windowsOverlap', () => {
  const overlap = (daily: string, weekly: string) =>
    windowsOverlap(parseDailyWindow(daily).window as Window, parseWeeklyWindow(weekly).window as Window);

  test.each([
    ['04:00-05:00', 'sun:04:30-sun:05:30'],
    ['04:00-05:00', 'mon:03:30-mon:04:01'],
    ['04:00-05:00', 'wed:04:59-wed:06:00'],
    ['04:10-04:20', 'wed:04:00-wed:05:00'],
    ['03:00-06:00', 'wed:04:00-wed:05:00'],
    ['23:30-00:30', 'mon:00:00-mon:01:00'],
    ['23:30-00:30', 'thu:00:29-thu:01:29'],
    ['00:00-01:00', 'sun:23:30-mon:00:30'],
    ['12:00-13:00', 'sun:23:30-sat:23:30'],
    ['12:00-13:00', 'sat:13:00-sun:12:01'],
    ['12:00-13:00', 'sun:13:00-mon:12:01'],
    ['12:00-13:00', 'sun:14:00-sun:13:00'],
  ])('%s meets %s', (daily, weekly) => {
    expect(overlap(daily, weekly)).toBe(true);
  });

  test.each([
    ['04:00-05:00', 'sun:05:00-sun:06:00'],
    ['04:00-05:00', 'sun:03:00-sun:04:00'],
    ['23:30-00:30', 'mon:00:30-mon:01:30'],
    ['00:00-01:00', 'sun:23:00-mon:00:00'],
    ['12:00-13:00', 'sat:13:00-sun:12:00'],
    ['12:00-13:00', 'sun:13:00-mon:12:00'],
  ])('%s does not meet %s', (daily, weekly) => {
    expect(overlap(daily, weekly)).toBe(false);
  });
});
