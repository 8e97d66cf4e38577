/** Annotations that ingress-nginx silently ignores: misspelt, or with a prefix that is not its own (S10.26). */
import { msg, type Message } from '../../../catalogue/message.ts';
import { nearest } from '../../manifests/near-miss.ts';
import type { Cluster } from '../cluster.ts';
import { KNOWN_ANNOTATIONS } from '../controllers/nginx-annotations.ts';
import { flagValue } from '../controllers/claim-flags.ts';
import { type Ledger, recordFinding } from '../ledger.ts';

/** Prefixes that were its own once, or that are often taken for its own. */
const OTHER_PREFIXES: ReadonlySet<string> = new Set(['ingress.kubernetes.io', 'nginx.kubernetes.io', 'ingress.nginx.kubernetes.io', 'kubernetes.io']);
const USUAL_PREFIX = 'nginx.ingress.kubernetes.io';

export function reportAnnotations(cluster: Cluster, ledger: Ledger): void {
  const known = new Set(KNOWN_ANNOTATIONS);
  for (const { implementation, claims, args } of cluster.controllers) {
    if (implementation !== 'ingress-nginx') continue;
    const prefix = flagValue(args, 'annotations-prefix') ?? USUAL_PREFIX;
    for (const key of claims) {
      const ingress = cluster.ingresses.get(key);
      if (ingress === undefined) continue;
      for (const annotation of Object.keys(ingress.metadata.annotations)) {
        const message = whyIgnored(annotation, prefix, known);
        const at = { object: ingress, path: ['metadata', 'annotations', annotation] };
        if (message !== null) recordFinding(ledger, 'ingress-annotation-unknown', 'warning', at, message, ['S10.26']);
      }
    }
  }
}

/** Null for what ingress-nginx knows, and for what is somebody else's. */
function whyIgnored(annotation: string, prefix: string, known: ReadonlySet<string>): Message | null {
  const [own, name] = annotation.split('/');
  if (own === undefined || name === undefined) return null;
  if (own !== prefix) {
    const isMeant = known.has(name) && (own === USUAL_PREFIX || OTHER_PREFIXES.has(own));
    return isMeant ? msg('cluster.annotation.prefix', { annotation, meant: `${prefix}/${name}` }) : null;
  }
  if (known.has(name)) return null;
  const near = nearest(name, KNOWN_ANNOTATIONS)?.word;
  return near === undefined ? msg('cluster.annotation.unknown', { annotation }) : msg('cluster.annotation.near', { annotation, meant: `${prefix}/${near}` });
}
