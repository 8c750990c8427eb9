import type { Duplicate, Lead, LeadId, LinkTarget } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { type FormEvent, useDeferredValue, useRef, useState } from 'react'
import { useLinkTargets } from '../../data/board/board-queries.ts'
import { useDuplicates } from '../../data/board/duplicates.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../Button.tsx'
import { Dialog } from '../Dialog.tsx'
import { Notice, Problem, reasonOf } from '../Notice.tsx'
import { SkeletonRows } from '../SkeletonRows.tsx'
import { TextField } from '../TextField.tsx'
import { linkWithUndo } from './act-on-lead.ts'
import type { Candidate, Picked } from './candidate.ts'
import { LinkCandidates } from './LinkCandidates.tsx'
import { LinkCompare } from './LinkCompare.tsx'

interface Props {
  lead: Lead
  onClose: () => void
}

/** Says who an incoming lead is: those it could be first, with what speaks for them side by side, and a search for the rest. */
export function LinkDialog({ lead, onClose }: Props) {
  const client = useQueryClient()
  const field = useRef<HTMLInputElement>(null)
  const [query, setQuery] = useState('')
  const { candidates, ...found } = useCandidates(lead.id, useDeferredValue(query.trim()))
  const [picked, setPicked] = useState<Picked>()
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const chosen = picked ?? firstOf(candidates)
  const candidate = candidates.find(({ contact }) => contact.id === chosen?.contactId)

  async function save(event: FormEvent) {
    event.preventDefault()
    if (!chosen || !candidate || state.isBusy) return
    setState({ isBusy: true })
    try {
      await linkWithUndo(client, lead, chosen.leadId ? { leadId: chosen.leadId } : { contactId: chosen.contactId })
      onClose()
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="lg"
      initialFocus={field}
      title={t('link.title')}
      description={t('link.hint')}
      footer={
        <>
          <Button onClick={onClose}>{t('parts.cancel')}</Button>
          <Button look="primary" type="submit" form={FORM} disabled={!candidate || state.isBusy}>
            {t('link.link')}
          </Button>
        </>
      }
    >
      <form id={FORM} onSubmit={(event) => void save(event)} />
      <TextField
        ref={field}
        form={FORM}
        label={t('link.search')}
        isLabelHidden
        type="search"
        placeholder={t('link.search')}
        icon={<Search size={15} aria-hidden="true" />}
        value={query}
        onChange={(text) => {
          setQuery(text)
          setPicked(undefined)
        }}
      />
      <div className="mt-3 grid min-h-64 grid-cols-[minmax(0,1fr)] gap-4 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <div className="min-w-0">
          {found.isPending && <SkeletonRows count={4} height={64} />}
          {found.error !== null && <Problem title={t('link.failed')} error={found.error} onRetry={found.retry} />}
          {!found.isPending && found.error === null && candidates.length === 0 && (
            <Notice title={t(query.trim() === '' ? 'link.nobody' : 'link.noHits')} hint={t('link.nobodyHint')} />
          )}
          <LinkCandidates candidates={candidates} picked={chosen} onPick={setPicked} />
        </div>
        {candidate && <LinkCompare lead={lead} candidate={candidate} />}
      </div>
      {state.error !== undefined && (
        <p role="alert" className="mt-3 rounded-md bg-bad-soft px-3 py-2 text-bad">
          {t('link.notLinked', { reason: reasonOf(state.error) })}
        </p>
      )}
    </Dialog>
  )
}

/** Enter in the search links to whom is picked: the likeliest, when nobody picked another. */
const FORM = 'link-lead'

function useCandidates(leadId: LeadId, q: string) {
  const duplicates = useDuplicates(leadId)
  const hits = useLinkTargets(leadId, q)
  const query = q === '' ? duplicates : hits
  const items: readonly (Duplicate | LinkTarget)[] = query.data?.items ?? []
  const known = new Map(duplicates.data?.items.map((one) => [one.contact.id, one.evidence]))
  const candidates = items.map(
    ({ contact, leads }): Candidate => ({ contact, leads, evidence: known.get(contact.id) ?? [] }),
  )
  return { candidates, isPending: query.isPending, error: query.error, retry: () => void query.refetch() }
}

/** The likeliest, and of its leads the one its next chat would join. */
function firstOf([first]: readonly Candidate[]): Picked | undefined {
  return first && { contactId: first.contact.id, leadId: first.leads.find(({ stage }) => stage.kind === 'open')?.id }
}
