import { Token } from 'aws-cdk-lib';
import { ParsedWindow, parseDailyWindow, parseWeeklyWindow } from '../rules/windows';

/** A daily time span in UTC, in the words that AWS uses: `hh24:mi-hh24:mi`. */
export class DailyWindow {
  /**
   * A window such as `04:00-05:00`; it may run over midnight. ElastiCache asks for at least 60 minutes.
   *
   * @param text the window in UTC; a token is taken as it is.
   * @throws when the form is another.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
   */
  public static of(text: string): DailyWindow {
    refuseOtherForms('DailyWindow.of', text, parseDailyWindow);
    return new DailyWindow(text);
  }

  /** The window as AWS writes it. */
  public readonly value: string;

  private constructor(value: string) {
    this.value = value;
  }
}

/** A weekly time span in UTC, in the words that AWS uses: `ddd:hh24:mi-ddd:hh24:mi`. */
export class WeeklyWindow {
  /**
   * A window such as `sun:05:30-sun:06:30`; it may run over midnight and over the end of the week. ElastiCache asks for at least 60 minutes.
   *
   * @param text the window in UTC; a token is taken as it is.
   * @throws when the form is another.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
   */
  public static of(text: string): WeeklyWindow {
    refuseOtherForms('WeeklyWindow.of', text, parseWeeklyWindow);
    return new WeeklyWindow(text);
  }

  /** The window as AWS writes it. */
  public readonly value: string;

  private constructor(value: string) {
    this.value = value;
  }
}

function refuseOtherForms(method: string, text: string, parse: (text: string) => ParsedWindow): void {
  const reason = Token.isUnresolved(text) ? undefined : parse(text).reason;
  if (reason !== undefined) throw new Error(`${method}: ${reason}. Write \`text\` in that form.`);
}
