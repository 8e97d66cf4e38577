/** From a request back to what a person would type for it. */
import type { ConnectTo, Flow, FlowDetails } from './flow.ts';
import { formatUrl } from './format.ts';
import type { RequestDraft } from './request-draft.ts';
import { printHost } from './request.ts';

/** `readRequest` makes the same request of it. */
export function draftOf(flow: Flow): RequestDraft {
  const { from, method, headers, sni, hsts, httpVersion, viaNode, clientCertificate, backend } = flow;
  const details: FlowDetails = {
    ...(sni !== undefined && { sni }),
    ...(hsts === true && { hsts }),
    ...(httpVersion !== undefined && { httpVersion }),
    ...(viaNode !== undefined && { viaNode }),
    ...(clientCertificate !== undefined && { clientCertificate }),
    ...(backend !== undefined && { backend }),
  };
  return {
    from,
    method: flow.scheme === 'dns' ? 'GET' : method,
    url: flow.scheme === 'icmp' ? `ping://${printHost(flow.host)}` : formatUrl(flow),
    headers,
    connectTo: flow.connectTo === undefined ? '' : formatConnectTo(flow.connectTo),
    followRedirects: flow.followRedirects ?? false,
    insecure: flow.insecure ?? false,
    ...(Object.keys(details).length > 0 && { details }),
  };
}

/** As `readRequest` reads it. */
export function formatConnectTo(to: ConnectTo): string {
  // A ping has no port.
  const port = to.port === 0 ? '' : `:${to.port}`;
  switch (to.kind) {
    case 'address':
      return `${printHost(to.host)}${port}`;
    case 'ingress':
      return `ingress/*${port}`;
    case 'gateway':
    case 'pod':
      return `${to.kind}/${to.namespace}/${to.name}${port}`;
  }
}
