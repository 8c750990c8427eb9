import { clsx } from 'clsx'
import { type ReactNode, useEffect, useRef } from 'react'

interface Props<Item> {
  id: string
  label: string
  items: readonly Item[]
  active: number
  keyOf: (item: Item) => string | number
  children: (item: Item, isActive: boolean) => ReactNode
  onHover: (index: number) => void
  onPick: (item: Item) => void
  className?: string
}

/** What could be meant, above the field, which keeps the keyboard: it names the active option (`aria-activedescendant`). */
export function SuggestList<Item>({
  id,
  label,
  items,
  active,
  keyOf,
  children,
  onHover,
  onPick,
  className,
}: Props<Item>) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div ref={list} id={id} role="listbox" aria-label={label} className={clsx('overflow-y-auto', className)}>
      {items.map((item, index) => (
        // The keys are the field's; a press is for those who point.
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above
        <div
          key={keyOf(item)}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          tabIndex={-1}
          // The field must not lose the keyboard.
          onMouseDown={(event) => event.preventDefault()}
          onMouseMove={() => index !== active && onHover(index)}
          onClick={() => onPick(item)}
          className={clsx('cursor-default rounded-md px-2.5 py-1.5', index === active && 'bg-hover dark:bg-press')}
        >
          {children(item, index === active)}
        </div>
      ))}
    </div>
  )
}

export const optionId = (listId: string, index: number): string => `${listId}-${index}`
