/** The ports of an Application Load Balancer, with the Ingresses whose rules stand on each (S8.2.16). */
import { albAnnotation, type AlbIngress, albList, albSetting } from './alb-annotations.ts';
import { isObject, listOf, parseJson } from './loose-json.ts';

export interface AlbListener {
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTPS';
  /** In the order in which their rules are tried. */
  readonly members: readonly AlbIngress[];
}

/** Null where the annotation cannot be read. */
export function listenPorts(one: AlbIngress): readonly Omit<AlbListener, 'members'>[] | null {
  const text = albAnnotation(one.ingress, 'listen-ports');
  if (text === null) return certificates(one).length > 0 ? [{ port: 443, protocol: 'HTTPS' }] : [{ port: 80, protocol: 'HTTP' }];
  const out: Omit<AlbListener, 'members'>[] = [];
  for (const entry of listOf(parseJson(text))) {
    for (const [protocol, port] of Object.entries(isObject(entry) ? entry : {})) {
      const isPort = typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536;
      if (!isPort || (protocol !== 'HTTP' && protocol !== 'HTTPS')) return null;
      out.push({ port, protocol });
    }
  }
  return out.length === 0 ? null : out;
}

/** Certificates of ACM that are named; without any they are looked for by host. */
export function certificates(one: AlbIngress): readonly string[] {
  return albList(one, 'certificate-arn', 'certificateArn');
}

/** By port. Of two protocols for one port, which is an error, the first stands. */
export function albListeners(members: readonly AlbIngress[]): readonly AlbListener[] {
  const out = new Map<number, { readonly port: number; readonly protocol: AlbListener['protocol']; readonly members: AlbIngress[] }>();
  for (const one of members) {
    for (const { port, protocol } of listenPorts(one) ?? []) {
      const known = out.get(port);
      if (known === undefined) out.set(port, { port, protocol, members: [one] });
      else if (!known.members.includes(one)) known.members.push(one);
    }
  }
  return [...out.values()].toSorted((a, b) => a.port - b.port);
}

/** Where one Ingress of the group asks for it, plain HTTP of all is sent to HTTPS on this port; null where none does. */
export function sslRedirect(members: readonly AlbIngress[]): { readonly port: number; readonly by: AlbIngress } | null {
  for (const by of members) {
    const text = albSetting(by, 'ssl-redirect', 'sslRedirectPort');
    if (text !== null) return { port: Number(text), by };
  }
  return null;
}
