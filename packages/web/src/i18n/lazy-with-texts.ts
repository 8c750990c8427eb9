import { type LazyExoticComponent, lazy, type ReactNode } from 'react'
import type { Namespace } from './namespaces.ts'
import { loadTexts } from './texts.ts'

/** A component's module together with the texts it is written in. */
export async function importWithTexts<Module>(
  load: () => Promise<Module>,
  namespaces: readonly Namespace[],
): Promise<Module> {
  const [module] = await Promise.all([load(), loadTexts(...namespaces)])
  return module
}

/** `lazy` for a part that brings texts of its own: `lazyWithTexts(() => import('./Panel.tsx'), 'Panel', ['notifications'])`. */
export function lazyWithTexts<Name extends string, Props>(
  load: () => Promise<Record<Name, (props: Props) => ReactNode>>,
  name: Name,
  namespaces: readonly Namespace[],
): LazyExoticComponent<(props: Props) => ReactNode> {
  return lazy(async () => ({ default: (await importWithTexts(load, namespaces))[name] }))
}
