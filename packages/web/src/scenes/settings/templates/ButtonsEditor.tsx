import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { IconButton } from '../../../parts/IconButton.tsx'
import { SegmentedControl } from '../../../parts/SegmentedControl.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import type { ButtonKind, TemplateForm } from './template-form.ts'

interface Props {
  form: Pick<TemplateForm, 'rows' | 'buttonKind'>
  error: string | undefined
  onChange: (next: Pick<TemplateForm, 'rows'> | Pick<TemplateForm, 'buttonKind'>) => void
}

/** As many as one keyboard may have. */
const MOST = 25
const EMPTY = { text: '', url: '' }

/** Rows of quick replies, or of links, under the text. */
export function ButtonsEditor({ form: { rows, buttonKind }, error, onChange }: Props) {
  const count = rows.flat().length
  // Those that were there when the template was opened do not call for the keyboard; each that is added does.
  const [hasAdded, setAdded] = useState(false)
  const setRow = (index: number, row: TemplateForm['rows'][number]) =>
    onChange({ rows: row.length === 0 ? rows.toSpliced(index, 1) : rows.with(index, row) })
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-xs font-medium text-ink-2">{t('templates.buttons')}</legend>
      {count > 0 && (
        <SegmentedControl<ButtonKind>
          label={t('templates.buttonKind')}
          value={buttonKind}
          onChange={(kind) => onChange({ buttonKind: kind })}
          options={[
            { value: 'reply', label: t('templates.quickReplies') },
            { value: 'link', label: t('templates.links') },
          ]}
          className="mb-2"
        />
      )}
      <ol className="flex flex-col gap-2">
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
          <li key={index} className="flex flex-wrap items-center gap-2">
            {row.map((button, place) => (
              <OneButton
                // biome-ignore lint/suspicious/noArrayIndexKey: nor have buttons
                key={place}
                label={t('templates.buttonOf', { row: index + 1, place: place + 1 })}
                button={button}
                kind={buttonKind}
                hasFocus={hasAdded}
                onChange={(next) => setRow(index, row.with(place, next))}
                onRemove={() => setRow(index, row.toSpliced(place, 1))}
              />
            ))}
            {count < MOST && (
              <IconButton
                label={t('templates.addBeside', { row: index + 1 })}
                onClick={() => {
                  setAdded(true)
                  setRow(index, [...row, EMPTY])
                }}
              >
                <Plus />
              </IconButton>
            )}
          </li>
        ))}
      </ol>
      {error && (
        <p role="alert" className="mt-1 text-xs text-bad">
          {error}
        </p>
      )}
      {count < MOST && (
        <Button
          size="sm"
          className="mt-2"
          onClick={() => {
            setAdded(true)
            onChange({ rows: [...rows, [EMPTY]] })
          }}
        >
          <Plus size={14} aria-hidden="true" />
          {t('templates.addButton')}
        </Button>
      )}
    </fieldset>
  )
}

interface OneProps {
  label: string
  button: { text: string; url: string }
  kind: ButtonKind
  /** It takes the keyboard when it is drawn first. */
  hasFocus: boolean
  onChange: (next: { text: string; url: string }) => void
  onRemove: () => void
}

function OneButton({ label, button, kind, hasFocus, onChange, onRemove }: OneProps) {
  return (
    <span className="flex min-w-0 items-start gap-1">
      <span className="flex min-w-0 flex-col gap-1">
        <TextField
          label={label}
          isLabelHidden
          placeholder={t('templates.buttonText')}
          autoFocus={hasFocus}
          value={button.text}
          maxLength={255}
          onChange={(text) => onChange({ ...button, text })}
          className="w-40"
        />
        {kind === 'link' && (
          <TextField
            type="url"
            label={t('templates.linkOf', { label })}
            isLabelHidden
            placeholder="https://"
            value={button.url}
            onChange={(url) => onChange({ ...button, url })}
            className="w-40"
          />
        )}
      </span>
      <IconButton label={t('templates.removeButton', { label })} onClick={onRemove}>
        <X />
      </IconButton>
    </span>
  )
}
