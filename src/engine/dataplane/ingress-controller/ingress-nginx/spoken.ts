/** What nginx speaks to a backend: `backend-protocol` (S10.22). */
import type { Message } from '../../../../catalogue/message.ts';
import { msg } from '../../../../catalogue/message.ts';
import type { Reason } from '../../component.ts';
import { annotationReason } from '../route.ts';
import type { Annotations } from './annotations.ts';
import type { Location } from './configuration.ts';

export interface Spoken {
  /** Empty for plain HTTP/1.1, which nobody asks about. */
  readonly why: readonly Message[];
  readonly because: readonly Reason[];
}

export function howSpoken({ from }: Location, scheme: 'http' | 'https'): Spoken {
  const protocol = from?.annotations.backendProtocol ?? 'HTTP';
  if (from === null || protocol === 'HTTP') return { why: [], because: [] };
  return { why: [whySpoken(protocol, scheme)], because: [annotationReason(from.ingress, from.annotations.nameOf('backend-protocol'))] };
}

function whySpoken(protocol: Exclude<Annotations['backendProtocol'], 'HTTP'>, scheme: 'http' | 'https'): Message {
  switch (protocol) {
    case 'AUTO_HTTP':
      return scheme === 'https' ? msg('ingress.nginx.protocol.auto-https') : msg('ingress.nginx.protocol.auto-http');
    case 'HTTPS':
      return msg('ingress.nginx.protocol.https');
    case 'GRPC':
      return msg('ingress.nginx.protocol.grpc');
    case 'GRPCS':
      return msg('ingress.nginx.protocol.grpcs');
    case 'FCGI':
      return msg('ingress.nginx.protocol.fcgi');
  }
}

export function encrypts({ backendProtocol }: Annotations, scheme: 'http' | 'https'): boolean {
  return backendProtocol === 'HTTPS' || backendProtocol === 'GRPCS' || (backendProtocol === 'AUTO_HTTP' && scheme === 'https');
}

/** Over HTTP/1.1 no server of gRPC understands a request. */
export function speaksHttp1({ backendProtocol }: Annotations): boolean {
  return backendProtocol === 'HTTP' || backendProtocol === 'HTTPS' || backendProtocol === 'AUTO_HTTP';
}
