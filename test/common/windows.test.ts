import { Token } from 'aws-cdk-lib';
import { DailyWindow, WeeklyWindow } from '../../src';

test.each(['04:00-05:00', '23:30-00:30', '00:00-23:59'])('the daily window %s is taken as it is', text => expect(DailyWindow.of(text).value).toBe(text));

test.each(['sun:05:30-sun:06:30', 'sun:23:30-mon:00:30', 'Mon:00:00-Tue:00:00'])('the weekly window %s is taken as it is', text =>
  expect(WeeklyWindow.of(text).value).toBe(text));

test.each(['', '04:00', '24:00-25:00', '04:60-05:00', 'x04:00-05:00', '04:00-05:00 UTC', 'sun:04:00-sun:05:00'])('%j is no daily window', text =>
  expect(() => DailyWindow.of(text)).toThrow(new Error(
    `DailyWindow.of: a daily window reads hh24:mi-hh24:mi in UTC, for example 04:00-05:00 (got ${JSON.stringify(text)}). Write \`text\` in that form.`)));

test.each(['', '04:00-05:00', 'sunday:05:30-sunday:06:30', 'sun:05:30-06:30', 'sun:05:30-sun:24:30'])('%j is no weekly window', text =>
  expect(() => WeeklyWindow.of(text)).toThrow(new Error(
    'WeeklyWindow.of: a weekly window reads ddd:hh24:mi-ddd:hh24:mi in UTC, for example sun:05:30-sun:06:30 '
    + `(got ${JSON.stringify(text)}). Write \`text\` in that form.`)));

test('a window that only CloudFormation knows is taken as it is', () => {
  const token = Token.asString({ Ref: 'Window' });
  expect([DailyWindow.of(token).value, WeeklyWindow.of(token).value]).toEqual([token, token]);
});
