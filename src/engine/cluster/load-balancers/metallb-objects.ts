/**
 * The objects of MetalLB as they were pasted (S8.5.1, S8.5.2): IPAddressPools hold the addresses, advertisements make
 * them reachable, BGPPeers are the routers that hear of them.
 * https://metallb.io/apis/
 */
import { asText } from '../../manifests/json.ts';
import type { Json, JsonObject, Manifests } from '../../manifests/document.ts';
import { type Labels, matchesExpression, matchesLabels } from '../selectors.ts';
import { type IpRange, ipRange } from './ip-ranges.ts';

/** Several label selectors of a list: one that matches is enough. */
export type AnyOf = (labels: Labels) => boolean;

export interface Pool {
  readonly name: string;
  readonly labels: Labels;
  readonly ranges: readonly IpRange[];
  readonly autoAssign: boolean;
  /** Leaves out addresses that end in 0 and 255. */
  readonly avoidBuggyIPs: boolean;
  /** Whom the pool is kept for; null: everybody. */
  readonly allocation: {
    /** The lowest comes first; 0 comes last. */
    readonly priority: number;
    readonly namespaces: readonly string[];
    readonly namespaceSelectors: AnyOf | null;
    readonly serviceSelectors: AnyOf | null;
  } | null;
}

export interface Advertisement {
  readonly mode: 'l2' | 'bgp';
  readonly covers: (pool: Pool) => boolean;
  /** Null: of every Service, of every node. */
  readonly services: AnyOf | null;
  readonly nodes: AnyOf | null;
  /** Names of the BGPPeers it goes to; none: all. */
  readonly peers: readonly string[];
  /** How much the election of one node prefers a node of these labels; 0 for others. */
  readonly preference: (labels: Labels) => number;
}

export interface BgpPeer {
  readonly name: string;
  readonly nodes: AnyOf | null;
}

export interface MetallbObjects {
  /** By name. */
  readonly pools: readonly Pool[];
  readonly advertisements: readonly Advertisement[];
  readonly peers: readonly BgpPeer[];
}

export function metallbObjects(manifests: Manifests): MetallbObjects {
  const ofKind = (kind: string) => manifests.objects.filter(({ ref, apiVersion }) => apiVersion.startsWith('metallb.io/') && ref.kind === kind);
  return {
    pools: ofKind('IPAddressPool')
      .map(({ ref, value }) => readPool(ref.name, labelsOf(mapping(value['metadata'])['labels']), mapping(value['spec'])))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    advertisements: [
      ...ofKind('L2Advertisement').map(({ value }) => readAdvertisement('l2', mapping(value['spec']))),
      ...ofKind('BGPAdvertisement').map(({ value }) => readAdvertisement('bgp', mapping(value['spec']))),
    ],
    peers: ofKind('BGPPeer').map(({ ref, value }) => ({ name: ref.name, nodes: anyOf(mapping(value['spec'])['nodeSelectors']) })),
  };
}

function readPool(name: string, labels: Labels, spec: JsonObject): Pool {
  const allocation = spec['serviceAllocation'];
  const stated = mapping(allocation);
  return {
    name,
    labels,
    ranges: texts(spec['addresses']).flatMap(ipRange),
    autoAssign: spec['autoAssign'] !== false,
    avoidBuggyIPs: spec['avoidBuggyIPs'] === true,
    allocation:
      allocation === undefined || allocation === null
        ? null
        : {
            priority: typeof stated['priority'] === 'number' ? stated['priority'] : 0,
            namespaces: texts(stated['namespaces']),
            namespaceSelectors: anyOf(stated['namespaceSelectors']),
            serviceSelectors: anyOf(stated['serviceSelectors']),
          },
  };
}

function readAdvertisement(mode: Advertisement['mode'], spec: JsonObject): Advertisement {
  const names = texts(spec['ipAddressPools']);
  const selectors = anyOf(spec['ipAddressPoolSelectors']);
  const preferences = mappings(spec['preferredNodeSelectors']).map((one) => ({
    weight: typeof one['weight'] === 'number' ? one['weight'] : 0,
    matches: selector(mapping(one['preference'])),
  }));
  return {
    mode,
    covers: ({ name, labels }) => (names.length === 0 && selectors === null) || names.includes(name) || selectors?.(labels) === true,
    services: anyOf(spec['serviceSelectors']),
    nodes: anyOf(spec['nodeSelectors']),
    peers: texts(spec['peers']),
    preference: (labels) => preferences.reduce((sum, { weight, matches }) => sum + (matches(labels) ? weight : 0), 0),
  };
}

/** Null for a list that is left out or empty. */
function anyOf(value: Json | undefined): AnyOf | null {
  const selectors = mappings(value).map(selector);
  return selectors.length === 0 ? null : (labels) => selectors.some((matches) => matches(labels));
}

function selector(value: JsonObject): AnyOf {
  const wanted = labelsOf(value['matchLabels']);
  const expressions = mappings(value['matchExpressions']).map((one) => ({
    key: asText(one['key']),
    operator: asText(one['operator']),
    values: texts(one['values']),
  }));
  return (labels) => matchesLabels(labels, wanted) && expressions.every((expression) => matchesExpression(labels, expression));
}

function labelsOf(value: Json | undefined): Labels {
  return Object.fromEntries(Object.entries(mapping(value)).map(([key, text]) => [key, asText(text)]));
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function mappings(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.map(mapping) : [];
}

function mapping(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
