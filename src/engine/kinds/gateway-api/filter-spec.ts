import type { BackendObjectRef } from './references.ts';

export interface HeaderValue {
  readonly name: string;
  readonly value: string;
}

export type PathModifier =
  | { readonly type: 'ReplaceFullPath'; readonly value: string }
  /** S12.8. */
  | { readonly type: 'ReplacePrefixMatch'; readonly value: string };

/** What a rule does to requests beside forwarding them (S12.7). */
export type RouteFilter =
  | {
      readonly type: 'RequestHeaderModifier' | 'ResponseHeaderModifier';
      readonly set: readonly HeaderValue[];
      readonly add: readonly HeaderValue[];
      readonly remove: readonly string[];
    }
  /** The share of requests that is copied is numerator / denominator: 100 / 100 unless stated. */
  | { readonly type: 'RequestMirror'; readonly backendRef: BackendObjectRef; readonly numerator: number; readonly denominator: number }
  | {
      readonly type: 'RequestRedirect';
      readonly scheme: 'http' | 'https' | null;
      readonly hostname: string | null;
      readonly path: PathModifier | null;
      readonly port: number | null;
      readonly statusCode: number;
    }
  | { readonly type: 'URLRewrite'; readonly hostname: string | null; readonly path: PathModifier | null }
  | {
      readonly type: 'CORS';
      readonly allowOrigins: readonly string[];
      readonly allowCredentials: boolean;
      readonly allowMethods: readonly string[];
      readonly allowHeaders: readonly string[];
      readonly exposeHeaders: readonly string[];
      /** Seconds. */
      readonly maxAge: number;
    }
  | { readonly type: 'ExternalAuth'; readonly protocol: 'HTTP' | 'GRPC'; readonly backendRef: BackendObjectRef }
  /** An implementation's own object in the route's namespace. */
  | { readonly type: 'ExtensionRef'; readonly group: string; readonly kind: string; readonly name: string };

export type FilterType = RouteFilter['type'];
