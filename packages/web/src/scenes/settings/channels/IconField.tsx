import { MAX_ICON_BYTES } from '@parley/protocol/text'
import { ImageUp, Trash2 } from 'lucide-react'
import { useId, useRef } from 'react'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { initials } from '../../../parts/initials.ts'
import { svgAddress } from '../../../parts/svg-address.ts'

interface Props {
  /** Of the channel, beside which the icon is shown. */
  name: string
  /** The SVG as it stands in the file. */
  icon: string | null
  onChange: (icon: string | null) => void
  error: string | undefined
}

/** An SVG file, looked through as soon as it is chosen, and shown as it will stand beside messages. */
export function IconField({ name, icon, onChange, error }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  async function choose(file: File | undefined) {
    // One byte more than there may be is enough to be told so.
    if (file) onChange(await file.slice(0, MAX_ICON_BYTES + 1).text())
  }
  const isShown = icon !== null && error === undefined
  return (
    <fieldset aria-describedby={`${id}h`} className="min-w-0">
      <legend className="mb-1 text-xs font-medium text-ink-2">{t('channels.icon')}</legend>
      <div className="flex flex-wrap items-center gap-3">
        <span
          aria-hidden="true"
          className="flex size-10 shrink-0 items-center justify-center overflow-hidden rounded-full bg-hover text-md font-semibold text-ink-2"
        >
          {isShown ? <img src={svgAddress(icon)} alt="" className="size-full bg-white" /> : initials(name).slice(0, 1)}
        </span>
        <Button onClick={() => input.current?.click()}>
          <ImageUp size={15} aria-hidden="true" />
          {t(icon === null ? 'channels.iconChoose' : 'channels.iconChange')}
        </Button>
        {icon !== null && (
          <Button look="ghost" onClick={() => onChange(null)}>
            <Trash2 size={15} aria-hidden="true" />
            {t('channels.iconRemove')}
          </Button>
        )}
        {isShown && (
          <span className="flex items-center gap-1.5 text-xs text-ink-3">
            <img src={svgAddress(icon)} alt={t('channels.iconShown')} className="size-3.5 rounded-full bg-white" />
            <bdi>{name}</bdi>
          </span>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept=".svg,image/svg+xml"
        hidden
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          void choose(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      {error && (
        <p role="alert" className="mt-1 text-xs text-bad">
          {error}
        </p>
      )}
      <p id={`${id}h`} className="mt-1 text-xs text-ink-3 text-pretty">
        {t('channels.iconHint')}
      </p>
    </fieldset>
  )
}
