import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { GuideRun, readBlocks } from './run-guide.ts'

// What the guides show is done as it stands there: files are written, commands run in order, what they print is compared.

const root = join(import.meta.dirname, '../../..')
const guides = readdirSync(join(root, 'docs/guides')).filter((file) => file.endsWith('.md'))
const TIMEOUT_MS = 180_000

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'server'], { stdio: 'inherit' })
}, 120_000)

let run: GuideRun
beforeEach(async () => {
  run = await GuideRun.begin()
})
afterEach(() => run.end())

const PIPELINES = ['github', 'gitlab']

describe.each(guides)('%s', (file) => {
  const blocks = readBlocks(`guides/${file}`).filter(({ act }) => !PIPELINES.includes(act))

  test.runIf(blocks.some(({ act }) => act === 'run'))('does what it says', { timeout: TIMEOUT_MS }, async () => {
    for (const block of blocks)
      await run.do(block).catch((error: unknown) => {
        throw new Error(`docs/guides/${file}:${block.line}: ${error instanceof Error ? error.message : error}`)
      })
  })

  test('shows nothing to be run that is not run', () => {
    const idle = blocks.filter(({ language, act }) => act === '' && ['sh', 'js', 'mjs', 'bash'].includes(language))
    expect(idle.map(({ line }) => line)).toEqual([])
  })
})

describe('the pipelines of testing-in-ci.md', () => {
  const all = readBlocks('guides/testing-in-ci.md')
  const pipeline = (name: string) => parse(all.find(({ act }) => act === name)!.text) as Record<string, unknown>

  /** The project as it is checked out by a pipeline; the checkout of Parley is installed and built already. */
  async function checkOut(): Promise<void> {
    for (const block of all.filter(({ act }) => act === 'file')) await run.do(block)
    const npm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim()
    const isParley = `[ "$(pwd -P)" = "${root}" ]`
    run.putFirst(
      'npm',
      `#!/bin/sh\nif ${isParley}; then echo "$@" >> "${run.folder}/in-parley.txt"; exit 0; fi\nexec ${npm} "$@"\n`,
    )
    await run.run('npm install --package-lock-only --offline --no-audit')
  }
  const doneInParley = () => readFileSync(join(run.folder, 'in-parley.txt'), 'utf8').trim().split('\n')

  function expectEnded(): Promise<void> {
    const { pid, data_dir } = JSON.parse(readFileSync(join(run.folder, 'parley.json'), 'utf8'))
    return expect.poll(() => existsSync(`/proc/${pid}`) || existsSync(data_dir), { timeout: 20_000 }).toBe(false)
  }

  test('the steps of GitHub Actions pass, one after the other', { timeout: TIMEOUT_MS }, async () => {
    await checkOut()
    const { jobs } = pipeline('github') as { jobs: { test: { steps: { run?: string; uses?: string }[] } } }
    const variables = join(run.folder, 'github-env')
    run.setVariable('GITHUB_ENV', variables)
    const printed: string[] = []
    for (const { run: script } of jobs.test.steps) {
      if (script === undefined) continue
      printed.push(await run.run(script))
      for (const line of readLines(variables)) run.setVariable(...(line.split(/=(.*)/s) as [string, string]))
    }
    expect(doneInParley()).toEqual(['ci', 'run build'])
    expect(printed.join('\n')).toMatch(/pass 3\n[\s\S]*fail 0/)
    expect(run.env.PARLEY_URL).toMatch(/^http:/)
    await expectEnded()
  })

  test('the script of GitLab passes', { timeout: TIMEOUT_MS }, async () => {
    await checkOut()
    const { test: job } = pipeline('gitlab') as { test: Record<'before_script' | 'script' | 'after_script', string[]> }
    // What needs the Internet: a package of the image, and the checkout, which is there.
    run.putFirst('apt-get', '#!/bin/sh\nexit 0\n')
    run.putFirst('git', '#!/bin/sh\ntest "$1 $5" = "clone parley" -a -d parley\n')
    const printed = await run.run([...job.before_script, ...job.script].join('\n'))
    expect(doneInParley()).toEqual(['ci', 'run build'])
    expect(printed).toMatch(/pass 3\n[\s\S]*fail 0/)
    await run.run(job.after_script.join('\n'))
    await expectEnded()
  })
})

const readLines = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [])
