import type { ContactPoint } from '@parley/protocol/model'
import { Mail, MoreHorizontal, Phone, Star, Trash2 } from 'lucide-react'
import { t } from '../../i18n/t.ts'
import { copyText } from '../copy-text.ts'
import { IconButton } from '../IconButton.tsx'
import { InlineEdit } from '../InlineEdit.tsx'
import { MenuButton } from '../MenuButton.tsx'
import { MenuItem } from '../MenuItems.tsx'
import { reasonOf } from '../Notice.tsx'
import { toast } from '../toast.ts'

interface Props {
  point: ContactPoint
  /** The first of its kind. */
  isMain: boolean
  isOnly: boolean
  isReadOnly: boolean
  onChange: (value: string) => Promise<unknown>
  onLabel: (label: string) => Promise<unknown>
  onMain: () => Promise<unknown>
  onRemove: () => Promise<unknown>
}

/** A number or an address with what it is for, and what can be done with it. */
export function PointRow({ point, isMain, isOnly, isReadOnly, onChange, onLabel, onMain, onRemove }: Props) {
  const { kind, value, label } = point
  return (
    <li className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <InlineEdit
          label={t(isMain ? `point.main.${kind}` : `point.${kind}`)}
          value={value}
          inputMode={kind === 'phone' ? 'tel' : 'email'}
          isReadOnly={isReadOnly}
          onSave={onChange}
          className="tnum"
        />
      </div>
      {isReadOnly ? (
        label !== null && <span className="shrink-0 py-[5px] text-ink-3">{label}</span>
      ) : (
        <div className="w-20 shrink-0">
          <InlineEdit
            label={t('point.labelOf', { value })}
            value={label ?? ''}
            placeholder={isMain && !isOnly ? t('point.isMain') : t('point.label')}
            onSave={onLabel}
            className="text-ink-2"
          />
        </div>
      )}
      <Actions {...{ point, isMain, isReadOnly, onMain, onRemove }} />
    </li>
  )
}

type ActionProps = Pick<Props, 'point' | 'isMain' | 'isReadOnly' | 'onMain' | 'onRemove'>

function Actions({ point: { kind, value }, isMain, isReadOnly, onMain, onRemove }: ActionProps) {
  const open = () => window.location.assign(pointLink({ kind, value }))
  return (
    <MenuButton
      align="end"
      isInLayer
      trigger={
        <IconButton label={t('point.actions', { value })} className="size-7 text-ink-3">
          <MoreHorizontal />
        </IconButton>
      }
    >
      <MenuItem
        icon={kind === 'phone' ? <Phone size={16} aria-hidden="true" /> : <Mail size={16} aria-hidden="true" />}
        onClick={open}
      >
        {t(kind === 'phone' ? 'point.call' : 'point.write')}
      </MenuItem>
      <MenuItem onClick={() => void copyText(value)}>{t('point.copy')}</MenuItem>
      {!isReadOnly && !isMain && (
        <MenuItem icon={<Star size={16} aria-hidden="true" />} onClick={() => saying(onMain)}>
          {t('point.makeMain')}
        </MenuItem>
      )}
      {!isReadOnly && (
        <MenuItem icon={<Trash2 size={16} aria-hidden="true" />} isDangerous onClick={() => saying(onRemove)}>
          {t('point.remove')}
        </MenuItem>
      )}
    </MenuButton>
  )
}

/** What a press calls or writes to. */
const pointLink = ({ kind, value }: Pick<ContactPoint, 'kind' | 'value'>): string =>
  kind === 'phone'
    ? `tel:${value.replaceAll(/[^\d+]/g, '')}`
    : `mailto:${encodeURIComponent(value).replace('%40', '@')}`

/** A menu is gone when the answer comes, so a refusal is said at the foot of the page. */
function saying(act: () => Promise<unknown>): void {
  act().catch((error: unknown) => toast({ tone: 'bad', text: t('parts.notSaved', { reason: reasonOf(error) }) }))
}
