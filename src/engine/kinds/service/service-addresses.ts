/** Addresses a Service states, and their families (S4.2.10, S4.2.12, S4.2.16, S4.2.23, S3.9). */
import { msg } from '../../../catalogue/message.ts';
import { canonicalIp, type IpAddress, type IpFamily } from '../../manifests/ip.ts';
import type { Field } from '../field.ts';
import { checkOrdinaryIp, oneOf, readIp, shown } from '../field-rules.ts';
import type { LoadBalancerIngress, Service, ServiceType } from './service-spec.ts';

type Addresses = Pick<Service, 'headless' | 'clusterIPs' | 'ipFamilies' | 'ipFamilyPolicy'>;

const NONE = 'None';
const NO_ADDRESS = { headless: false, clusterIPs: [], ipFamilies: [], ipFamilyPolicy: 'SingleStack' } as const;

/** True when the Service asks for no ClusterIP: `None`, alone. */
export function isHeadless(spec: Field): boolean {
  const list = spec.get('clusterIPs').texts();
  return list.length === 0 ? spec.get('clusterIP').text() === NONE : list.length === 1 && list[0] === NONE;
}

export function readClusterIPs(spec: Field, type: ServiceType, hasSelector: boolean): Addresses {
  if (type === 'ExternalName') {
    forbidForExternalName(spec);
    return NO_ADDRESS;
  }
  const headless = isHeadless(spec);
  if (headless && (type === 'NodePort' || type === 'LoadBalancer')) {
    spec.get('clusterIPs').item(0).reject('Invalid', 'S4.2.10', msg('rejection.service.headless-type', { type }));
  }
  const families = readFamilies(spec.get('ipFamilies'));
  const ips = readIpList(spec, families);
  const policy = readPolicy(spec, { headless, hasSelector, families, ips });
  return { headless, clusterIPs: ips.map((ip) => ip.text), ipFamilies: families, ipFamilyPolicy: policy };
}

function forbidForExternalName(spec: Field): void {
  const forbid = (field: Field) => field.reject('Forbidden', 'S4.2.12', msg('rejection.service.external-name-forbids', { path: field.name }));
  if (spec.get('clusterIPs').items().length > 0 || spec.get('clusterIP').filledText() !== null) forbid(spec.get('clusterIPs'));
  if (spec.get('ipFamilies').items().length > 0) forbid(spec.get('ipFamilies'));
  if (spec.get('ipFamilyPolicy').isSet) forbid(spec.get('ipFamilyPolicy'));
}

function readFamilies(field: Field): readonly IpFamily[] {
  const seen = new Set<IpFamily>();
  for (const item of field.items()) {
    const family = oneOf<IpFamily>(item, ['IPv4', 'IPv6'], 'S4.2.23');
    if (family !== null && seen.has(family)) item.reject('Duplicate', 'S4.2.23', msg('rejection.service.family-twice', { path: item.name, value: family }));
    if (family !== null) seen.add(family);
  }
  return [...seen];
}

/** `clusterIP` is the first of `clusterIPs`; who writes only the former means both. */
function readIpList(spec: Field, families: readonly IpFamily[]): readonly IpAddress[] {
  const single = spec.get('clusterIP');
  const list = spec.get('clusterIPs');
  const first = single.filledText();
  const invalid = (field: Field, message: Parameters<Field['reject']>[2]) => field.reject('Invalid', 'S4.2.23', message);
  const items = list.items();
  // The API server reads `clusterIP` as the only one of `clusterIPs`.
  if (items.length === 0) return first === null || first === NONE ? [] : [readIp(single, 'S4.2.23', list.item(0)) ?? []].flat();
  if (first === null) invalid(list, msg('rejection.service.cluster-ips-alone', { path: list.name }));
  else if (items[0]!.text() !== first) invalid(list, msg('rejection.service.cluster-ips-first', { path: list.name, value: shown(first) }));
  if (items[0]!.text() === NONE) {
    if (items.length > 1) invalid(list, msg('rejection.service.cluster-ips-none', { path: list.name }));
    return [];
  }
  const ips = items.map((item) => readIp(item, 'S4.2.23'));
  if (items.length > 2) invalid(list, msg('rejection.service.cluster-ips-many', { path: list.name }));
  const known = ips.filter((ip) => ip !== null);
  if (known.length < ips.length) return known;
  if (known.length > 1 && new Set(known.map((ip) => ip.family)).size < known.length) {
    invalid(list, msg('rejection.service.cluster-ips-family', { path: list.name }));
  }
  for (const [index, ip] of known.entries()) {
    const family = families[index];
    if (family !== undefined && ip.family !== family) {
      invalid(items[index]!, msg('rejection.service.cluster-ip-order', { path: items[index]!.name, value: ip.text, family, index }));
    }
  }
  return known;
}

interface Asked {
  readonly headless: boolean;
  readonly hasSelector: boolean;
  readonly families: readonly IpFamily[];
  readonly ips: readonly IpAddress[];
}

function readPolicy(spec: Field, asked: Asked): Service['ipFamilyPolicy'] {
  const field = spec.get('ipFamilyPolicy');
  const stated = oneOf(field, ['SingleStack', 'PreferDualStack', 'RequireDualStack'], 'S3.9');
  if (stated === null && asked.headless && !asked.hasSelector) return field.default('RequireDualStack', 'S3.9');
  const policy = stated ?? field.default('SingleStack', 'S3.9');
  if (policy === 'SingleStack' && (asked.families.length > 1 || asked.ips.length > 1)) {
    field.reject('Invalid', 'S3.9', msg('rejection.service.family-policy', { path: field.name }));
  }
  return policy;
}

export function readExternalIPs(spec: Field): readonly string[] {
  const field = spec.get('externalIPs');
  const items = field.items();
  if (items.length > 0) field.note('external-ips-deprecated', 'warning', ['S4.2.24'], msg('rejection.note.external-ips', { path: field.name }));
  return items.flatMap((item) => {
    const ip = readIp(item, 'S4.2.16');
    return ip !== null && checkOrdinaryIp(item, ip, 'S4.2.16') ? [ip.text] : [];
  });
}

/** Null when the text has no list of them: nobody said whether the load balancer has an address. */
export function readLoadBalancerStatus(status: Field): readonly LoadBalancerIngress[] | null {
  const field = status.at('loadBalancer', 'ingress');
  if (!field.isSet) return null;
  return field.items().map((item) => {
    const ip = item.get('ip').filledText();
    const mode = item.get('ipMode');
    if (ip !== null && !mode.isSet) mode.default('VIP', 'S3.8');
    return {
      ip: ip === null ? null : (canonicalIp(ip) ?? ip),
      hostname: item.get('hostname').filledText(),
      ipMode: mode.text() === 'Proxy' ? 'Proxy' : 'VIP',
    };
  });
}
