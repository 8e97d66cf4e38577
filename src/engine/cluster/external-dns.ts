/**
 * external-dns makes public records from objects of the cluster (S6.9): which objects by `--source`, which names by
 * `--domain-filter`. Known where a person states it or its workload was pasted.
 * https://kubernetes-sigs.github.io/external-dns/latest/docs/sources/about/
 */
import type { ApiObject } from '../kinds/kind.ts';
import type { ExternalDnsSpec } from '../kinds/scenario/scenario-spec.ts';
import type { Objects } from './objects.ts';

/** The spelling of annotations, old and new. */
const PREFIXES = ['external-dns.alpha.kubernetes.io/', 'external-dns.kubernetes.io/'];

/** The flags of a pasted external-dns; null where there is none. */
export function externalDnsIn(objects: Objects): ExternalDnsSpec | null {
  for (const { template } of objects.workloads.values()) {
    const container = template?.spec.containers.find(({ image }) => /(^|\/)external-dns(:|@|$)/.test(image));
    if (container !== undefined) return flagsOf(container.args);
  }
  return null;
}

function flagsOf(args: readonly string[]): ExternalDnsSpec {
  const valuesOf = (flag: string) =>
    args.flatMap((arg, at) => (arg === `--${flag}` ? (args[at + 1] ?? []) : arg.startsWith(`--${flag}=`) ? arg.slice(flag.length + 3) : []));
  return {
    sources: valuesOf('source'),
    domainFilters: valuesOf('domain-filter'),
    publishInternalServices: args.some((arg) => arg === '--publish-internal-services' || arg === '--publish-internal-services=true'),
  };
}

export type ExternalDnsSource = 'service' | 'ingress' | 'gateway';

/** Why external-dns makes no record of a name, or null where it does. */
export function leftOut({ sources, domainFilters = [] }: ExternalDnsSpec, source: ExternalDnsSource, host: string): 'source' | 'domain' | null {
  if (!sources.some((each) => (source === 'gateway' ? each.startsWith('gateway-') : each === source))) return 'source';
  const name = host.toLowerCase().replace(/\.$/, '');
  const isInside = domainFilters.length === 0 || domainFilters.some((domain) => name === domain || name.endsWith(`.${domain.replace(/^\./, '')}`));
  return isInside ? null : 'domain';
}

/** The value of one of its annotations; null without. */
export function annotation({ metadata }: Pick<ApiObject, 'metadata'>, name: string): string | null {
  return PREFIXES.map((prefix) => metadata.annotations[`${prefix}${name}`]).find((value) => value !== undefined) ?? null;
}

/** Comma-separated values of an annotation. */
export function annotated(object: Pick<ApiObject, 'metadata'>, name: string): readonly string[] {
  return (annotation(object, name) ?? '')
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** Another controller is to publish it. */
export function isForAnother(object: Pick<ApiObject, 'metadata'>): boolean {
  const controller = annotation(object, 'controller');
  return controller !== null && controller !== 'dns-controller';
}
