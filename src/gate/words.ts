// Words by which authors say what a change is for. Each pattern is a flat list: linear on any text.
import type { GateChange } from './input.ts';

/** How much of a body is looked at: intents are said at the beginning. */
const BODY_LENGTH = 4_000;
const TITLE_LENGTH = 300;

const FORCED_ANYWHERE = /\b(?:end[- ]of[- ](?:life|support|standard support|extended support)|eol|cve-\d{4}-\d{1,7}|forced upgrade|extended support)\b/i;
const FORCED_TITLE = /\b(?:deprecat(?:ed|ion)|retir(?:ed|ement)|unsupported|compliance|soc ?2|pci|hipaa|gdpr|iso ?27001|security (?:patch|fix|update|upgrade)|vulnerabilit(?:y|ies)|audit finding)\b/i;
const UPGRADE_TITLE = /\b(?:upgrad(?:e|es|ed|ing)|bump(?:s|ed)?|updat(?:e|es|ed|ing))\b/i;
const VERSION_TITLE = /\bv?\d{1,4}\.\d{1,4}(?:\.\d{1,4})?\b|\b(?:version|engine|postgres(?:ql)?|mysql|mariadb|redis|valkey|kafka|kubernetes|k8s|eks|gke|aks|elasticsearch|opensearch)\b/i;
const RESERVE_ANYWHERE = /\b(?:headroom|multi-?az|black friday|cyber monday|fail-?over|redundan(?:t|cy)|disaster recovery)\b/i;
const RESERVE_TITLE = /\b(?:launch(?! (?:template|config))|high availability|go-?live|peak season|spare capacity|over-?provision(?:ing|ed)?|campaign|(?:sale|traffic|load) (?:event|spike))\b/i;
const URGENT = /\b(?:incident|outage|hot-?fix|sev-?[0-3]|emergency|urgent|paged|on-?call|pagerduty|production (?:is )?down|prod (?:is )?down|fix prod(?:uction)?|oom-?killed|crash-?loop(?:ing|backoff)?)\b/i;

/** Something outside forces the change: end of life, compliance, security. */
export function speaksOfForce(change: GateChange): boolean {
  return FORCED_TITLE.test(title(change)) || FORCED_ANYWHERE.test(title(change)) || FORCED_ANYWHERE.test(prose(change));
}

/** The title upgrades something to another version. */
export function speaksOfUpgrade(change: GateChange): boolean {
  return UPGRADE_TITLE.test(title(change)) && VERSION_TITLE.test(title(change));
}

/** Capacity that is kept for a load or a loss that may come. */
export function speaksOfReserve(change: GateChange): boolean {
  return RESERVE_TITLE.test(title(change)) || RESERVE_ANYWHERE.test(title(change)) || RESERVE_ANYWHERE.test(prose(change));
}

/** Something seems to be on fire. */
export function speaksOfFire(change: GateChange): boolean {
  return URGENT.test(title(change)) || URGENT.test(prose(change).slice(0, 500));
}

function title({ title }: GateChange): string {
  return title.slice(0, TITLE_LENGTH);
}

/** The body without what a template put there: HTML comments and boxes that nobody ticked. */
export function prose({ body }: Pick<GateChange, 'body'>): string {
  const lines = withoutHtmlComments(body.slice(0, BODY_LENGTH)).split('\n');
  return lines.filter((line) => !/^\s{0,8}[-*] \[ \]/.test(line)).join('\n');
}

function withoutHtmlComments(text: string): string {
  let kept = '';
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('<!--', at);
    if (open === -1) return kept + text.slice(at);
    kept += text.slice(at, open);
    const close = text.indexOf('-->', open + 4);
    if (close === -1) return kept;
    at = close + 3;
  }
  return kept;
}
