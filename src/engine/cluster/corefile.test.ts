import { describe, expect, it } from 'vitest';
import { readCorefile } from './corefile.ts';

describe('a Corefile (S6.2, S6.5, S6.15)', () => {
  it('tells the zone, the names of Pods and the lifetime of answers', () => {
    const text = `.:53 {
    errors
    kubernetes k8s.example.org in-addr.arpa ip6.arpa {
        pods insecure # as kubeadm has it
        fallthrough in-addr.arpa ip6.arpa
        ttl 30
    }
    forward . /etc/resolv.conf {
        max_concurrent 1000
    }
}`;
    expect(readCorefile(text)).toEqual({ zone: 'k8s.example.org', pods: 'insecure', ttl: 30, ignoresEmptyServices: false, namesPods: false });
  });

  it('without options has the defaults of the plugin: no names of Pods, five seconds', () => {
    expect(readCorefile('. {\n  kubernetes cluster.local\n  ttl 90\n}')).toEqual({
      zone: 'cluster.local',
      pods: 'disabled',
      ttl: 5,
      ignoresEmptyServices: false,
      namesPods: false,
    });
  });

  it('may leave out Services without endpoints and name endpoints by their Pods', () => {
    expect(readCorefile('.:53 {\n kubernetes cluster.local {\n  ignore empty_service\n  endpoint_pod_names\n  pods verified\n }\n}')).toMatchObject({
      pods: 'verified',
      ignoresEmptyServices: true,
      namesPods: true,
    });
  });

  it('says nothing without the plugin, or cut in the middle of its block', () => {
    expect(readCorefile('. { forward . 1.1.1.1 }')).toBeNull();
    expect(readCorefile('. {\n kubernetes {\n  pods insecure')).toMatchObject({ zone: null });
  });
});
