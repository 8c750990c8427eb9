import type { CustomField, Lead, LossReasonId, RequiredField, UserId } from '@parley/protocol/model'
import { type FormEvent, useState } from 'react'
import { useLossReasons } from '../../data/board/board-queries.ts'
import type { Move } from '../../data/board/decide.ts'
import { useLeadFields } from '../../data/board/fields.ts'
import { useUsers } from '../../data/board/users.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../Button.tsx'
import { Dialog } from '../Dialog.tsx'
import { NumberField } from '../NumberField.tsx'
import { Select } from '../Select.tsx'

interface Props {
  lead: Lead
  move: Move
  missing: readonly RequiredField[]
  onAnswer: (move: Move) => void
  onClose: () => void
}

/** What a stage asks for, asked where the card was dropped, and nothing more. */
export function MissingDialog({ lead, move, missing, onAnswer, onClose }: Props) {
  const { account, user } = useMe()
  const [price, setPrice] = useState<number | null>(null)
  const [responsible, setResponsible] = useState<UserId>(user.id)
  const [reason, setReason] = useState<LossReasonId | null>(null)
  const users = useUsers(missing.includes('responsible'))
  const reasons = useLossReasons(missing.includes('lossReason'))
  const custom = useLeadFields()
  const elsewhere = missing.filter((field) => !HERE.includes(field))
  const isFilled =
    (!missing.includes('price') || (price ?? 0) > 0) && (!missing.includes('lossReason') || reason !== null)

  function save(event: FormEvent) {
    event.preventDefault()
    if (!isFilled) return
    onClose()
    const patch = {
      ...move.patch,
      ...(missing.includes('price') && price !== null && { price }),
      ...(missing.includes('responsible') && { responsibleUserId: responsible }),
      ...(missing.includes('lossReason') && { lossReasonId: reason }),
    }
    onAnswer({ ...move, patch })
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      isKept
      title={t('lead.stageAsks', { stage: move.stage.name })}
      description={<bdi>{lead.title}</bdi>}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          {elsewhere.length === 0 && (
            <Button look="primary" type="submit" form="lead-missing" disabled={!isFilled}>
              {t('lead.fillAndMove')}
            </Button>
          )}
        </>
      }
    >
      <form id="lead-missing" onSubmit={save} className="flex flex-col gap-3">
        {missing.includes('price') && (
          <NumberField
            label={t('lead.price')}
            value={price}
            onChange={setPrice}
            min={0}
            format={{ style: 'currency', currency: account.currency, maximumFractionDigits: 0 }}
          />
        )}
        {missing.includes('responsible') && (
          <Select
            label={t('lead.responsible')}
            options={users.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={String(responsible)}
            onChange={(id) => setResponsible(Number(id) as UserId)}
          />
        )}
        {missing.includes('lossReason') && (
          <Select
            label={t('lead.lossReason')}
            options={(reasons.data?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
            value={reason === null ? null : String(reason)}
            onChange={(id) => setReason(Number(id) as LossReasonId)}
          />
        )}
        {elsewhere.length > 0 && (
          <p className="text-ink-2">
            {t('lead.fillElsewhere', { fields: elsewhere.map((field) => nameOf(field, custom)).join(', ') })}
          </p>
        )}
      </form>
    </Dialog>
  )
}

const HERE: readonly RequiredField[] = ['price', 'responsible', 'lossReason']

function nameOf(field: RequiredField, custom: readonly CustomField[]): string {
  if (field === 'phone') return t('link.phone')
  return field === 'email'
    ? t('link.email')
    : (custom.find(({ id }) => field === `field:${id}`)?.name ?? t('lead.customField'))
}
