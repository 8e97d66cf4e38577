/** Certificates of an Application Load Balancer come from ACM: named by ARN, or found there by host. Secrets take no part. */
import { msg } from '../../../../catalogue/message.ts';
import { albPath } from '../../../cluster/ingress-balancers/alb-annotations.ts';
import { certificates } from '../../../cluster/ingress-balancers/alb-listeners.ts';
import { hostOf } from '../../proxy/host.ts';
import { presume } from '../../proxy/presuppose.ts';
import { ownCertificate } from '../../proxy/certificate.ts';
import type { CertificateChoice } from '../../proxy/proxy.ts';
import type { ControllerView } from '../implementation.ts';
import { membersOf } from './members.ts';

export function certificateOfAlb(view: ControllerView, serverName: string | null): CertificateChoice {
  const host = serverName === null ? null : hostOf(serverName);
  const members = membersOf(view);
  const naming = members.find((one) => certificates(one).length > 0) ?? members[0];
  const arns = naming === undefined ? [] : certificates(naming);
  const because = naming === undefined ? [] : [{ object: naming.ingress.ref, path: arns.length === 0 ? ['spec', 'rules'] : albPath('certificate-arn') }];
  if (host === null) return ownCertificate([], { why: [msg('ingress.alb.no-name')], because, rules: ['S8.2.16'] });
  const { holds, assumes } = presume(view.cluster, `acm:${host}`, msg('ingress.alb.assume.certificate', { host }));
  const ignored = members.some(({ ingress }) => ingress.tls.some(({ secretName }) => secretName !== null)) ? [msg('ingress.alb.secret-ignored')] : [];
  const source = arns.length === 0 ? msg('ingress.alb.certificate.found', { host }) : msg('ingress.alb.certificate.named', { arn: arns[0]! });
  return { secret: null, names: holds ? [host] : [], trusted: true, why: [source, ...ignored], because, rules: ['S8.2.16', 'S8.7'], assumes };
}
