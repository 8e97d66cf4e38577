import type { Listener } from '../gateway-api/listener-spec.ts';
import type { TargetRef } from '../gateway-api/references.ts';
import type { ApiObject } from '../kind.ts';

/** More listeners for a Gateway (S12.14). */
export interface ListenerSet extends ApiObject {
  readonly parentRef: TargetRef;
  readonly listeners: readonly Listener[];
}
