import { useState } from 'react'
import { Checkbox } from '../../parts/Checkbox.tsx'
import { InlineEdit } from '../../parts/InlineEdit.tsx'
import { RadioGroup } from '../../parts/RadioGroup.tsx'
import { SegmentedControl } from '../../parts/SegmentedControl.tsx'
import { Switch } from '../../parts/Switch.tsx'
import { TabPanel, Tabs } from '../../parts/Tabs.tsx'
import { Grid, Section } from './Section.tsx'
import { pretendToSave } from './samples.ts'

export function KitChoices() {
  const [isOn, setOn] = useState(true)
  const [who, setWho] = useState<'mine' | 'team' | 'all'>('mine')
  const [view, setView] = useState<'board' | 'list'>('board')
  const [tab, setTab] = useState<'open' | 'unread' | 'all'>('open')
  return (
    <Section title="Choices">
      <Grid>
        <div className="space-y-2.5">
          <Checkbox label="Copy me" isChecked={isOn} onChange={setOn} />
          <Checkbox
            label="Some of them"
            isChecked={false}
            isMixed
            onChange={setOn}
            hint="Two of the five are chosen."
          />
          <Checkbox label="Not chosen" isChecked={!isOn} onChange={(isChecked) => setOn(!isChecked)} />
          <Checkbox label="Disabled" isChecked onChange={setOn} isDisabled />
        </div>
        <div className="space-y-3">
          <Switch label="Sound" hint="Plays when a client writes." isOn={isOn} onChange={setOn} />
          <Switch label="Off" isOn={!isOn} onChange={(on) => setOn(!on)} />
          <Switch label="Disabled" isOn onChange={setOn} isDisabled />
        </div>
        <RadioGroup
          label="Who sees it"
          value={who}
          onChange={setWho}
          options={[
            { value: 'mine', label: 'Only me' },
            { value: 'team', label: 'My team', hint: 'Sales, Lisbon' },
            { value: 'all', label: 'Everybody', isDisabled: true },
          ]}
        />
        <SegmentedControl
          label="View"
          value={view}
          onChange={setView}
          options={[
            { value: 'board', label: 'Board' },
            { value: 'list', label: 'List' },
          ]}
        />
        <Tabs
          label="Views"
          value={tab}
          onChange={setTab}
          tabs={[
            { value: 'open', label: 'Open', count: 12 },
            { value: 'unread', label: 'Unread', count: 3 },
            { value: 'all', label: 'All' },
          ]}
        >
          <TabPanel value={tab}>
            <p className="border-t border-line p-2 text-ink-3">What is {tab} stands here.</p>
          </TabPanel>
        </Tabs>
      </Grid>
    </Section>
  )
}

export function KitInline() {
  const [title, setTitle] = useState('Twelve chairs')
  const [note, setNote] = useState('')
  return (
    <Section title="Edited in place">
      <dl className="grid max-w-[420px] grid-cols-[96px_1fr] items-start gap-x-4 gap-y-1 [&_dt]:py-[5px] [&_dt]:text-ink-3">
        <dt>Title</dt>
        <dd>
          <InlineEdit label="Title" value={title} onSave={(value) => pretendToSave().then(() => setTitle(value))} />
        </dd>
        <dt>Amount</dt>
        <dd>
          <InlineEdit label="Amount" value="4290" shown="€4,290" inputMode="decimal" onSave={() => pretendToSave()} />
        </dd>
        <dt>Never saved</dt>
        <dd>
          <InlineEdit label="Never saved" value="Change me" onSave={() => pretendToSave(true)} />
        </dd>
        <dt>Comment</dt>
        <dd>
          <InlineEdit
            label="Comment"
            isMultiline
            value={note}
            onSave={(value) => pretendToSave().then(() => setNote(value))}
          />
        </dd>
        <dt>Number</dt>
        <dd>
          <InlineEdit label="Number" value="#1042" isReadOnly onSave={() => undefined} />
        </dd>
      </dl>
    </Section>
  )
}
