import { WINDOW_MIN_MINUTES } from '../facts/elasticache-limits';

/** Daily and weekly windows in AWS's own words, in UTC: `04:00-05:00` and `sun:05:30-sun:06:30`. */

/** A window in minutes since the day (daily) or the Monday (weekly) began; it may run past the end of either. */
export interface Window { readonly start: number; readonly minutes: number }

/** A window, or why the text is none. */
export type ParsedWindow = { readonly window: Window; readonly reason?: undefined } | { readonly window?: undefined; readonly reason: string };

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;

const TIME = '([01]?\\d|2[0-3]):([0-5]\\d)';
const DAILY = new RegExp(`^${TIME}-${TIME}$`);
const WEEKLY = new RegExp(`^(${DAYS.join('|')}):${TIME}-(${DAYS.join('|')}):${TIME}$`, 'i');

/** Reads `hh24:mi-hh24:mi`; the end may lie on the next day. */
export function parseDailyWindow(text: string): ParsedWindow {
  const match = DAILY.exec(text);
  if (match === null) {
    return { reason: `a daily window reads hh24:mi-hh24:mi in UTC, for example 04:00-05:00 (got ${JSON.stringify(text)})` };
  }
  const [, startHour, startMinute, endHour, endMinute] = match;
  return { window: windowBetween(minuteOfDay(startHour, startMinute), minuteOfDay(endHour, endMinute), DAY_MINUTES) };
}

/** Reads `ddd:hh24:mi-ddd:hh24:mi`; the end may lie in the next week. */
export function parseWeeklyWindow(text: string): ParsedWindow {
  const match = WEEKLY.exec(text);
  if (match === null) {
    return { reason: `a weekly window reads ddd:hh24:mi-ddd:hh24:mi in UTC, for example sun:05:30-sun:06:30 (got ${JSON.stringify(text)})` };
  }
  const [, startDay, startHour, startMinute, endDay, endHour, endMinute] = match;
  const start = minuteOfWeek(startDay) + minuteOfDay(startHour, startMinute);
  const end = minuteOfWeek(endDay) + minuteOfDay(endHour, endMinute);
  return { window: windowBetween(start, end, WEEK_MINUTES) };
}

/** Whether ElastiCache finds the window long enough. */
export function isLongEnough(window: Window): boolean {
  return window.minutes >= WINDOW_MIN_MINUTES;
}

/** Whether a daily window ever meets a weekly one; windows that only touch do not. */
export function windowsOverlap(daily: Window, weekly: Window): boolean {
  // The Sunday before the week that the weekly window starts in may reach into it, and that window may reach into the week after.
  return Array.from({ length: 15 }, (_, day) => daily.start + (day - 1) * DAY_MINUTES)
    .some((start) => start < weekly.start + weekly.minutes && weekly.start < start + daily.minutes);
}

function windowBetween(start: number, end: number, cycle: number): Window {
  return { start, minutes: (end - start + cycle) % cycle };
}

function minuteOfDay(hour: string, minute: string): number {
  return Number(hour) * 60 + Number(minute);
}

function minuteOfWeek(day: string): number {
  return DAYS.indexOf(day.toLowerCase()) * DAY_MINUTES;
}
