import { Duration, Stack } from 'aws-cdk-lib';
import { Column, Dashboard, IWidget, PeriodOverride } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { GRID_WIDTH } from './dashboard-graphs';
import { IDashboardSection } from './dashboard-section';
import { errorOf, warn } from '../private/enforce';

/** CloudWatch User Guide, "CloudWatch service quotas": of a dashboard, across all of its widgets. They cannot be raised. */
const QUOTAS = { widgets: 500, metrics: 2500 };

/** Props of a `DataTierDashboard`. */
export interface DataTierDashboardProps {
  /**
   * The name of the dashboard.
   *
   * Update: a new dashboard comes, and the old one goes.
   *
   * @default - a name that CloudFormation generates
   */
  readonly dashboardName?: string;

  /**
   * How much of the past is shown when the dashboard is opened.
   *
   * Update: in place.
   *
   * @default Duration.hours(3)
   */
  readonly defaultInterval?: Duration;
}

/**
 * A CloudWatch dashboard of caches and session stores: their headline numbers first, then a section for each with a graph for every symptom, in which
 * the thresholds of its alarms are drawn and beside which stands what to do.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html
 */
export class DataTierDashboard extends Construct {
  /** The dashboard, to which other widgets can be added: they stand below the sections. */
  public readonly dashboard: Dashboard;

  private readonly sections: IDashboardSection[] = [];

  /**
   * @param scope the parent.
   * @param id the id below the parent.
   * @param props what differs from the defaults.
   */
  constructor(scope: Construct, id: string, props: DataTierDashboardProps = {}) {
    super(scope, id);

    this.dashboard = new Dashboard(this, 'Resource', {
      dashboardName: props.dashboardName,
      defaultInterval: props.defaultInterval ?? Duration.hours(3),
      // Else a sum of a minute becomes one of five or more, and the line of its alarm is wrong.
      periodOverride: PeriodOverride.INHERIT,
    });
    this.node.defaultChild = this.dashboard.node.defaultChild;
    this.dashboard.addWidgets(new LateWidgets(() => this.widgets()));
    this.node.addValidation({ validate: () => this.warnOfQuotas() });
  }

  /**
   * Shows caches and session stores, in this order. What is done to them later, such as scaling, is shown too.
   *
   * @param sections clusters, pools and session stores.
   * @throws when one is there already, or is an import whose nodes are not known.
   */
  public add(...sections: IDashboardSection[]): void {
    for (const section of sections) {
      if (this.sections.includes(section)) {
        throw errorOf(this, [{ id: 'dashboard-section-twice', text: `\`add\` must be given a section once (got ${section.node.path} again). Remove one of the two.` }]);
      }
      section.dashboardHeadlines(); // what cannot be shown is refused here, where the mistake is
      this.sections.push(section);
    }
  }

  private widgets(): IWidget[] {
    return [...this.sections.flatMap(section => section.dashboardHeadlines()), ...this.sections.flatMap(section => section.dashboardWidgets())];
  }

  private warnOfQuotas(): string[] {
    const widgets: RenderedWidget[] = Stack.of(this).resolve(this.widgets().flatMap(widget => widget.toJson()));
    const counts = { widgets: widgets.length, metrics: widgets.flatMap(({ properties }) => properties.metrics ?? []).filter(isMetric).length };
    for (const quota of ['widgets', 'metrics'] as const) {
      if (counts[quota] <= QUOTAS[quota]) continue;
      warn(this, `dashboard-${quota}`, `CloudWatch takes ${QUOTAS[quota]} ${quota} in a dashboard (got ${counts[quota]}). Give the larger sections a dashboard each.`);
    }
    return [];
  }
}

/** Widgets that are made when the template is, so that they show what was set up after they were added. */
class LateWidgets implements IWidget {
  private column = new Column();

  constructor(private readonly make: () => IWidget[]) {}

  /** What a dashboard asks for once, and first, whenever it is rendered. */
  public get width(): number {
    this.column = new Column(...this.make());
    return GRID_WIDTH;
  }

  public get height(): number {
    return this.column.height;
  }

  public position(x: number, y: number): void {
    this.column.position(x, y);
  }

  public toJson(): unknown[] {
    return this.column.toJson();
  }
}

/** A widget as the body of a dashboard has it. */
interface RenderedWidget {
  readonly properties: { readonly metrics?: unknown[][] };
}

/** A line is a metric by its namespace, name and dimensions, or else an expression. */
function isMetric([namespace]: unknown[]): boolean {
  return typeof namespace === 'string';
}
