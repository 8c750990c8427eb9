import type { ContactPoint, PointKind } from '@parley/protocol/model'
import { Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { ApiRefusal } from '../../data/api.ts'
import { t } from '../../i18n/t.ts'
import { InlineEdit } from '../InlineEdit.tsx'
import { SaidError } from '../said-error.ts'
import { toast } from '../toast.ts'
import { addPoint, changePoint, makeFirst, removePoint } from './change-points.ts'
import { PointRow } from './PointRow.tsx'
import { pointFault } from './point-fault.ts'

interface Props {
  /** All of the contact's; those of the kind are shown. */
  points: readonly ContactPoint[]
  kind: PointKind
  /** Saves all of them, phones first. `was` is what stood there: a server that found something else refuses. */
  onSave: (points: ContactPoint[], was: readonly ContactPoint[]) => Promise<unknown>
  isReadOnly?: boolean
}

/**
 * Phones or e-mails of somebody, each changed where it stands: its value, what it is for, which is the main one. An emptied one
 * is removed. Texts: `points`.
 */
export function ContactPoints({ points, kind, onSave, isReadOnly = false }: Props) {
  const [isAdding, setAdding] = useState(false)
  const shown = points.filter((point) => point.kind === kind)

  async function save(next: ContactPoint[]) {
    try {
      await onSave(next, points)
    } catch (error) {
      const isStale = error instanceof ApiRefusal && error.code === 'conflict'
      throw isStale ? new SaidError(t('point.stale')) : error
    }
  }

  async function remove(point: ContactPoint) {
    const left = removePoint(points, point)
    await save(left)
    toast({ text: t('point.removed', { value: point.value }), undo: () => onSave([...points], left) })
  }

  /** However a number or an address is written. */
  const isSame = (one: string, other: string) =>
    kind === 'phone'
      ? one.replaceAll(/\D/g, '') === other.replaceAll(/\D/g, '')
      : one.toLowerCase() === other.toLowerCase()

  function check(value: string, besides?: ContactPoint) {
    const fault = pointFault(kind, value)
    if (fault) throw new SaidError(t(fault))
    if (shown.some((point) => point !== besides && isSame(point.value, value))) throw new SaidError(t('point.twice'))
  }

  async function change(point: ContactPoint, value: string) {
    if (value === '') return remove(point)
    check(value, point)
    await save(changePoint(points, point, { value }))
  }

  async function add(value: string) {
    if (value !== '') {
      check(value)
      await save(addPoint(points, { kind, value, label: null }))
    }
    setAdding(false)
  }

  return (
    <div className="min-w-0">
      <ul aria-label={t(kind === 'phone' ? 'point.phones' : 'point.emails')}>
        {shown.map((point, index) => (
          <PointRow
            key={point.value}
            point={point}
            isMain={index === 0}
            isOnly={shown.length === 1}
            isReadOnly={isReadOnly}
            onChange={(value) => change(point, value)}
            onLabel={(label) => save(changePoint(points, point, { label: label === '' ? null : label }))}
            onMain={() => save(makeFirst(points, point))}
            onRemove={() => remove(point)}
          />
        ))}
        {isAdding && (
          <li>
            <NewPoint kind={kind} onSave={add} onLeave={() => setAdding(false)} />
          </li>
        )}
      </ul>
      {isReadOnly && shown.length === 0 && <span className="text-ink-3">—</span>}
      {!isReadOnly && !isAdding && (
        <button
          type="button"
          onClick={() => setAdding(true)}
          className="-mx-1.5 flex h-7 items-center gap-1 rounded-md px-1.5 text-ink-3 hover:bg-hover hover:text-ink pointer-coarse:h-10"
        >
          <Plus size={14} aria-hidden="true" />
          {t(kind === 'phone' ? 'point.addPhone' : 'point.addEmail')}
        </button>
      )}
    </div>
  )
}

interface NewPointProps {
  kind: PointKind
  onSave: (value: string) => Promise<void>
  onLeave: () => void
}

/** An empty line that has the keyboard at once; left empty, it goes. */
function NewPoint({ kind, onSave, onLeave }: NewPointProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.querySelector('input')?.focus(), [])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears what happens in its field
    <div
      ref={place}
      onBlur={({ target }) => target instanceof HTMLInputElement && target.value.trim() === '' && onLeave()}
      onKeyDown={({ key }) => key === 'Escape' && onLeave()}
    >
      <InlineEdit
        label={t(kind === 'phone' ? 'point.newPhone' : 'point.newEmail')}
        placeholder={kind === 'phone' ? '+46 70 000 00 55' : 'name@example.com'}
        inputMode={kind === 'phone' ? 'tel' : 'email'}
        value=""
        onSave={onSave}
      />
    </div>
  )
}
