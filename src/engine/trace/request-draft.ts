import type { FlowDetails, Origin } from './flow.ts';

/** A request as typed in the request bar or on the command line, before it is understood. */
export interface RequestDraft {
  readonly from: Origin;
  readonly method: string;
  /** Anything with a host: `https://shop.example.com/api`, `tcp://db:5432`, `ping://api`. A scheme-less text is http. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** `HOST:PORT` or empty, like `curl --connect-to`; also `pod/ns/name`, `gateway/ns/name` or `ingress/*` for the host. */
  readonly connectTo: string;
  readonly followRedirects: boolean;
  readonly insecure: boolean;
  readonly details?: FlowDetails;
}

/** A request that the manifests invite: a host and path of a rule, a Service and port. */
export interface RequestSuggestion {
  readonly draft: RequestDraft;
  /** What it would show, e.g. the Ingress path or the Service it asks. */
  readonly label: string;
}
