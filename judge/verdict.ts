import { Finding } from './judges';

/** Findings that are right to stay, and why. */
export interface Acceptance {
  readonly judge: string;
  /** The rules, without what cdk-nag writes in brackets behind them. Each must fit a finding. */
  readonly rules: readonly string[];
  /** The type of the resource; any unless said otherwise. */
  readonly type?: string;
  /** The names of the apps; all unless said otherwise. */
  readonly apps?: RegExp;
  /** What the path of the construct must match. */
  readonly constructs?: RegExp;
  /** What the text must match, or what cdk-nag writes in brackets. */
  readonly about?: RegExp;
  readonly reason: string;
}

export interface Verdict {
  readonly accepted: readonly Finding[];
  readonly refused: readonly Finding[];
  /** Rules of acceptances that fit no finding: what they accepted is gone, and they would hide what comes next. */
  readonly stale: readonly { readonly acceptance: Acceptance; readonly rule: string }[];
}

export function verdictOf(findings: readonly Finding[], acceptances: readonly Acceptance[]): Verdict {
  const candidates = acceptances.flatMap(acceptance => acceptance.rules.map(rule => ({ acceptance, rule })));
  const used = new Set<object>();
  const isAccepted = (finding: Finding) => {
    const fitting = candidates.filter(({ acceptance, rule }) => fits(finding, acceptance, rule));
    fitting.forEach(candidate => used.add(candidate));
    return fitting.length > 0;
  };
  const accepted = findings.filter(isAccepted);
  return {
    accepted,
    refused: findings.filter(finding => !accepted.includes(finding)),
    stale: candidates.filter(candidate => !used.has(candidate)),
  };
}

function fits(finding: Finding, { judge, type, apps, constructs, about }: Acceptance, rule: string): boolean {
  return finding.judge === judge
    && finding.rule.replace(/\[.*$/, '') === rule
    && (type === undefined || finding.type === type)
    && (apps?.test(finding.app) ?? true)
    && (constructs?.test(finding.construct) ?? true)
    && (about?.test(`${finding.rule} ${finding.text}`) ?? true);
}

export function passes({ refused, stale }: Pick<Verdict, 'refused' | 'stale'>): boolean {
  return refused.length === 0 && stale.length === 0;
}
