import type { Lead } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { t } from '../../i18n/t.ts'
import type { Candidate } from './candidate.ts'

interface Props {
  lead: Lead
  candidate: Candidate
}

/** The incoming lead's person beside the one it is taken for: what is the same is marked. */
export function LinkCompare({ lead, candidate }: Props) {
  const { contact, evidence } = candidate
  const isSame = (kind: string) => evidence.some((one) => one.kind === kind)
  const rows = [
    { name: t('link.name'), kind: 'name', left: lead.contact?.name ?? lead.title, right: contact.name },
    { name: t('link.phone'), kind: 'phone', left: lead.contact?.phone, right: contact.phone },
    { name: t('link.email'), kind: 'email', left: lead.contact?.email, right: contact.email },
  ]
  const messenger = evidence.find(({ kind }) => kind === 'messenger')
  return (
    <section aria-label={t('link.compare')} className="min-w-0 self-start rounded-lg bg-sunken p-3">
      <table className="w-full table-fixed text-start">
        <thead>
          <tr className="text-2xs text-ink-3">
            <th scope="col" className="w-[64px] pb-1.5 text-start font-medium">
              <span className="sr-only">{t('link.field')}</span>
            </th>
            <th scope="col" className="pb-1.5 text-start font-medium">
              {t('link.incoming')}
            </th>
            <th scope="col" className="pb-1.5 text-start font-medium">
              {t('link.known')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, kind, left, right }) => (
            <tr key={kind} className="align-top">
              <th scope="row" className="py-1 pe-2 text-start text-xs font-normal text-ink-3">
                {name}
              </th>
              <Value text={left} isSame={isSame(kind)} />
              <Value text={right} isSame={isSame(kind)} />
            </tr>
          ))}
        </tbody>
      </table>
      {messenger && <p className="mt-2 text-xs text-warn">{t('link.sameMessenger', { value: messenger.value })}</p>}
      <p className="mt-3 text-xs text-ink-2 text-pretty">{t('link.what')}</p>
    </section>
  )
}

function Value({ text, isSame }: { text: string | null | undefined; isSame: boolean }) {
  return (
    <td className="py-1 pe-1.5 [overflow-wrap:anywhere]">
      {text ? (
        <bdi className={clsx(isSame && 'rounded-sm bg-warn-soft px-1 font-medium text-warn')}>{text}</bdi>
      ) : (
        <span className="text-ink-3">{t('lead.unset')}</span>
      )}
    </td>
  )
}
