import type { TextRange } from '@parley/protocol/model'
import type { ReactNode } from 'react'
import { groupBy } from '../../parts/group-by.ts'

/** Something the palette can do, or go to. */
export interface PaletteItem {
  /** Its own among all that are shown. */
  id: string
  section: PaletteSection
  label: string
  labelMarks?: readonly TextRange[]
  /** A second line. */
  hint?: string | undefined
  hintMarks?: readonly TextRange[] | undefined
  icon?: ReactNode
  /** At the end: a time, a number. */
  aside?: string | undefined
  /** As the registry of shortcuts spells them. */
  keys?: string | undefined
  /** More words to find it by. */
  also?: string
  act: PaletteAct
}

/** Does it and closes the palette; asks one thing more; or changes what is typed. */
export type PaletteAct = { run: () => unknown } | { step: PaletteStep } | { type: string }

/** One thing more that is to be chosen. */
export interface PaletteStep {
  /** What is being done, e.g. `Assign to…`. */
  title: string
  /** What can be chosen. */
  load: () => Promise<readonly PaletteItem[]>
}

/** In the order they are shown in while nothing is typed. */
export const SECTIONS = ['narrow', 'recent', 'go', 'actions', 'people', 'leads', 'messages', 'choices'] as const
export type PaletteSection = (typeof SECTIONS)[number]

export interface ShownSection {
  section: PaletteSection
  items: readonly PaletteItem[]
}

/** Items by their sections: that of the nearest item first, when something was typed. */
export function toSections(items: readonly PaletteItem[], isTyped: boolean): ShownSection[] {
  const sections = groupBy(items, (item) => item.section).map(([section, own]) => ({ section, items: own }))
  return isTyped ? sections : sections.sort((a, b) => SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section))
}
