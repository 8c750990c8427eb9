import type { ContactId, LeadId } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { useId } from 'react'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { Avatar } from '../Avatar.tsx'
import { money } from '../format.ts'
import type { Candidate, Picked } from './candidate.ts'
import { StageDot } from './StageDot.tsx'

interface Props {
  candidates: readonly Candidate[]
  picked: Picked | undefined
  onPick: (picked: Picked) => void
}

/** People, each with their leads: one of these is picked, or the person alone. */
export function LinkCandidates({ candidates, picked, onPick }: Props) {
  const name = useId()
  const isPicked = (contactId: ContactId, leadId: LeadId | undefined) =>
    picked?.contactId === contactId && picked.leadId === leadId
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="sr-only">{t('link.who')}</legend>
      {candidates.map(({ contact, leads, evidence }) => {
        const open = leads.filter(({ stage }) => stage.kind === 'open' || stage.kind === 'incoming')
        return (
          <div key={contact.id} className="rounded-lg p-2.5 shadow-card">
            <div className="flex items-center gap-2.5">
              <Avatar name={contact.name} seed={String(contact.id)} size={32} />
              <span className="min-w-0 flex-1">
                <bdi className="block truncate font-semibold">{contact.name}</bdi>
                <span className="flex flex-wrap gap-1">
                  {evidence.map(({ kind }) => (
                    <span key={kind} className="rounded-sm bg-warn-soft px-1 text-2xs font-medium text-warn">
                      {t(`link.same.${kind}`)}
                    </span>
                  ))}
                </span>
              </span>
            </div>
            <div className="mt-1.5 flex flex-col">
              {leads.map((lead) => (
                <Option
                  key={lead.id}
                  name={name}
                  isChecked={isPicked(contact.id, lead.id)}
                  onChange={() => onPick({ contactId: contact.id, leadId: lead.id })}
                >
                  <LeadLine lead={lead} />
                </Option>
              ))}
              {open.length === 0 && (
                <Option
                  name={name}
                  isChecked={isPicked(contact.id, undefined)}
                  onChange={() => onPick({ contactId: contact.id, leadId: undefined })}
                >
                  {t('link.contactOnly')}
                </Option>
              )}
            </div>
          </div>
        )
      })}
    </fieldset>
  )
}

interface OptionProps {
  name: string
  isChecked: boolean
  onChange: () => void
  children: React.ReactNode
}

function Option({ name, isChecked, onChange, children }: OptionProps) {
  return (
    <label
      className={clsx(
        'flex min-h-8 items-center gap-2 rounded-md px-1.5 pointer-coarse:min-h-11',
        isChecked ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <input
        type="radio"
        name={name}
        checked={isChecked}
        onChange={onChange}
        className="relative size-4 shrink-0 appearance-none rounded-full bg-surface shadow-[inset_0_0_0_1.5px_var(--ink-3)] checked:bg-on-accent checked:shadow-[inset_0_0_0_5px_var(--accent)] dark:bg-raised"
      />
      <span className="min-w-0 flex-1">{children}</span>
    </label>
  )
}

function LeadLine({ lead }: { lead: Candidate['leads'][number] }) {
  const { account } = useMe()
  return (
    <span className="flex min-w-0 items-center gap-2">
      <bdi className="min-w-0 flex-1 truncate">{lead.title}</bdi>
      <span className="flex max-w-[45%] shrink-0 items-center gap-1.5 text-xs text-ink-3">
        <StageDot hue={lead.stage.hue} />
        <bdi className="truncate">{lead.stage.name}</bdi>
        {lead.price > 0 && <span className="tnum">{money(lead.price, account.currency)}</span>}
      </span>
    </span>
  )
}
