/** TLS at a listener: the certificate it shows and the one it wants to see (S12.12.1, S12.12.5). */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import type { SettledFrontend, SettledListener } from '../../cluster/gateways/settled.ts';
import type { CertificateFacts } from '../../kinds/secret/secret-spec.ts';
import type { Assumption } from '../../trace/assumption.ts';
import type { HopDecision } from '../component.ts';
import { covers as certificateCovers, ownCertificate, secretCertificate } from '../proxy/certificate.ts';
import { handshakeHop } from '../proxy/connection-hop.ts';
import { presume } from '../proxy/presuppose.ts';
import type { CertificateChoice } from '../proxy/proxy.ts';
import { authoritiesIn, distrustOf } from '../proxy/trust.ts';
import type { GatewayVisit } from './visit.ts';

/** Of several certificates the first that bears the server name, else the first of all. */
export function certificateFor(visit: GatewayVisit, listener: SettledListener, serverName: string | null): CertificateChoice {
  const { cluster } = visit;
  const references = listener.tls?.mode === 'Terminate' ? listener.tls.certificates : [];
  const usable = references.flatMap((reference) => {
    const secret = cluster.secrets.get(reference.secret);
    return secret === undefined ? [] : [{ ...reference, secret }];
  });
  const host = serverName ?? visit.state.carry.flow.host;
  const best = usable.find(({ secret }) => certificateCovers(secret, host)) ?? usable[0];
  const own = (): CertificateChoice => ownCertificate([], { why: [msg('gateway.tls.none', { listener: listener.name })], because: [], rules: ['S12.12.1'] });
  if (best === undefined) return own();
  const because = [{ object: listener.owner, path: best.path }, ...grantReason(best.grant)];
  const choice = secretCertificate(cluster, 'gateway', best.secret, host, because, 'S12.12.1');
  if (choice === null) return own();
  const granted = best.grant === null ? [] : [msg('gateway.tls.grant', { grant: best.grant })];
  return { ...choice, why: [...choice.why, ...granted], rules: [...choice.rules, ...(best.grant === null ? [] : (['S12.9.5'] as const))] };
}

function grantReason(grant: string | null) {
  if (grant === null) return [];
  const [namespace = '', name = ''] = grant.split('/');
  return [{ object: { kind: 'ReferenceGrant', namespace, name }, path: ['spec', 'from'] }];
}

/** S12.12.5: the handshake ends where the client must show a valid certificate and does not; null when it goes on. */
export function refusedClient(visit: GatewayVisit, listener: SettledListener, certificate: CertificateChoice): HopDecision | null {
  const frontend = listener.tls?.mode === 'Terminate' ? listener.tls.frontend : null;
  const { tls } = visit.state.packet;
  if (frontend === null || frontend.mode === 'AllowInsecureFallback' || tls.mode === 'none') return null;
  const because = visit.gateway === null ? [] : [{ object: gatewayRef(visit.gateway), path: frontend.path }];
  const shown = tls.clientCertificate;
  const refuse = (why: Parameters<typeof handshakeHop>[2], assumes: readonly Assumption[] = []): HopDecision => {
    const hop = handshakeHop(visit, 'handshake-failure', why, ['S12.12.5'], certificate);
    return { ...hop, title: msg('gateway.title.client-refused'), because: [...because, ...hop.because], assumes: [...(hop.assumes ?? []), ...assumes] };
  };
  if (shown === undefined) return refuse([msg('gateway.tls.client-missing')]);
  const facts = visit.cluster.secrets.get(shown)?.certificate ?? null;
  if (facts !== null) return isTrusted(visit.cluster, facts, frontend) ? null : refuse([msg('gateway.tls.client-untrusted', { certificate: shown })]);
  const likely = likelyAuthority(visit.cluster, shown);
  const trusted = likely === null || frontend.trusts.includes(likely);
  const { assumes } = presume(
    visit.cluster,
    `client-certificate:${shown}`,
    msg('gateway.assume.client-certificate', { certificate: shown, authority: likely ?? frontend.trusts.join(', ') }),
  );
  return trusted ? null : refuse([msg('gateway.tls.client-untrusted', { certificate: shown })], assumes);
}

function isTrusted(cluster: Cluster, facts: CertificateFacts, { trusts }: SettledFrontend): boolean {
  return distrustOf(facts, { trusts: authoritiesIn(cluster, trusts), names: [] }, cluster.environment.date) === null;
}

/**
 * A client's certificate is seldom among the manifests, being the client's. Who signed it is then read off its name: the
 * bundle of authorities whose name begins like it, the longest such beginning first. Null where no bundle is in sight.
 */
function likelyAuthority({ configMaps }: Cluster, certificate: string): string | null {
  let best: { readonly key: string; readonly length: number } | null = null;
  for (const [key, { caNames }] of configMaps) {
    if (caNames.length === 0) continue;
    const length = sharedStart(key, certificate);
    if (best === null || length > best.length) best = { key, length };
  }
  return best?.key ?? null;
}

function sharedStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

function gatewayRef(key: string) {
  const [namespace = '', name = ''] = key.split('/');
  return { kind: 'Gateway', namespace, name };
}
