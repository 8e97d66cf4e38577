/** One line drawing for each kind, 20 × 20. It repeats what the word beside it says. */
const PATHS: Readonly<Record<string, string>> = {
  Pod: 'M10 2.8 16.2 6.4v7.2L10 17.2 3.8 13.6V6.4zM3.8 6.4 10 10l6.2-3.6M10 10v7.2',
  Deployment: 'M6.5 3h10.5v7.5H6.5zM3 7v8.5h10.5',
  StatefulSet:
    'M4 5.2c0-1.2 2.7-2.2 6-2.2s6 1 6 2.2v9.6c0 1.2-2.7 2.2-6 2.2s-6-1-6-2.2zM4 5.2c0 1.2 2.7 2.2 6 2.2s6-1 6-2.2M4 10c0 1.2 2.7 2.2 6 2.2s6-1 6-2.2',
  DaemonSet: 'M2.5 4h15M2.5 16h15M4 7.5h3v5H4zM8.5 7.5h3v5h-3zM13 7.5h3v5h-3z',
  Service: 'M10 3a3 3 0 1 1 0 .1M10 6v4M10 10 5 14.5M10 10l5 4.5M3.2 14.5h3.6v3H3.2zM13.2 14.5h3.6v3h-3.6z',
  Ingress: 'M2.5 10H8M8 10c3 0 3-5.5 9-5.5M8 10c3 0 3 5.5 9 5.5M14.8 2.6 17 4.5l-2.2 1.9M14.8 13.6l2.2 1.9-2.2 1.9',
  IngressClass: 'M3 5.5 10 2.8l7 2.7v4.3c0 3.6-2.8 6-7 7.4-4.2-1.4-7-3.8-7-7.4zM7 9.8l2.2 2.2L13.4 8',
  Secret: 'M5.5 9h9v8h-9zM7.3 9V6.4a2.7 2.7 0 0 1 5.4 0V9M10 12v2.2',
  Gateway: 'M3 17V8a7 7 0 0 1 14 0v9M7 17V8.5a3 3 0 0 1 6 0V17M2 17h16',
  HTTPRoute: 'M2.5 10H7M7 10c3 0 2-5.5 6-5.5h4M7 10c3 0 2 5.5 6 5.5h4M5 7.4v5.2',
  GRPCRoute: 'M2.5 6.5H14M11.5 4 14 6.5 11.5 9M17.5 13.5H6M8.5 11 6 13.5 8.5 16',
  TLSRoute: 'M2.5 10H6M14 10h3.5M6 9h8v7H6zM7.8 9V6.6a2.2 2.2 0 0 1 4.4 0V9',
  ReferenceGrant: 'M3 3v14M17 3v14M6 10h8M11 7l3 3-3 3',
  NetworkPolicy: 'M10 2.5 16.5 5v5c0 3.8-2.7 6-6.5 7.5C6.2 16 3.5 13.8 3.5 10V5zM6.5 10h7',
  Node: 'M3 3.5h14v5H3zM3 11.5h14v5H3zM6 6h.1M6 14h.1',
  Namespace: 'M3 3h4M9 3h3M14 3h3v4M17 9v3M17 14v3h-4M11 17H8M6 17H3v-4M3 11V8M3 6V3',
  Client: 'M10 2.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4M3.8 17.2c.4-3.6 2.8-5.6 6.2-5.6s5.8 2 6.2 5.6',
  Host: 'M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4M2.8 10h14.4M10 2.8c-4 4.4-4 10 0 14.4M10 2.8c4 4.4 4 10 0 14.4',
  Controller:
    'M10 7.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M10 2.5v2.2M10 15.3v2.2M2.5 10h2.2M15.3 10h2.2M4.7 4.7l1.6 1.6M13.7 13.7l1.6 1.6M4.7 15.3l1.6-1.6M13.7 6.3l1.6-1.6',
  LoadBalancer: 'M2.5 10h5M7.5 10 16 4.5M7.5 10H17M7.5 10 16 15.5M13.4 4.1l2.8.2-1.2 2.5M13.4 15.9l2.8-.2-1.2-2.5',
};

export function Pictogram({ of }: { readonly of: string }) {
  return (
    <svg width={20} height={20} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[of] ?? PATHS['Host']!} fill="none" stroke="currentColor" strokeWidth={1.5} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
