import type { Listener, NamespacesAllowed } from '../gateway-api/listener-spec.ts';
import type { TargetRef } from '../gateway-api/references.ts';
import type { ApiObject } from '../kind.ts';

/** An address of `spec.addresses` or of the status. */
export interface GatewayAddress {
  /** `IPAddress`, `Hostname`, `NamedAddress` or an implementation's own after its domain. */
  readonly type: string;
  /** Null: the controller chooses one of this type. */
  readonly value: string | null;
}

/** What clients must show to listeners that end TLS (S12.12.5). */
export interface FrontendValidation {
  readonly caCertificateRefs: readonly TargetRef[];
  readonly mode: 'AllowValidOnly' | 'AllowInsecureFallback';
}

export interface Gateway extends ApiObject {
  readonly gatewayClassName: string;
  readonly listeners: readonly Listener[];
  readonly addresses: readonly GatewayAddress[];
  /** Whose ListenerSets may add listeners (S12.14). */
  readonly allowedListeners: NamespacesAllowed;
  readonly frontendTls: {
    readonly default: FrontendValidation | null;
    /** Takes the place of the default at its port, also with null. */
    readonly perPort: readonly { readonly port: number; readonly validation: FrontendValidation | null }[];
  } | null;
  /** The certificate shown to backends. */
  readonly backendClientCertificate: TargetRef | null;
  readonly infrastructure: {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly parametersRef: { readonly group: string; readonly kind: string; readonly name: string } | null;
  };
  /** Null when the text holds no status. */
  readonly statusAddresses: readonly GatewayAddress[] | null;
}
