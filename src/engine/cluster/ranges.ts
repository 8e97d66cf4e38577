import type { ApiObject } from '../kinds/kind.ts';
import type { Manifests } from '../manifests/document.ts';
import { locateField } from '../manifests/locate.ts';
import type { FieldPath, SourceRange } from '../manifests/source.ts';

/** Where the field stands, or the nearest written field around it; nothing for objects that no text holds. */
export function rangesOf(manifests: Manifests, object: Pick<ApiObject, 'manifest'>, path: FieldPath): readonly SourceRange[] {
  return object.manifest === null ? [] : [locateField(manifests, object.manifest, path).range];
}
