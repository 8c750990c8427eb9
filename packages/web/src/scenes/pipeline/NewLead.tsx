import type { ContactId, Pipeline, StageId } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { applyEvents } from '../../data/apply-events.ts'
import { createLead } from '../../data/board/endpoints.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import type { ComboOption } from '../../parts/combobox-options.ts'
import { Dialog } from '../../parts/Dialog.tsx'
import { readFormProblem } from '../../parts/form-problem.ts'
import { ContactField, NEW_CONTACT } from '../../parts/lead/ContactField.tsx'
import { NumberField } from '../../parts/NumberField.tsx'
import { Select } from '../../parts/Select.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { toast } from '../../parts/toast.ts'
import { useBoardSearch } from './use-board-search.ts'

interface Props {
  isOpen: boolean
  onClose: () => void
  pipelines: readonly Pipeline[]
  /** The one that is shown. */
  pipeline: Pipeline
}

/** A lead that came by no channel. What was typed is kept while the dialog is open. */
export function NewLead({ isOpen, onClose, ...props }: Props) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      isKept
      title={t('pipeline.newLead')}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button look="primary" type="submit" form="new-lead">
            {t('pipeline.create')}
          </Button>
        </>
      }
    >
      <Form {...props} onClose={onClose} />
    </Dialog>
  )
}

function Form({ onClose, pipelines, pipeline }: Omit<Props, 'isOpen'>) {
  const { account } = useMe()
  const client = useQueryClient()
  const { change } = useBoardSearch()
  const [title, setTitle] = useState('')
  const [contact, setContact] = useState<ComboOption | null>(null)
  const [phone, setPhone] = useState('')
  const [price, setPrice] = useState<number | null>(null)
  const [target, setTarget] = useState(() => firstOf(pipeline))
  const [error, setError] = useState<unknown>()
  const problem = readFormProblem(error, ['title', 'contact', 'contactId', 'price', 'stageId', 'pipelineId'])
  const isNew = contact?.value === NEW_CONTACT

  async function save(event: FormEvent) {
    event.preventDefault()
    const [pipelineId = 0, stageId = 0] = target.split('/').map(Number)
    const whom = isNew
      ? { contact: { name: contact.label, ...(phone.trim() && { phone: phone.trim() }) } }
      : contact && { contactId: Number(contact.value) as ContactId }
    try {
      const lead = await createLead({ title, pipelineId, stageId: stageId as StageId, price: price ?? 0, ...whom })
      applyEvents(client, [{ seq: 0, type: 'lead.created', lead }])
      onClose()
      toast({
        tone: 'ok',
        text: t('pipeline.made', { title: lead.title }),
        action: { label: t('pipeline.open'), run: () => change({ lead: lead.id }, { isStep: true }) },
      })
    } catch (refused) {
      setError(refused)
    }
  }

  return (
    <form id="new-lead" onSubmit={(event) => void save(event)} className="flex flex-col gap-3">
      <TextField label={t('pipeline.title')} value={title} onChange={setTitle} required error={problem.fields.title} />
      <ContactField value={contact} onChange={setContact} error={problem.fields.contactId ?? problem.fields.contact} />
      {isNew && <TextField label={t('link.phone')} type="tel" value={phone} onChange={setPhone} />}
      <Select
        label={t('pipeline.stage')}
        options={pipelines.flatMap((one) =>
          one.stages
            .filter(({ kind }) => kind !== 'incoming')
            .map(({ id, name }) => ({ value: `${one.id}/${id}`, label: name, group: one.name })),
        )}
        value={target}
        onChange={setTarget}
        error={problem.fields.stageId ?? problem.fields.pipelineId}
      />
      <NumberField
        label={t('lead.price')}
        value={price}
        onChange={setPrice}
        min={0}
        format={{ style: 'currency', currency: account.currency, maximumFractionDigits: 0 }}
        error={problem.fields.price}
      />
      {problem.rest && (
        <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
          {problem.rest}
        </p>
      )}
    </form>
  )
}

const firstOf = ({ id, stages }: Pipeline) => `${id}/${stages.find(({ kind }) => kind === 'open')?.id ?? 0}`
