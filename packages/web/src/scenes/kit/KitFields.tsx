import { Search } from 'lucide-react'
import { useState } from 'react'
import { Combobox } from '../../parts/Combobox.tsx'
import type { ComboOption } from '../../parts/combobox-options.ts'
import { DateTimeField } from '../../parts/DateTimeField.tsx'
import { fromLocalInput, toLocalInput } from '../../parts/local-time.ts'
import { MultiCombobox } from '../../parts/MultiCombobox.tsx'
import { NumberField } from '../../parts/NumberField.tsx'
import { Select } from '../../parts/Select.tsx'
import { TextArea } from '../../parts/TextArea.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { Grid, Section } from './Section.tsx'
import { PEOPLE, STAGES } from './samples.ts'

export function KitTexts() {
  const [text, setText] = useState('Elena Petrova')
  const [number, setNumber] = useState<number | null>(4_290)
  const [at, setAt] = useState(() => toLocalInput(Date.UTC(2026, 10, 20, 14, 30)))
  return (
    <Section title="Fields">
      <Grid>
        <TextField label="Name" value={text} onChange={setText} hint="As it stands on the invoice." />
        <TextField
          label="E-mail"
          type="email"
          value="elena@"
          onChange={setText}
          error="An address has something after the @."
        />
        <TextField
          label="Search"
          isLabelHidden
          icon={<Search size={15} />}
          placeholder="Search"
          value=""
          onChange={setText}
        />
        <TextField label="Disabled" value="Cannot be changed" onChange={setText} disabled />
        <TextArea label="Comment" value={text} onChange={setText} placeholder="What the next person should know" />
        <div className="space-y-5">
          <NumberField
            label="Amount"
            value={number}
            onChange={setNumber}
            format={{ style: 'currency', currency: 'EUR', maximumFractionDigits: 0 }}
          />
          <NumberField label="Reminder" value={number} onChange={setNumber} unit="min" hasSteps min={0} step={5} />
        </div>
        <DateTimeField
          label="Due"
          value={at}
          onChange={setAt}
          error={fromLocalInput(at) === undefined ? 'A day and a time.' : undefined}
        />
        <DateTimeField label="Birthday" kind="date" value="" onChange={setAt} error="A day in the past." />
        <DateTimeField label="From" kind="time" value="09:00" onChange={setAt} isDisabled />
      </Grid>
    </Section>
  )
}

export function KitPickers() {
  const [stage, setStage] = useState<(typeof STAGES)[number]['value'] | null>('talks')
  const [person, setPerson] = useState<ComboOption | null>(PEOPLE[0]!)
  const [people, setPeople] = useState<ComboOption[]>(PEOPLE.slice(0, 2))
  const [created, setCreated] = useState<ComboOption[]>([])
  const create = (name: string) => {
    const option = { value: `new-${name}`, label: name }
    setCreated([...created, option])
    setPeople([...people, option])
  }
  return (
    <Section title="Pickers">
      <Grid>
        <Select label="Stage" options={STAGES} value={stage} onChange={setStage} />
        <Select
          label="Stage, nothing chosen"
          options={STAGES}
          value={null}
          onChange={setStage}
          placeholder="Choose a stage"
        />
        <Select label="Stage, inline" look="inline" options={STAGES} value={stage} onChange={setStage} />
        <Combobox
          label="Responsible"
          options={PEOPLE}
          value={person}
          onChange={setPerson}
          isClearable
          placeholder="Nobody"
        />
        <MultiCombobox
          label="Tags"
          options={[...PEOPLE, ...created]}
          value={people}
          onChange={setPeople}
          onCreate={create}
          placeholder="Add a tag"
        />
        <Combobox
          label="Looked for elsewhere"
          options={[]}
          isLoading
          onSearch={() => undefined}
          value={null}
          onChange={setPerson}
          placeholder="Find a contact"
        />
        <Combobox
          label="With a problem"
          options={PEOPLE}
          value={null}
          onChange={setPerson}
          error="Somebody must be responsible."
        />
        <Combobox label="Disabled" options={PEOPLE} value={person} onChange={setPerson} isDisabled />
      </Grid>
    </Section>
  )
}
