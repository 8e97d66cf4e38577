/**
 * Every Kubernetes and network term that a sentence uses, in one plain sentence each. Shown on hover.
 * Keys are spelled as the field spells them; plurals are found by themselves.
 */
export const glossary = {
  Pod: 'One or more containers that run together on one node and share one IP address.',
  Service: 'A stable name and address for a set of Pods.',
  ClusterIP: 'A virtual address of a Service. No interface holds it: the kernel of each node translates it to a Pod.',
} as const satisfies Readonly<Record<string, string>>;

export type Term = keyof typeof glossary;
