import type { SearchSuggestion } from '@parley/protocol/model'
import { ListFilter } from 'lucide-react'
import type { PaletteItem } from './palette-item.ts'

/** How what is being typed can go on. */
export const suggestionItems = (suggestions: readonly SearchSuggestion[]): PaletteItem[] =>
  suggestions.map(({ label, query }) => ({
    id: `narrow-${query}`,
    section: 'narrow',
    label,
    icon: <ListFilter aria-hidden="true" />,
    act: { type: query },
  }))
