import { describe, expect, it } from 'vitest';
import { traceOf } from '../trace-of.ts';

const yaml = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: a }
spec: { clusterIP: 10.96.0.40, selector: { app: web }, ports: [{ name: http, port: 80 }, { name: dns, port: 53, protocol: UDP }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client, namespace: a }
spec: { containers: [{ name: c, image: i }] }
`;
const asked = (url: string) => {
  const { resolution, branches } = traceOf(yaml, { url, from: 'pod/a/client' }).trace;
  return [branches[0]?.outcome.code, ...resolution.addresses];
};

describe('records of one type (S6.1)', () => {
  it.each([
    ['dns://web', ['ACCEPTED', '10.96.0.40']],
    ['dns://web?type=aaaa', ['DNS_NODATA']],
    ['dns://_dns._udp.web.a.svc.cluster.local.?type=SRV', ['ACCEPTED', '0 100 53 web.a.svc.cluster.local.']],
    ['dns://web?type=SRV', ['ACCEPTED', '0 50 80 web.a.svc.cluster.local.', '0 50 53 web.a.svc.cluster.local.']],
    ['dns://_smtp._tcp.web.a.svc.cluster.local.?type=SRV', ['DNS_NXDOMAIN']],
    ['dns://none?type=SRV', ['DNS_NXDOMAIN']],
    ['dns://40.0.96.10.in-addr.arpa.?type=PTR', ['ACCEPTED', 'web.a.svc.cluster.local.']],
    ['dns://9.9.9.10.in-addr.arpa.?type=PTR', ['DNS_NXDOMAIN']],
    ['dns://dns-version.cluster.local.?type=TXT', ['ACCEPTED', '"1.1.0"']],
    ['dns://web?type=TXT', ['DNS_NODATA']],
  ])('%s', (url, expected) => {
    expect(asked(url)).toEqual(expected);
  });
});
