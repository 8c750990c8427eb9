import { useId } from 'react'
import { t } from '../i18n/t.ts'
import { HUE_COUNT, stageColor } from './hues.ts'

interface Props {
  label: string
  /** Index of one of the eight. */
  value: number
  onChange: (hue: number) => void
}

type HueIndex = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7

/** One of the eight hues of the design. */
export function HuePicker({ label, value, onChange }: Props) {
  const name = useId()
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-xs font-medium text-ink-2">{label}</legend>
      <div className="flex flex-wrap gap-1.5">
        {Array.from({ length: HUE_COUNT }, (_, hue) => (
          <input
            // biome-ignore lint/suspicious/noArrayIndexKey: a hue is its index
            key={hue}
            type="radio"
            name={name}
            checked={hue === value}
            aria-label={t(`parts.hue.${hue as HueIndex}`)}
            title={t(`parts.hue.${hue as HueIndex}`)}
            onChange={() => onChange(hue)}
            data-colour
            className="relative size-6 appearance-none rounded-full ring-inset checked:shadow-[inset_0_0_0_3px_var(--surface)] checked:ring-0 checked:outline-2 checked:outline-ink focus-visible:rounded-full focus-visible:outline-accent pointer-coarse:size-10"
            style={{ background: stageColor(hue) }}
          />
        ))}
      </div>
    </fieldset>
  )
}
