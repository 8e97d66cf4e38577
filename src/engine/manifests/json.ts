/** What a value is. `Array.isArray` does not tell read-only lists from mappings for the compiler; these do. */
import type { Json, JsonObject } from './document.ts';

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** A scalar as it reads; nothing for nothing, and JSON for what is a list or a mapping. */
export function asText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
