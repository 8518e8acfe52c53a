import { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';

/** What a `DataTierDashboard` shows: clusters, pools and session stores, made here or imported. */
export interface IDashboardSection extends IConstruct {
  /**
   * The numbers that matter most, for the top of a dashboard.
   *
   * They are of the nodes that are known when it is called. A `DataTierDashboard` calls it at synthesis.
   */
  dashboardHeadlines(): IWidget[];

  /**
   * What it is, the state of its alarms, and a graph for every symptom with the thresholds drawn in and what to do.
   *
   * They are of the nodes that are known when it is called. A `DataTierDashboard` calls it at synthesis.
   */
  dashboardWidgets(): IWidget[];
}
