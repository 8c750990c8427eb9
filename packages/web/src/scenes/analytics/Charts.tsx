import type { FigureHour, Figures, FigureTable } from '@parley/protocol/model'
import { useMemo } from 'react'
import { BASE } from '../../data/api.ts'
import { t } from '../../i18n/t.ts'
import { money, number } from '../../parts/format.ts'
import { stageColor } from '../../parts/hues.ts'
import { Bars } from './Bars.tsx'
import { ChartCard } from './ChartCard.tsx'
import { dayText, hourText, percent, waitText, weekdayText } from './figure-format.ts'
import { cellKey, HeatMap, HOURS, WEEKDAYS } from './HeatMap.tsx'
import { LineChart } from './LineChart.tsx'
import type { Line, LineUnit } from './line-chart.ts'
import { People } from './People.tsx'
import { useFigureNames } from './use-figure-names.ts'

interface Props {
  figures: Figures
  /** What the figures were asked for with. */
  path: string
}

export const csvPath = (path: string, table: FigureTable) => `${BASE}/figures.csv?${path}&table=${table}`

export function Charts({ figures, path }: Props) {
  const csv = (table: FigureTable) => csvPath(path, table)
  return (
    <div className="grid min-w-0 grid-cols-1 gap-4 @4xl:grid-cols-2">
      <DayLines figures={figures} csv={csv('days')} />
      <Funnel figures={figures} csv={csv('funnel')} />
      <AnswersBy figures={figures} csv={csv} />
      <Busy figures={figures} csv={csv('hours')} />
      <LostReasons figures={figures} csv={csv('lost')} />
      <People figures={figures} csv={csv('users')} />
    </div>
  )
}

/** What happened day by day: messages, leads, waits. */
function DayLines({ figures: { days, total }, csv }: { figures: Figures; csv: string }) {
  const messages = useMemo((): Line[] => {
    const sent = { name: t('analytics.sent'), color: '--accent', values: days.map((day) => day.sent) }
    const received = { name: t('analytics.received'), color: '--ok', values: days.map((day) => day.received) }
    return total.received === null ? [sent] : [{ ...received, isDashed: true }, sent]
  }, [days, total.received])
  const leads = useMemo(
    (): Line[] => [
      { name: t('analytics.leads'), color: '--accent', values: days.map((day) => day.leads) },
      { name: t('analytics.won'), color: '--ok', values: days.map((day) => day.won), isDashed: true },
    ],
    [days],
  )
  const waits = useMemo(
    (): Line[] => [
      { name: t('analytics.median'), color: '--accent', values: days.map((day) => day.first.p50) },
      { name: t('analytics.p90'), color: '--warn', values: days.map((day) => day.first.p90), isDashed: true },
    ],
    [days],
  )
  const { first } = total
  return (
    <>
      <LineCard title={t('analytics.messages')} {...{ days, csv }} lines={messages} unit="count" />
      <LineCard title={t('analytics.leadsByDay')} {...{ days, csv }} lines={leads} unit="count" />
      <LineCard
        title={t('analytics.firstByDay')}
        hint={t('analytics.firstByDayHint')}
        {...{ days, csv }}
        lines={waits}
        unit="wait"
        summary={`${t('analytics.median')}: ${waitText(first.p50)}. ${t('analytics.p90')}: ${waitText(first.p90)}`}
      />
    </>
  )
}

interface LineCardProps {
  title: string
  hint?: string
  days: Figures['days']
  lines: readonly Line[]
  unit: LineUnit
  csv: string
  /** In words; absent: what the lines add up to. */
  summary?: string
}

function LineCard({ title, hint, days, lines, unit, csv, summary }: LineCardProps) {
  const dates = useMemo(() => days.map(({ day }) => day), [days])
  const text = unit === 'wait' ? waitText : number
  const totals = lines.map(({ name, values }) =>
    t('analytics.summary', { name, total: text(values.reduce<number>((sum, value) => sum + (value ?? 0), 0)) }),
  )
  const table = {
    head: [t('analytics.day'), ...lines.map(({ name }) => name)],
    rows: days.map(({ day }, index) => ({
      key: day,
      cells: [dayText(day), ...lines.map(({ values }) => (values[index] == null ? '–' : text(values[index])))],
    })),
  }
  const label = t('analytics.chart', { title, summary: summary ?? totals.join('. ') })
  return (
    <ChartCard title={title} table={table} csv={csv} {...(hint && { hint })}>
      <LineChart label={label} days={dates} lines={lines} unit={unit} valueText={text} />
    </ChartCard>
  )
}

function Funnel({ figures: { funnel, currency }, csv }: { figures: Figures; csv: string }) {
  const isEmpty = (funnel[0]?.leads ?? 0) === 0
  const table = {
    head: [t('analytics.stage'), t('analytics.leads'), t('analytics.share'), t('analytics.price')],
    rows: funnel.map(({ stageId, name, leads, share, price }) => ({
      key: String(stageId),
      cells: [name, number(leads), percent(share), money(price, currency)],
    })),
  }
  return (
    <ChartCard title={t('analytics.funnel')} table={table} csv={csv}>
      {isEmpty ? (
        <Nothing text={t('analytics.funnelEmpty')} />
      ) : (
        <Bars
          bars={funnel.map(({ stageId, name, hue, leads, share, price }) => ({
            key: String(stageId),
            name,
            size: leads,
            value: number(leads),
            note: `${percent(share)} · ${money(price, currency)}`,
            color: stageColor(hue),
          }))}
        />
      )}
    </ChartCard>
  )
}

const Nothing = ({ text }: { text: string }) => <p className="py-8 text-center text-ink-2">{text}</p>

/** First answers by hour of the day and by channel. */
function AnswersBy({ figures, csv }: { figures: Figures; csv: (table: FigureTable) => string }) {
  const { channelName } = useFigureNames()
  const byHour = figures.answerHours.filter(({ first }) => first.n > 0)
  const hours = byHour.map(({ hour, first }) => ({ key: String(hour), name: hourText(hour), first }))
  const channels = figures.channels
    .filter(({ first }) => first.n > 0)
    .map(({ channelId, first }) => ({ key: channelId ?? '', name: channelName(channelId), first }))
  return (
    <>
      <Waits title={t('analytics.firstByChannel')} of={t('analytics.channel')} rows={channels} csv={csv('channels')} />
      <Waits title={t('analytics.firstByHour')} of={t('analytics.hour')} rows={hours} csv={csv('answers')} />
    </>
  )
}

interface WaitsProps {
  title: string
  of: string
  rows: readonly { key: string; name: string; first: Figures['total']['first'] }[]
  csv: string
}

function Waits({ title, of, rows, csv }: WaitsProps) {
  const table = {
    head: [of, t('analytics.answers'), t('analytics.median'), t('analytics.p90')],
    rows: rows.map(({ key, name, first: { n, p50, p90 } }) => ({
      key,
      cells: [name, number(n), waitText(p50), waitText(p90)],
    })),
  }
  return (
    <ChartCard title={title} table={table} csv={csv}>
      {rows.length === 0 ? (
        <Nothing text={t('analytics.noAnswers')} />
      ) : (
        <Bars
          bars={rows.map(({ key, name, first: { p50, p90 } }) => ({
            key,
            name,
            size: p50 ?? 0,
            value: waitText(p50),
            note: `${t('analytics.p90')} ${waitText(p90)}`,
          }))}
        />
      )}
    </ChartCard>
  )
}

function Busy({ figures: { hours, total }, csv }: { figures: Figures; csv: string }) {
  const isReceived = total.received !== null
  const amountOf = (hour: FigureHour) => (isReceived ? (hour.received ?? 0) : hour.sent)
  const amounts = new Map(hours.map((one) => [cellKey(one.weekday, one.hour), amountOf(one)]))
  const hint = t(isReceived ? 'analytics.busyReceived' : 'analytics.busySent')
  const table = {
    head: [t('analytics.hour'), ...WEEKDAYS.map(weekdayText)],
    rows: HOURS.map((hour) => ({
      key: String(hour),
      cells: [hourText(hour), ...WEEKDAYS.map((weekday) => number(amounts.get(cellKey(weekday, hour)) ?? 0))],
    })),
  }
  const busiest = [...hours].sort((a, b) => amountOf(b) - amountOf(a))[0]
  const summary = busiest
    ? `${weekdayText(busiest.weekday)} ${hourText(busiest.hour)}: ${number(amountOf(busiest))}`
    : number(0)
  return (
    <ChartCard title={t('analytics.busy')} hint={hint} table={table} csv={csv}>
      <HeatMap label={t('analytics.chart', { title: hint, summary })} hours={hours} amountOf={amountOf} />
    </ChartCard>
  )
}

function LostReasons({ figures: { lost, currency }, csv }: { figures: Figures; csv: string }) {
  if (lost.length === 0) return null
  const rows = lost.map(({ reasonId, name, leads, price }) => ({
    key: String(reasonId),
    name: name ?? t('analytics.noReason'),
    leads,
    price: money(price, currency),
  }))
  const table = {
    head: [t('analytics.reason'), t('analytics.lost'), t('analytics.price')],
    rows: rows.map(({ key, name, leads, price }) => ({ key, cells: [name, number(leads), price] })),
  }
  return (
    <ChartCard title={t('analytics.lostReasons')} table={table} csv={csv}>
      <Bars
        bars={rows.map(({ key, name, leads, price }) => ({
          key,
          name,
          size: leads,
          value: number(leads),
          note: price,
          color: 'var(--bad)',
        }))}
      />
    </ChartCard>
  )
}
