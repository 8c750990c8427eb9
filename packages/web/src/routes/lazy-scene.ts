import { type AsyncRouteComponent, lazyRouteComponent } from '@tanstack/react-router'
import { importWithTexts } from '../i18n/lazy-with-texts.ts'
import type { Namespace } from '../i18n/namespaces.ts'

/** A scene whose code and texts come when it is opened: `lazyScene(() => import('../scenes/x/X.tsx'), 'X', ['x'])`. */
export function lazyScene<Module extends Record<string, unknown>, Name extends keyof Module & string>(
  load: () => Promise<Module>,
  name: Name,
  namespaces: readonly Namespace[],
): AsyncRouteComponent<object> {
  return lazyRouteComponent(() => importWithTexts(load, namespaces) as Promise<Record<string, never>>, name)
}
