/**
 * The channel of the Gateway API that is installed (S2.8): the standard one has no alpha versions, and knows neither
 * retries nor session persistence. Which one it is stands in no manifest of a route.
 * https://gateway-api.sigs.k8s.io/concepts/versioning/
 */
import { msg } from '../../../catalogue/message.ts';
import type { Route } from '../../kinds/gateway-api/route-spec.ts';
import { kinds } from '../../kinds/index.ts';
import type { ApiObject } from '../../kinds/kind.ts';
import { isStored } from '../../kinds/metadata.ts';
import { answerTo, infer } from '../assumptions.ts';
import type { Environment } from '../environment.ts';
import { type Ledger, recordFinding } from '../ledger.ts';
import type { Objects } from '../objects.ts';

const CHANNEL = 'gateway-api-experimental';

/** Takes out what the standard channel does not serve, unless the experimental one is stated, shown or assumed. */
export function applyChannel(objects: Objects, environment: Environment, ledger: Ledger): void {
  const versions = [...objects.routes, ...objects.backendTLSPolicies].filter(([, object]) => isExperimentalVersion(object));
  const fields = [...objects.routes.values()].filter((route) => experimentalFields(route).length > 0);
  if (versions.length === 0 && fields.length === 0) return;
  if (environment.gatewayAPIChannel === 'experimental') return;
  // What was read out of a cluster is served there.
  if ([...versions.map(([, object]) => object), ...fields].some(({ manifest }) => manifest !== null && isStored(manifest))) return;
  if (environment.gatewayAPIChannel === null) {
    const answer = answerTo(environment, CHANNEL);
    if (answer !== 'refused') {
      infer(ledger, answer, CHANNEL, msg('assume.gateway-api-experimental'));
      return;
    }
  }
  for (const [key, object] of versions) {
    const { kind } = object.ref;
    const apiVersion = object.manifest?.apiVersion ?? '';
    const message = msg('gateway-api.version-experimental', { kind, apiVersion, replacement: kinds.find((one) => one.kind === kind)?.apiVersions[0] ?? '' });
    ledger.rejections.push({ object: object.ref, path: ['apiVersion'], category: 'NotSupported', message, rule: 'S2.8' });
    objects.routes.delete(key);
    objects.backendTLSPolicies.delete(key);
  }
  for (const route of fields) {
    for (const { path, name } of experimentalFields(route)) {
      recordFinding(ledger, 'unknown-field', 'warning', { object: route, path }, msg('gateway-api.field-experimental', { field: name }), ['S2.8']);
    }
    for (const [key, one] of objects.routes) if (one === route) objects.routes.set(key, withoutExperimental(route));
  }
}

function isExperimentalVersion({ ref, manifest }: ApiObject): boolean {
  return manifest !== null && kinds.some(({ kind, experimental }) => kind === ref.kind && experimental?.includes(manifest.apiVersion) === true);
}

function experimentalFields(route: Route): readonly { readonly path: readonly (string | number)[]; readonly name: string }[] {
  if (route.protocol !== 'http' && route.protocol !== 'grpc') return [];
  return route.rules.flatMap((rule, index) => {
    const at = ['spec', 'rules', index];
    const retries = 'retry' in rule && rule.retry !== null;
    return [
      ...(retries ? [{ path: [...at, 'retry'], name: 'retry' }] : []),
      ...(rule.sessionPersistence === null ? [] : [{ path: [...at, 'sessionPersistence'], name: 'sessionPersistence' }]),
    ];
  });
}

/** What the API server stores: fields that it does not know are dropped. */
function withoutExperimental(route: Route): Route {
  if (route.protocol === 'http') return { ...route, rules: route.rules.map((rule) => ({ ...rule, retry: null, sessionPersistence: null })) };
  if (route.protocol === 'grpc') return { ...route, rules: route.rules.map((rule) => ({ ...rule, sessionPersistence: null })) };
  return route;
}
