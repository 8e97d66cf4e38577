/** Whether the conditions of a listener rule hold for a request, and what speaks against it where they do not. */
import { msg, type Message } from '../../../../catalogue/message.ts';
import type { AlbCondition, AlbRule } from '../../../cluster/ingress-balancers/alb-rules.ts';
import { compilePattern } from '../../proxy/regex/pattern.ts';
import { inRanges } from '../../proxy/ranges.ts';
import { matchesGlob, matchesGlobInAnyCase } from './glob.ts';

export interface AskedOfRule {
  readonly host: string;
  readonly path: string;
  /** With its question mark; empty without one. */
  readonly query: string;
  readonly method: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Source address of the connection: `X-Forwarded-For` takes no part. */
  readonly peer: string;
}

/** Null: every condition holds. */
export function whyNot(rule: AlbRule, asked: AskedOfRule): Message | null {
  const { hosts, hostRegexes, paths, pathRegexes, conditions } = rule;
  if (
    !(
      hosts.length + hostRegexes.length === 0 ||
      hosts.some((host) => matchesGlobInAnyCase(host, asked.host)) ||
      hostRegexes.some((host) => fits(host, asked.host))
    )
  )
    return msg('ingress.alb.other-host', { patterns: [...hosts, ...hostRegexes], host: asked.host });
  if (!(paths.length + pathRegexes.length === 0 || paths.some((path) => matchesGlob(path, asked.path)) || pathRegexes.some((path) => fits(path, asked.path))))
    return msg('ingress.alb.other-path', { patterns: [...paths, ...pathRegexes], path: asked.path });
  for (const condition of conditions) if (!holds(condition, asked)) return whyNotHeld(condition, asked);
  return null;
}

function holds(condition: AlbCondition, { headers, method, query, peer }: AskedOfRule): boolean {
  switch (condition.field) {
    case 'http-header': {
      const value = headers[condition.name.toLowerCase()];
      if (value === undefined) return false;
      return condition.values.some((pattern) => matchesGlobInAnyCase(pattern, value)) || condition.regexes.some((pattern) => fits(pattern, value));
    }
    case 'http-request-method':
      return condition.values.includes(method);
    case 'query-string': {
      const pairs = query
        .slice(1)
        .split('&')
        .map((pair): readonly [string, string] => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)]);
      return condition.values.some(({ key, value }) =>
        pairs.some(([name, text]) => (key === null || matchesGlobInAnyCase(key, name)) && matchesGlobInAnyCase(value, text)),
      );
    }
    case 'source-ip':
      return inRanges(condition.values, peer) !== null;
  }
}

function whyNotHeld(condition: AlbCondition, { headers, method, query, peer }: AskedOfRule): Message {
  switch (condition.field) {
    case 'http-header': {
      const value = headers[condition.name.toLowerCase()];
      const patterns = [...condition.values, ...condition.regexes];
      return value === undefined
        ? msg('ingress.alb.no-header', { name: condition.name, patterns })
        : msg('ingress.alb.other-header', { name: condition.name, patterns, value });
    }
    case 'http-request-method':
      return msg('ingress.alb.other-method', { methods: condition.values, method });
    case 'query-string':
      return msg('ingress.alb.other-query', { patterns: condition.values.map(({ key, value }) => (key === null ? value : `${key}=${value}`)), query });
    case 'source-ip':
      return msg('ingress.alb.other-source', { ranges: condition.values, source: peer });
  }
}

function fits(regex: string, text: string): boolean {
  return compilePattern(regex, { ignoreCase: false }).search(text).kind === 'match';
}
