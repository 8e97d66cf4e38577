/** Certificates of a load balancer of GKE: Secrets of `tls`, certificates kept by Google, and those that Google manages. */
import { msg } from '../../../../catalogue/message.ts';
import { MANAGED_CERTIFICATES, PRE_SHARED_CERT } from '../../../cluster/ingress-balancers/gce.ts';
import { member, textsOf } from '../../../cluster/ingress-balancers/loose-json.ts';
import type { Ingress } from '../../../kinds/ingress/ingress-spec.ts';
import { hostMatches, hostOf } from '../../proxy/host.ts';
import { ownCertificate } from '../../proxy/certificate.ts';
import { presume } from '../../proxy/presuppose.ts';
import type { CertificateChoice } from '../../proxy/proxy.ts';
import type { ControllerView } from '../implementation.ts';
import { certificateAmong } from '../ranked/named-certificate.ts';
import { annotationReason, claimedIngresses } from '../route.ts';

export function certificateOfGce(view: ControllerView, serverName: string | null): CertificateChoice {
  const host = serverName === null ? '' : hostOf(serverName);
  const [ingress] = claimedIngresses(view.cluster, view.controller);
  const named = certificateAmong(view, host, false) ?? (ingress === undefined ? null : (managed(view, ingress, host) ?? preShared(view, ingress, host)));
  if (named !== null) return named;
  const first = certificateAmong(view, host, true);
  if (first !== null) return { ...first, why: [msg('ingress.gce.first-certificate', { host }), ...first.why] };
  return ownCertificate([], { why: [msg('ingress.tls.none', { host })], because: [], rules: ['S8.3.2'] });
}

/** A ManagedCertificate that was pasted names its domains; one that was not is taken to be for the host. */
function managed(view: ControllerView, ingress: Ingress, host: string): CertificateChoice | null {
  for (const name of list(ingress, MANAGED_CERTIFICATES)) {
    const found = view.cluster.manifests.objects.find(
      ({ ref }) => ref.kind === 'ManagedCertificate' && ref.namespace === ingress.ref.namespace && ref.name === name,
    );
    const domains = found === undefined ? null : textsOf(member(member(found.value, 'spec'), 'domains'));
    if (domains !== null && !domains.some((domain) => hostMatches(domain, host))) continue;
    return kept(view, ingress, MANAGED_CERTIFICATES, name, host, domains);
  }
  return null;
}

function preShared(view: ControllerView, ingress: Ingress, host: string): CertificateChoice | null {
  const [name] = list(ingress, PRE_SHARED_CERT);
  return name === undefined ? null : kept(view, ingress, PRE_SHARED_CERT, name, host, null);
}

/** Kept by Google: whether it is there, and valid for the host, no manifest says. */
function kept(view: ControllerView, ingress: Ingress, annotation: string, name: string, host: string, names: readonly string[] | null): CertificateChoice {
  const { holds, assumes } = presume(view.cluster, `gcp-certificate:${name}`, msg('ingress.gce.assume.certificate', { name, host }));
  return {
    secret: null,
    names: holds ? (names ?? [host]) : [],
    trusted: true,
    why: [msg('ingress.gce.certificate', { name })],
    because: [annotationReason(ingress, annotation)],
    rules: ['S8.3.2', 'S8.7'],
    assumes,
  };
}

function list({ metadata }: Ingress, annotation: string): readonly string[] {
  return (metadata.annotations[annotation] ?? '').split(',').flatMap((name) => name.trim() || []);
}
