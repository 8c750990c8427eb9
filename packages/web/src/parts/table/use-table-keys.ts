import type { Virtualizer } from '@tanstack/react-virtual'
import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react'
import { type DataTableProps, keysBetween } from './table-types.ts'

/** The row the keyboard is on, and what keys do there: arrows or J and K walk, Enter opens, Space or X selects, Shift selects on the way. */
export function useTableKeys<Row>(
  { rows, keyOf, onOpen, selection }: DataTableProps<Row>,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
) {
  const [activeKey, setActiveKey] = useState<string | null>(null)
  /** Where a range begins. */
  const anchor = useRef<string | null>(null)
  const keys = rows.map(keyOf)

  function select(key: string, isSelected: boolean, isRange: boolean) {
    if (!selection) return
    const changed = isRange ? keysBetween(keys, anchor.current, key) : [key]
    const next = new Set(selection.keys)
    for (const one of changed) {
      if (isSelected) next.add(one)
      else next.delete(one)
    }
    anchor.current = key
    selection.onChange(next)
  }

  function walk(to: number, event: KeyboardEvent) {
    const index = Math.max(0, Math.min(rows.length - 1, to))
    const key = keys[index]
    if (key === undefined) return
    event.preventDefault()
    if (event.shiftKey && selection) {
      anchor.current ??= activeKey ?? key
      selection.onChange(new Set([...selection.keys, ...keysBetween(keys, anchor.current, key)]))
    } else anchor.current = key
    setActiveKey(key)
    virtualizer.scrollToIndex(index, { align: 'auto' })
  }

  function handleKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey) return
    const here = activeKey === null ? -1 : keys.indexOf(activeKey)
    const steps: Record<string, number> = {
      ArrowDown: here + 1,
      ArrowUp: here - 1,
      j: here + 1,
      k: here - 1,
      PageDown: here + 10,
      PageUp: here - 10,
      Home: 0,
      End: rows.length - 1,
    }
    const to = steps[event.key]
    if (to !== undefined) return walk(to, event)
    const row = rows[here]
    if (!row || activeKey === null) return
    if (event.key === 'Enter' && onOpen) {
      event.preventDefault()
      onOpen(row)
    }
    if ((event.key === ' ' || event.key === 'x') && selection) {
      event.preventDefault()
      select(activeKey, !selection.keys.has(activeKey), event.shiftKey)
    }
  }

  /** Whoever comes by the keyboard stands on the first row. */
  function handleFocus(event: FocusEvent<HTMLElement>) {
    if (event.target === event.currentTarget && activeKey === null) setActiveKey(keys[0] ?? null)
  }

  return { activeKey, setActiveKey, select, handleKeyDown, handleFocus }
}
