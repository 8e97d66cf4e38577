import type { ApiObject } from '../kind.ts';

/** Whom the API server asks before it takes an object (S10.8). */
export interface ValidatingWebhookConfiguration extends ApiObject {
  readonly webhooks: readonly ValidatingWebhook[];
}

export interface ValidatingWebhook {
  readonly name: string;
  /** Null for one that is asked by URL. */
  readonly service: { readonly namespace: string; readonly name: string; readonly port: number } | null;
  /** What becomes of an object when nobody answers. */
  readonly failurePolicy: 'Fail' | 'Ignore';
  readonly rules: readonly { readonly apiGroups: readonly string[]; readonly resources: readonly string[]; readonly operations: readonly string[] }[];
  /** It is asked about some namespaces or objects only. */
  readonly isSelective: boolean;
}
