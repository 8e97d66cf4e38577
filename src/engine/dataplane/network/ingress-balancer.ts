/** The way to a load balancer that a cloud makes for Ingresses: whether it is there, and whom it lets in (S8.2.16, S8.3.2). */
import { msg } from '../../../catalogue/message.ts';
import type { Cluster } from '../../cluster/cluster.ts';
import { ALB_PREFIX } from '../../cluster/ingress-balancers/alb-annotations.ts';
import type { Decision, Reason, State } from '../component.ts';
import { describeIngress } from '../ingress-controller/commands.ts';
import { dropped } from './dropped.ts';
import { isInCidr, isPrivate } from './ip-text.ts';
import { lost } from './lost.ts';

export function toIngressBalancer(state: State, cluster: Cluster, name: string): Decision {
  const { packet, place } = state;
  const controller = cluster.controllers.find((candidate) => candidate.balancer?.name === name);
  const balancer = controller?.balancer;
  if (controller === undefined || balancer == null) throw new Error('an address belongs to a load balancer that exists');
  const { product, trouble, scheme, inbound } = balancer;
  const ingress = cluster.ingresses.get(controller.claims[0] ?? '');
  const about = {
    object: ingress?.ref ?? null,
    outcome: dropped(packet),
    assumptions: controller.assumption === null ? [] : [controller.assumption],
    commands: ingress === undefined ? [] : [describeIngress(ingress)],
  };
  if (trouble !== null) {
    return lost({
      ...about,
      title: msg('network.title.balancer-trouble', { product, name }),
      why: [trouble.why, msg('network.why.balancer-trouble')],
      rules: trouble.rules,
      because: trouble.because,
    });
  }
  const isOutside = place.kind === 'network' && place.from === 'internet' && !isPrivate(packet.src.ip);
  if (scheme === 'internal' && isOutside) {
    const annotation = `${ALB_PREFIX}scheme`;
    const isAws = product.startsWith('AWS');
    const isStated = ingress?.metadata.annotations[annotation] !== undefined;
    const how = isAws
      ? isStated
        ? msg('network.why.alb-internal', { annotation })
        : msg('network.why.alb-internal-default', { annotation })
      : msg('network.why.gce-internal');
    return lost({
      ...about,
      title: msg('network.title.balancer-internal', { product, name }),
      why: [msg('network.why.internal', { client: packet.src.ip }), how],
      rules: [isAws ? 'S8.2.16' : 'S8.3.2', 'F-45'],
      because: reasons(ingress?.ref, isAws ? annotation : 'kubernetes.io/ingress.class'),
    });
  }
  if (inbound.length > 0 && !inbound.some((range) => isInCidr(packet.src.ip, range))) {
    return lost({
      ...about,
      title: msg('network.title.balancer-source', { product, source: packet.src.ip }),
      why: [msg('network.why.balancer-source', { source: packet.src.ip, ranges: inbound })],
      rules: ['S8.2.16', 'F-44'],
      because: reasons(ingress?.ref, `${ALB_PREFIX}inbound-cidrs`),
    });
  }
  const ports = controller.listens.map(({ containerPort }) => String(containerPort));
  if (packet.protocol !== 'TCP' || !ports.includes(String(packet.dst.port))) {
    return lost({
      ...about,
      title: msg('network.title.balancer-port', { product, port: `${packet.dst.port}/${packet.protocol}` }),
      why: [msg('network.why.balancer-port', { product, ports })],
      rules: [product.startsWith('AWS') ? 'S8.2.16' : 'S8.3.2', 'S8.1.3'],
      because: reasons(ingress?.ref, product.startsWith('AWS') ? `${ALB_PREFIX}listen-ports` : 'kubernetes.io/ingress.allow-http'),
    });
  }
  return { kind: 'pass', to: { ...state, place: { kind: 'ingress-balancer', name } } };
}

function reasons(object: Reason['object'] | undefined, annotation: string): readonly Reason[] {
  return object === undefined ? [] : [{ object, path: ['metadata', 'annotations', annotation] }];
}
