import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { optionId } from './SuggestList.tsx'

interface Suggest<Item> {
  /** Undefined: nothing is looked for. */
  query: string | undefined
  items: readonly Item[]
  /** `isSend`: with Ctrl or ⌘, at once. */
  onPick: (item: Item, isSend: boolean) => void
  onClose: () => void
}

/** The keys of a field while suggestions stand above it, and what the field says of them to a screen reader. */
export function useSuggest<Item>({ query, items, onPick, onClose }: Suggest<Item>) {
  const listId = useId()
  const [active, setActive] = useState(0)
  const isOpen = query !== undefined
  const at = Math.min(active, Math.max(0, items.length - 1))
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query begins at its best
  useEffect(() => setActive(0), [query])

  /** True when the key was for the list. */
  function handleKey(event: KeyboardEvent): boolean {
    if (!isOpen) return false
    if (event.key === 'Escape') {
      event.preventDefault()
      // Only the list closes, not what is around it.
      event.stopPropagation()
      onClose()
      return true
    }
    const item = items[at]
    if (!item) return false
    const step = STEPS[event.key]
    if (step !== undefined) setActive((at + step + items.length) % items.length)
    else if (event.key === 'Enter' && !event.shiftKey) onPick(item, event.ctrlKey || event.metaKey)
    else if (event.key === 'Tab' && !event.shiftKey) onPick(item, false)
    else return false
    event.preventDefault()
    return true
  }

  return {
    isOpen,
    listId,
    active: at,
    setActive,
    handleKey,
    fieldProps: isOpen
      ? ({
          'aria-autocomplete': 'list',
          'aria-controls': listId,
          'aria-activedescendant': items.length > 0 ? optionId(listId, at) : undefined,
        } as const)
      : {},
  }
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 }
