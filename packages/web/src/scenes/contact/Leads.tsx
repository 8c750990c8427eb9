import type { ContactDetails, Lead } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { leadsOfQuery } from '../../data/contacts/queries.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { money } from '../../parts/format.ts'
import { StageDot } from '../../parts/lead/StageDot.tsx'
import { ProblemLine } from '../../parts/Notice.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { Section } from './Section.tsx'

/** What is sold to somebody: open leads first. */
export function Leads({ contact }: { contact: ContactDetails }) {
  const query = useQuery(leadsOfQuery(contact.id))
  return (
    <Section title={t('contacts.leads')}>
      {query.data ? (
        query.data.length === 0 ? (
          <p className="text-ink-3">{t('contacts.noLeads')}</p>
        ) : (
          <ul className="grid gap-2">
            {query.data.map((lead) => (
              <Row key={lead.id} lead={lead} />
            ))}
          </ul>
        )
      ) : query.isError ? (
        <ProblemLine title={t('contacts.partFailed')} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows count={2} />
      )}
    </Section>
  )
}

function Row({ lead }: { lead: Lead }) {
  const { account } = useMe()
  return (
    <li>
      <Link
        to="/leads/$leadId"
        params={{ leadId: String(lead.id) }}
        className="flex min-h-12 items-center gap-3 rounded-lg border border-line px-3 py-2 hover:bg-hover"
      >
        <span className="min-w-0 flex-1">
          <bdi className="block truncate font-medium">{lead.title}</bdi>
          <span className="flex min-w-0 items-center gap-1.5 text-xs text-ink-3">
            <StageDot hue={lead.stage.hue} />
            <bdi className="truncate">{lead.stage.name}</bdi>
            {lead.responsible && (
              <>
                <span aria-hidden="true">·</span>
                <bdi className="truncate">{lead.responsible.name}</bdi>
              </>
            )}
          </span>
        </span>
        {lead.price > 0 && <span className="tnum shrink-0">{money(lead.price, account.currency)}</span>}
      </Link>
    </li>
  )
}
