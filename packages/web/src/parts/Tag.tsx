import { X } from 'lucide-react'
import { t } from '../i18n/t.ts'
import { hueAt } from './hues.ts'

interface Props {
  name: string
  /** Index of one of the eight hues. */
  hue: number
  onRemove?: () => void
}

/** A word somebody put on a thing. The colours come from the theme, so that it can be read in each. */
export function Tag({ name, hue, onRemove }: Props) {
  const of = hueAt(hue)
  return (
    <span
      className="inline-flex h-5 max-w-full items-center rounded-sm text-2xs font-medium"
      style={{
        background: `oklch(var(--av-l) var(--av-c) ${of})`,
        color: `oklch(var(--av-t) calc(var(--av-c) * 2.2) ${of})`,
      }}
    >
      <bdi className="truncate px-1.5">{name}</bdi>
      {onRemove && (
        <button
          type="button"
          aria-label={t('parts.remove', { name })}
          onClick={onRemove}
          className="relative -ms-0.5 flex size-5 shrink-0 items-center justify-center rounded-sm after:absolute after:-inset-0.5 hover:bg-current/15"
        >
          <X size={12} aria-hidden="true" />
        </button>
      )}
    </span>
  )
}
